"""What an answer says beside its program."""

from . import fences, names, pieces
from .fences import PYTHON, UNTOLD
from .parser import Parser


def around(lines, start, end, parser):
    """The prose before the program, with any code in it; where there is none, the prose behind."""
    before = _cut(lines, (0, 0), start)
    said = matched(before.strip(), parser)
    return said or matched(_cut(lines, end, (len(lines), 0)).strip(), parser)


def _cut(lines, start, end):
    part = lines[start[0] : end[0]]
    if end[0] < len(lines) and end[1]:
        part = part + [lines[end[0]][: end[1]]]
    if part and start[1]:
        part = [part[0][start[1] :]] + part[1:]
    return "\n".join(part)


def matched(text, parser):
    """The text with every fence matched: what a fence that is not closed opens is closed where it is Python, and else is no block."""
    lines = text.split("\n")
    found = fences.blocks(lines, parser)
    if not found or found[-1].closed:
        return text.strip()
    last = found[-1]
    if last.language == PYTHON or (last.language == UNTOLD and _is_code(last.lines, parser)):
        return (text.rstrip() + "\n" + last.fence).strip()
    row, column = last.start
    return "\n".join(lines[:row] + [lines[row][:column]] + lines[row + 1 :]).strip()


def _is_code(lines, parser):
    code = pieces.whole(lines, parser)
    return bool(code) and bool(parser.tree(code).body) and not all(names.is_wordy(one) for one in parser.tree(code).body)


def strip_code(text):
    """A rationale without its code: fenced blocks and definitions go, prose and inline code stay."""
    parser = Parser(len(text))
    lines = text.replace("\r\n", "\n").split("\n")
    lines = _without(lines, [(block.start, block.end) for block in fences.blocks(lines, parser)])
    found = pieces.runs(lines, parser, [])
    spans = [((start, 0), (end, 0)) for start, end, code in found if any(isinstance(one, names.DEFINITIONS) for one in parser.tree(code).body)]
    out, blank = [], 0
    for line in "\n".join(_without(lines, spans)).strip().split("\n"):
        blank = 0 if line.strip() else blank + 1
        if blank < 2:
            out.append(line.rstrip())
    return "\n".join(out).rstrip()


def _without(lines, spans):
    out, at = [], (0, 0)
    for start, end in spans:
        out += _cut(lines, at, start).split("\n")
        at = end
    return out + _cut(lines, at, (len(lines), 0)).split("\n")
