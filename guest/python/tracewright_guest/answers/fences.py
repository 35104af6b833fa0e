"""Fenced code, as models write it.

CommonMark's fences: of backticks or tildes, in lists and quotes, closed by a fence at least as long or by the end. Models write more: a
fence behind prose, code on the fence's line or a fence behind code, a new block where the last was not closed, a fence that stood in the
prompt, fences in docstrings of the code. Whether a fence stands in a docstring says CPython's parser.
"""

import re

#: Fences looked at for the one that closes a block behind a string, for one block and for all.
_LOOK_AHEAD = 12
_LOOKS = 200

_QUOTE = re.compile(r"[ \t]*+(?:>[ \t]?)++")
_LIST = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]++){1,4}+")
_RUN = re.compile(r"`{3,}+|~{3,}+")
_TAG = re.compile(r"[\w\-+#]*+")
_WORD = re.compile(r"[\w\-+#.:=/{}]*+\Z", re.A)
_PYTHON = frozenset("python py python2 python3 py2 py3 ipython ipython3 python-repl pycon python3.14".split())
_UNTOLD = frozenset(["", "code", "tool_code", "script", "plaintext", "txt", "text", "solution", "answer"])
#: Words that code on the line of a fence begins with.
_CODE = re.compile(r"(?:async[ \t]+)?def[ \t]+\w+[ \t]*[(\[]|class[ \t]+\w+[ \t]*[(:\[]|@\w|import[ \t]+[\w.]+[ \t]*(?:[,;#]|as\b|\Z)|from[ \t]+[\w.]+[ \t]+import\b")

PYTHON, UNTOLD, OTHER = "python", "untold", "other"


class Block:
    """What stands between two fences, or behind one that is never closed."""

    __slots__ = ("start", "end", "language", "lines", "closed", "fence")

    def __init__(self, start, end, language, lines, closed, fence=""):
        #: Where it begins and ends, fences included: line and column.
        self.start, self.end = start, end
        self.language = language
        self.lines = lines
        self.closed = closed
        self.fence = fence


class _Fence:
    """A line that opens a block."""

    __slots__ = ("run", "at", "indent", "quoted", "language", "rest")

    def __init__(self, run, at, indent, quoted, language, rest):
        self.run, self.at, self.indent, self.quoted, self.language, self.rest = run, at, indent, quoted, language, rest


def blocks(lines, parser):
    """All fenced blocks, in order."""
    return _Scanner(lines, parser).blocks()


class _Scanner:
    def __init__(self, lines, parser):
        self.lines = lines
        self.parser = parser
        self.looks = _LOOKS

    def blocks(self):
        found, row, column = [], 0, 0
        while row < len(self.lines):
            line = self.lines[row]
            fence = _opening(line[column:]) if "```" in line or "~~~" in line else None
            if fence is None:
                row, column = row + 1, 0
                continue
            if not found and fence.language == UNTOLD and not fence.rest and self._ends_code(row, column + fence.at):
                # The prompt held the opening fence.
                code = self.lines[:row] + [line[: fence.at]]
                found.append(Block((0, 0), (row + 1, 0), PYTHON, code, True))
                row, column = row + 1, 0
                continue
            block = self._block(row, column, fence)
            found.append(block)
            row, column = block.end
        return found

    def _ends_code(self, row, column):
        """Whether all text before is one program."""
        code = "\n".join(self.lines[:row] + [self.lines[row][:column]])
        if not code.strip():
            return False
        tree = self.parser.tree(code)
        return tree is not None and any(type(one).__name__ in ("FunctionDef", "AsyncFunctionDef", "ClassDef", "Assign") for one in tree.body)

    def _block(self, row, column, fence):
        """The block that `fence` opens, up to the first fence that closes it; where a string is open there, up to the first behind it that
        makes a program of it."""
        start = (row, column + fence.at)
        if fence.rest:
            rest = fence.rest.rstrip()
            if rest.endswith(fence.run) and not rest.startswith(fence.run[0] * 3):
                return Block(start, (row + 1, 0), fence.language, [rest[: -len(fence.run)].strip()], True, fence.run)
        first = None
        lines = [fence.rest] if fence.rest else []
        marks = [0, 0]
        looked = 0
        for at in range(row + 1, len(self.lines)):
            line = self.lines[at]
            body = _unquoted(line) if fence.quoted else line
            ending = _closing(body, line, fence) if "```" in body or "~~~" in body else None
            if ending is not None:
                code, column, closed_at = ending
                if code is not None:
                    lines.append(code)
                here = Block(start, (at, column) if closed_at else (at + 1, 0), fence.language, list(lines), True, fence.run)
                if code is not None:
                    lines.pop()
                text = "\n".join(here.lines)
                if first is None:
                    if not (any(mark % 2 for mark in marks) and self.looks > 0 and self._in_string(text)):
                        return here
                    self.looks -= 1
                    first = here
                elif self.parser.tree(text + "\n") is not None:
                    return here
                looked += 1
                if looked > _LOOK_AHEAD:
                    return first
            marks[0] += body.count('"""')
            marks[1] += body.count("'''")
            lines.append(_without_margin(body, fence.indent))
        if first is not None and self.parser.tree("\n".join(lines) + "\n") is None:
            return first
        return Block(start, (len(self.lines), 0), fence.language, lines, False, fence.run)

    def _in_string(self, text):
        lines = text.split("\n")
        margin = min((indent(line) for line in lines if line.strip()), default=0)
        return self.parser.parse("\n".join(line[min(margin, indent(line)) :] for line in lines)).in_string


def _closing(body, line, fence):
    """How a line closes the block: code before the fence or `None`, the column behind it, and whether the line goes on there; `None` where
    it does not."""
    char = fence.run[0]
    inside = body.lstrip(" \t")
    run = len(inside) - len(inside.lstrip(char))
    if run >= 3:
        behind = inside[run:]
        # A tag opens a block, so the one before was not closed; another language's block may show how fences are written.
        if _is_tag(behind) and (run >= len(fence.run) or fence.language != PYTHON):
            return None, 0, True
        if run >= len(fence.run) and char not in behind:
            if not behind.strip():
                return None, 0, False
            return None, len(line) - len(inside) + run, True
    bare = body.rstrip()
    before = bare.rstrip(char)
    if len(bare) - len(before) >= len(fence.run) and before.strip() and "```" not in before:
        return _without_margin(before, fence.indent), 0, False
    return None


def _opening(line):
    """The fence that a line opens a block with: behind blanks, marks of quotes and lists, or prose."""
    quote = _QUOTE.match(line)
    at = quote.end() if quote else 0
    at += indent(line[at:])
    mark = _LIST.match(line, at)
    at = mark.end() if mark else at
    run = _RUN.match(line, at)
    if run is None:
        return _behind_prose(line)
    char = run.group()[0]
    language, rest = _info(line[run.end() :])
    inside = rest.rstrip()
    closing = len(inside) - len(inside.rstrip(char))
    if "```" in inside.rstrip(char) or (closing and closing != len(run.group())):
        return None
    return _Fence(run.group(), 0, 0 if quote else at, bool(quote), language, rest)


def _behind_prose(line):
    """`Here is the fix: ```python`, but not prose with code between three backticks."""
    at = line.rfind("```")
    if at < 0:
        return None
    before = line[:at].rstrip("`")
    tag = line[at + 3 :].strip()
    language, rest = _info(tag)
    known = not tag or (language == PYTHON and not rest)
    if not known or before.count("```") % 2:
        return None
    return _Fence("`" * (at + 3 - len(before)), len(before), 0, False, language, "")


def _info(text):
    """The language behind a fence, and code if that stands there instead or after it."""
    text = text.strip()
    tag, _, rest = text.partition(" ")
    if "\t" in tag:
        tag, _, rest = text.partition("\t")
    rest = rest.strip()
    if _CODE.match(text) or ("(" in tag and not tag.startswith("{")) or (text.endswith(("```", "~~~")) and not rest):
        return UNTOLD, text
    language = _language(tag)
    # What follows a tag is code, or attributes of which nothing is needed.
    return (language, rest) if _CODE.match(rest) or rest.endswith(("```", "~~~")) else (language, "")


def _language(tag):
    tag = _TAG.match(tag.lstrip("{. ")).group().lower()
    return PYTHON if tag in _PYTHON else UNTOLD if tag in _UNTOLD else OTHER


def _is_tag(text):
    """Whether the text behind a fence names a language, and is not prose."""
    tag = text.strip().lstrip("{.")
    word, _, rest = tag.partition(" ")
    # One word of prose looks like a tag, but for the blank or the capital.
    close = not text.startswith((" ", "\t")) and word[:1].islower() and word[:1].isascii()
    python = _language(word) == PYTHON
    if not (close or python) or word.endswith((".", ":")) or not _WORD.match(word):
        return False
    return not rest or python or "=" in rest


def _unquoted(line):
    mark = _QUOTE.match(line)
    return line[mark.end() :] if mark else line


def indent(line):
    """Blanks before the text."""
    return len(line) - len(line.lstrip(" \t"))


def _without_margin(line, margin):
    return line[min(margin, indent(line)) :] if margin else line
