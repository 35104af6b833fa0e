"""From a model's answer to rationale and program. The rules are those of `src/answer/mod.rs`.

It runs inside of the sandbox, in instances that run nothing else, because what it reads is hostile and what decides is CPython's own
parser. Nothing it reads is executed.
"""

import ast

from . import completion, marks, names, pieces, prose
from .choose import Chooser
from .parser import Parser
from .prose import strip_code
from .prune import prune

__all__ = ["extract", "strip_code"]


def extract(text, prompt, asked, buggy, mode, barred, note):
    """`(program or None, how, rationale, thinking)` of an answer. `prompt` is what the answer completes, or `None` where it stands alone;
    `barred` are numbers of parses that are not to be tried, and `note` is told each parse's number before it begins."""
    parser = Parser(len(text) + len(prompt or ""), barred, note)
    if not asked and buggy is not None and (tree := parser.tree(buggy)) is not None:
        # What the buggy program defines.
        asked = [one.name for one in tree.body if isinstance(one, names.DEFINITIONS)]
    if mode == "never":
        program = text if prompt is None else completion.joined(text, prompt, asked, parser)
        return program, "bare", "", ""
    found = _extract(text, prompt, asked, buggy, parser)
    if mode == "always" and found[0] is not None:
        tree = parser.tree(found[0])
        pruned = prune(found[0], tree, asked) if tree is not None else ""
        found = (pruned or found[0], *found[1:])
    return found


def _extract(text, prompt, asked, buggy, parser):
    if prompt is not None:
        program = completion.as_it_stands(text, prompt, asked, parser)
        if program is not None:
            return program, "bare", "", ""
    tree = parser.tree(text) if prompt is None else None
    if tree is not None and _is_program(tree, asked):
        return text, "bare", "", ""
    thinking, answer = marks.parted(marks.newlines(text), parser)
    if prompt is not None:
        program = completion.body(answer, prompt, asked, parser)
        if program is not None:
            return program, "bare", "", thinking
    lines = answer.split("\n")
    if prompt is None:
        # Tokens, thoughts and a margin may have been all there was around it.
        code = pieces.whole(lines, parser)
        if code is not None and (one := parser.tree(code)).body and _is_program(one, asked):
            return code, "bare", "", thinking
    chooser = Chooser(lines, parser, asked, buggy)
    piece = chooser.best()
    if prompt is not None and (piece is None or not chooser.defines(piece)):
        program = completion.fenced_body(chooser.blocks, answer, prompt, asked, parser)
        if program is not None:
            return program, "fenced", "", thinking
    if piece is None or not _says_something(piece):
        if tree is not None and tree.body:
            return text, "bare", "", ""
        return None, "nothing", answer.strip(), thinking
    program = chooser.completed(piece)
    if prompt is not None:
        program = completion.with_preamble(program, prompt, asked, parser)
    return program, piece.how, prose.around(lines, piece.start, piece.end, parser), thinking


def _is_program(tree, asked):
    """Whether a text that parses is a program for the task: it defines what is asked; where nobody knows what that is, it does anything."""
    if asked:
        return any(name in names.bound(tree.body) for name in asked)
    return any(not names.is_wordy(one) for one in tree.body)


def _says_something(piece):
    """Whether there is more than tests of a program that is not there."""
    return piece.tree is None or not all(isinstance(one, ast.Assert) for one in piece.tree.body)
