"""Programs in pieces of an answer: what of a block, or of text without fences, CPython's parser takes."""

import ast
import html
import re

from . import names
from .fences import indent
from .parser import join

#: Lines that can only begin a program: no line of prose reads so, and the parser has the last word.
_HEAD = re.compile(
    r"[ \t]*+(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*[(\[]|class[ \t]+\w+[ \t]*[(:\[]|@\w|import[ \t]+[\w.]|from[ \t]+[\w.]+[ \t]+import\b|[A-Za-z_]\w*[ \t]*(?::[^=\n]{1,80})?=[^=])"
)
_FENCE = re.compile(r"[ \t>]*+(?:```|~~~)")
#: The lines tried first for a run, and how far a statement may reach.
_WINDOW, _WINDOWS = 64, 8192
#: Lines that may begin a run, and what is looked at where there are more: that many lines around the last definitions of what is asked.
_HEADS, _AROUND, _ANCHORS = 1500, 200, 24
#: What only looks like nothing, or like a blank.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f"))
_BLANKS = {ord(char): " " for char in "\u00a0\u2002\u2003\u2009\u202f\u3000"}
_TAGS = re.compile(r"([ \t]*)(?:</?[A-Za-z]\w*(?: [^<>]*)?>|\[/?[A-Z]+\])++")
_DIFF = ("", " ", "+", "-", "@", "\\")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#39|#x27);")
#: Quotes and signs that word processors put for those of programs.
_TYPOGRAPHY = dict(zip(map(ord, "\u201c\u201d\u2018\u2019\u2212"), "\"\"''-"))
_SHELL = re.compile(r"[ \t]*+(?:>>>|\.\.\.)(?: |$)")


def whole(lines, parser):
    """The lines as a program that parses as a whole, at the margin; `None` where there is none."""
    for variant in _variants(lines):
        code = trimmed(variant)
        if code and parser.tree(code) is not None:
            return code
    return None


def translated(lines, parser):
    """The program that the lines show in another form, a transcript of the interpreter or a patch; `None` where they do not."""
    for variant in _forms(lines):
        code = trimmed(variant)
        tree = parser.tree(code) if code else None
        if tree is not None and any(isinstance(one, names.DEFINITIONS) for one in tree.body):
            return code
    return None


def _variants(lines):
    yield lines
    moved = dedented(lines)
    if moved != lines:
        yield moved
    for clean in cleaned(lines):
        yield clean
        yield dedented(clean)


def cleaned(lines):
    """The lines without characters that only look like nothing or like blanks, and then without those of HTML and of word processors, as far as
    there are any."""
    text = "\n".join(lines)
    clean = text.translate(_INVISIBLE).translate(_BLANKS)
    if clean != text:
        yield clean.split("\n")
    plain = (html.unescape(clean) if _ENTITY.search(clean) else clean).translate(_TYPOGRAPHY)
    if plain != clean:
        yield plain.split("\n")


def _forms(lines):
    if any(line.lstrip().startswith(">>>") for line in lines):
        # A transcript of the interpreter: what was typed.
        yield [_SHELL.sub("", line, count=1) for line in lines if _SHELL.match(line)]
    if any(line.startswith("+") for line in lines) and all(line[:1] in _DIFF for line in lines):
        # What a patch makes of the program that it shows.
        yield [line[1:] for line in lines if not line.startswith(("-", "@", "\\", "+++"))]


def trimmed(lines):
    """The lines as a program without blank lines around it."""
    code = "\n".join(lines).rstrip()
    at = 0
    while True:
        end = code.find("\n", at)
        if end < 0 or code[at:end].strip():
            break
        at = end + 1
    return code[at:] + "\n" if code else ""


def dedented(lines):
    """The lines without the margin of the first; lines of strings may lie before it."""
    first = next((line for line in lines if line.strip()), "")
    margin = first[: indent(first)]
    if not margin:
        return lines
    return [line[len(margin) :] if line.startswith(margin) else line.lstrip(" \t") if not line.strip() else _shared(line, margin) for line in lines]


def _shared(line, margin):
    at = 0
    while at < len(margin) and at < len(line) and line[at] == margin[at]:
        at += 1
    return line[at:]


def begun(lines, parser, asked):
    """The program at the beginning of the lines, up to where they do not parse any more, if it defines what is asked; else `None`."""
    lines = dedented(lines)
    count = parser.prefix(lines)
    if not count:
        return None
    code = trimmed(lines[:count])
    tree = parser.tree(code)
    if tree is None:
        return None
    if asked and not any(name in names.bound(tree.body) for name in asked):
        return None
    return unwordy(code, tree, asked)


def unwordy(code, tree, asked):
    """The program without prose at its end that happens to parse."""
    body = tree.body
    keep = len(body)
    while keep and names.is_wordy(body[keep - 1]):
        keep -= 1
    if keep == len(body):
        return code
    return trimmed(code.split("\n")[: body[keep - 1].end_lineno]) if keep else None


def runs(lines, parser, asked, walls=()):
    """Runs of lines that parse, as (start, end, code), in order. None has a line of `walls`, a sorted list of (start, end)."""
    heads = [row for row, line in enumerate(lines) if _HEAD.match(line)]
    if len(heads) > _HEADS:
        heads = _around(lines, heads, asked)
    found, row, wall = [], 0, 0
    for head in heads:
        if head < row:
            continue
        while wall < len(walls) and walls[wall][1] <= head:
            wall += 1
        limit = walls[wall][0] if wall < len(walls) else len(lines)
        if head >= limit:
            continue
        end, code = _run(lines, head, limit, parser)
        if code:
            found.append((head, end, code))
            row = end
    return found


#: The head of a function or class at the margin.
_DEFINITION = re.compile(r"(?:async[ \t]+)?(?:def[ \t]+(\w+)[ \t]*\(|class[ \t]+(\w+)[ \t]*[(:])")


def is_torn(lines, found, walls=()):
    """Whether there is a definition between or before these runs that does not parse: what is a broken program, and not prose around one.
    One that a run defines again is a quotation."""
    ends = [(start, end) for start, end, _ in found]
    if not ends:
        return False
    taken = sorted(ends + list(walls))
    at, again = 0, {}
    for row in range(ends[-1][0]):
        while at < len(taken) and taken[at][1] <= row:
            at += 1
        if at < len(taken) and taken[at][0] <= row:
            continue
        definition = _DEFINITION.match(lines[row])
        if definition:
            name = definition[1] or definition[2]
            if name not in again:
                head = re.compile(r"(?m)^(?:async[ \t]+)?(?:def|class)[ \t]+%s\b" % name)
                again[name] = any(head.search(code) for _, _, code in found)
            if again[name]:
                continue
            below = next((line for line in lines[row + 1 : row + 4] if line.strip()), "")
            if indent(below):
                return True
    return False


def untagged(lines, asked):
    """The lines without marks of HTML and the like before their text, `<code>`, `[PYTHON]`, and without prose before what is asked:
    `Answer: def f(x):`."""
    prose = re.compile(r"[^'\"#]*?[:.>][ \t]++(?=(?:async[ \t]+)?(?:def|class)[ \t]+(?:%s)\b)" % "|".join(map(re.escape, asked))) if asked else None
    out = []
    for line in lines:
        if line.lstrip()[:1] in ("<", "["):
            line = _TAGS.sub(r"\1", line, count=1)
        if prose and ("def" in line or "class" in line) and len(line) < 2000:
            line = prose.sub("", line, count=1) if prose.match(line) else line
        out.append(line)
    return out


def _around(lines, heads, asked):
    """The heads around the last definitions of what is asked; the last ones where nothing is."""
    anchor = re.compile(r"[ \t]*+(?:(?:async[ \t]+)?def|class)[ \t]+(?:%s)\b" % "|".join(map(re.escape, asked)) if asked else r"[ \t]*+(?:def|class)[ \t]")
    anchors = [head for head in heads if anchor.match(lines[head])][-_ANCHORS:]
    near = set()
    for one in anchors:
        near.update(range(one - _AROUND, one + _AROUND))
    return [head for head in heads if head in near]


def _run(lines, head, limit, parser):
    """The end of the run that begins at `head`, and its code; no code where nothing parses there."""
    margin = indent(lines[head])
    window = _WINDOW
    while True:
        end = min(head + window, limit)
        part = lines[head:end]
        if margin:
            part = dedented(part)
        count = parser.prefix(part)
        rest = part[count:] if count else part
        # The last statement may only have been cut off by the window.
        cut = end < limit and window < _WINDOWS and (count == len(part) or _one_statement(rest))
        if not cut:
            break
        window *= 4
    if not count:
        return head, None
    while count and (not part[count - 1].strip() or part[count - 1].lstrip().startswith("#") and indent(part[count - 1]) == 0):
        count -= 1
    tree = parser.tree(join(part[:count]))
    if tree is None:
        return head, None
    for index, node in enumerate(tree.body):
        if names.is_wordy(node):
            if index == 0:
                return head, None
            count = tree.body[index - 1].end_lineno
            break
    return head + count, trimmed(part[:count])


def _one_statement(lines):
    """Whether only the first of these lines, after blank ones, begins at the margin."""
    return sum(1 for line in lines if line and line[0] not in " \t#)]}") <= 1


def cleared(code, tree, asked):
    """The program without what follows its definitions and is not for the tests: asserts with prints around them, and what asks for standard
    input. Unchanged where what is asked depends on it."""
    if not asked:
        return code
    body = tree.body
    gone = set()
    tail = len(body)
    while tail and (isinstance(body[tail - 1], ast.Assert) or _is_print(body[tail - 1])):
        tail -= 1
    if any(isinstance(one, ast.Assert) for one in body[tail:]):
        gone.update(range(tail, len(body)))
    readers = names.input_readers(tree)
    lost = set()
    for index, node in enumerate(body):
        if isinstance(node, (*names.DEFINITIONS, *names.IMPORTS)) or index in gone or _is_guard(node):
            continue
        if names.reads_input(node, readers) or lost & names.used([node]):
            gone.add(index)
            lost |= names.bound([node])
    kept = [node for index, node in enumerate(body) if index not in gone]
    still = names.bound(kept)
    lost -= still
    if not gone or any(name in lost for name in asked) or lost & names.used([one for one in kept if names.bound([one]) & names.reach(tree, asked)]):
        return code
    return without(code, body, gone) or code


def _is_print(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name) and node.value.func.id == "print"


def _is_guard(node):
    """`if __name__ == "__main__":`, which does not run."""
    return isinstance(node, ast.If) and any(isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test))


def without(code, body, gone):
    """The code without these statements; unchanged where they share lines with others. Comments before a statement at the end go with it."""
    lines = code.split("\n")
    rows = set()
    for index in gone:
        rows.update(range(first_line(body[index]), body[index].end_lineno + 1))
    for index, node in enumerate(body):
        if index not in gone and (first_line(node) in rows or node.end_lineno in rows):
            return code
    last = max((node.end_lineno for index, node in enumerate(body) if index not in gone), default=0)
    if gone and min(first_line(body[index]) for index in gone) > last:
        kept = lines[:last]
        # A comment may stand deeper in the last definition.
        for row in range(last, len(lines)):
            if row + 1 in rows or (lines[row].strip() and indent(lines[row]) == 0):
                break
            kept.append(lines[row])
    else:
        kept = [line for row, line in enumerate(lines, 1) if row not in rows]
    return trimmed(kept)


def first_line(node):
    """The line a statement begins on, decorators included."""
    return min([node.lineno] + [one.lineno for one in getattr(node, "decorator_list", [])])


def walls(lines, blocks):
    """What no run outside of fences may hold, as (start, end): lines of blocks, and stray fences."""
    taken = [(block.start[0], block.end[0] + (1 if block.end[1] else 0)) for block in blocks]
    taken += [(row, row + 1) for row, line in enumerate(lines) if _FENCE.match(line)]
    return sorted(taken)
