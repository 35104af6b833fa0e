"""Completions: answers that go on where a prompt ends. Of a body, the prompt is the head; of a whole function, its imports and helpers."""

import ast

from . import names, pieces
from .fences import indent
from .parser import join

#: Blocks, from the last, that are tried as a body.
_BLOCKS = 32


def joined(text, prompt, asked, parser):
    """The prompt with the text behind, but where only the text alone is a program."""
    program = prompt + text
    if parser.sound(program) or not _stands_alone(text, asked, parser):
        return program
    return with_preamble(text, prompt, asked, parser)


def as_it_stands(text, prompt, asked, parser):
    """The program, where the text needs no search: behind the prompt, or alone."""
    program = prompt + text
    if parser.sound(program):
        moved = "\n".join(pieces.dedented(text.split("\n")))
        if _defines_itself(program, asked, parser) and _stands_alone(moved, asked, parser):
            return with_preamble(moved, prompt, asked, parser)
        return program
    if _stands_alone(text, asked, parser):
        return with_preamble(text, prompt, asked, parser)
    return _under(text, prompt, asked, parser)


def body(answer, prompt, asked, parser):
    """The program where the answer, without what is around it, goes on with the prompt, up to where it does not parse any more."""
    if not answer.strip():
        return None
    program = as_it_stands(answer, prompt, asked, parser)
    if program is not None:
        return program
    first = next(line for line in answer.split("\n") if line.strip())
    if not indent(first) and not first.lstrip().startswith(("return ", "return(")):
        return None
    for text in _bodies(answer, prompt):
        head = _head(prompt).split("\n")[:-1]
        lines = head + text.split("\n")
        count = parser.prefix(lines, len(head))
        if count > len(head):
            program = join(lines[:count])
            if _holds(program, asked, parser):
                return program
    return None


def fenced_body(blocks, answer, prompt, asked, parser):
    """The program where a block is the function's body."""
    for block in reversed(blocks[-_BLOCKS:]):
        code = pieces.trimmed(block.lines)
        if not code:
            continue
        program = _under(code, prompt, asked, parser)
        if program is not None:
            return program
    return None


def _defines_itself(program, asked, parser):
    """Whether the function that is asked for only defines a function of its own name: it came whole, moved in as a body."""
    node = names.last_definition(parser.tree(program), asked[0]) if asked else None
    inner = [one for one in node.body if not isinstance(one, ast.Expr)] if node is not None else []
    return bool(inner) and all(isinstance(one, names.DEFINITIONS) for one in inner) and any(one.name == node.name for one in inner)


def with_preamble(program, prompt, asked, parser):
    """The program with the prompt's imports and helpers before it, but for those that it brings."""
    tree = parser.tree(program)
    source, given = _parsed(prompt, parser)
    if tree is None or given is None:
        return program
    defined = names.bound(tree.body)
    lines, kept = source.split("\n"), []
    for node in given.body:
        if asked and getattr(node, "name", None) in asked and not isinstance(node, names.IMPORTS):
            continue
        brought = names.bound([node])
        if isinstance(node, ast.Expr) or (brought and brought <= defined):
            continue
        kept += lines[pieces.first_line(node) - 1 : node.end_lineno]
    whole = "\n".join(kept) + "\n\n" + program
    return whole if kept and parser.sound(whole) else program


def _parsed(prompt, parser):
    """The prompt as a program: a bare head needs a body."""
    for source in (prompt, _head(prompt) + "    pass\n"):
        tree = parser.tree(source)
        if tree is not None:
            return source, tree
    return prompt, None


def _head(prompt):
    return prompt if prompt.endswith("\n") else prompt + "\n"


def _stands_alone(text, asked, parser):
    """Whether the text is a program of its own that defines what is asked."""
    tree = parser.tree(text)
    if tree is None or not tree.body:
        return False
    return any(name in names.bound(tree.body) for name in asked[:1]) and parser.sound(text)


def _under(text, prompt, asked, parser):
    """The text as a body under the prompt's head, if it is one."""
    for variant in _bodies(text, prompt):
        program = _head(prompt) + variant
        if parser.sound(program) and _holds(program, asked, parser):
            return program
    return None


def _bodies(text, prompt):
    """The text with the indentation of a body: as it is, with the first line moved in, with all lines moved."""
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines = lines[1:]
    if not lines:
        return
    margin = _margin(prompt)
    if indent(lines[0]):
        yield "\n".join(lines)
    rest = [line for line in lines[1:] if line.strip()]
    if not indent(lines[0]) and rest and min(map(indent, rest)) >= len(margin):
        yield "\n".join([margin + lines[0], *lines[1:]])
    yield "\n".join(margin + line if line.strip() else line for line in pieces.dedented(lines))


def _margin(prompt):
    """The indentation of a body under the prompt's last head."""
    lines = [line for line in prompt.rstrip().split("\n") if line.strip()]
    last = lines[-1] if lines else ""
    blanks = last[: indent(last)]
    return blanks + "    " if last.endswith(":") else blanks or "    "


def _holds(program, asked, parser):
    """Whether the function that is asked for has a body that gives something."""
    tree = parser.tree(program)
    if tree is None or not parser.sound(program):
        return False
    for name in asked[:1]:
        node = names.last_definition(tree, name)
        if node is None or names.is_stub(node):
            return False
        return any(isinstance(one, (ast.Return, ast.Yield, ast.YieldFrom, ast.Raise)) for one in ast.walk(node))
    return False
