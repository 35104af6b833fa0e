"""Which code of an answer is the program."""

import ast
import re

from . import fences, names, pieces
from .fences import OTHER, PYTHON
from ..mutation import normalise

#: Blocks, from the last, that are looked at as the program; blocks looked at for what it lacks, and rounds of that.
_BLOCKS, _OTHERS, _ROUNDS = 64, 64, 8


#: Code in a line of prose.
_INLINE = re.compile(r"(?<!`)`([^`\n]{1,400})`(?!`)")


class Piece:
    """A program, or what was to be one, in an answer."""

    __slots__ = ("start", "end", "how", "language", "lines", "code", "tree", "defined", "key")

    def __init__(self, start, end, how, language, lines):
        #: Line and column of the answer.
        self.start, self.end = start, end
        self.how = how
        self.language = language
        self.lines = lines
        self.code = self.tree = None
        self.defined = frozenset()
        self.key = ()


class Chooser:
    """The pieces of one answer."""

    def __init__(self, lines, parser, asked, buggy):
        self.lines = lines
        self.parser = parser
        self.asked = asked
        self._buggy = buggy
        self._statements = None
        self.blocks = fences.blocks(lines, parser)
        self._runs = None
        self._torn = False
        self._settled = {}
        self._head = re.compile(r"[ \t]*+(?:async[ \t]+)?(?:def|class)[ \t]+(?:%s)\b" % ("|".join(map(re.escape, asked)) or r"\w+"))
        self._named = re.compile(r"\b(?:%s)\b" % "|".join(map(re.escape, asked))) if asked else re.compile("")

    def best(self):
        """The piece that is the program, or `None`."""
        found = []
        for at in range(len(self.blocks) - 1, -1, -1):
            piece = self._block(at)
            if piece is not None and self.defines(piece):
                found.append(self._ranked(piece, at))
                if len(found) == _BLOCKS or found[-1].key[:4] == (True, True, len(self.asked), 2):
                    break
        top = (True, True, len(self.asked), 2)
        if not any(piece.key[:4] == top for piece in found) or self._covers():
            found += [self._ranked(piece, -1) for piece in self.runs() if self.defines(piece)]
        best = max(found, key=lambda piece: piece.key, default=None) or self._scattered()
        if best is not None and best.key[:1] != (False,):
            return self._all() if best.how == "bare" and self._torn else best
        # A fix that was cut off is one all the same, and a quotation is none.
        broken = self._broken()
        if broken is not None and (best is None or broken.start > best.start):
            return broken
        return best or self._anything()

    def _all(self):
        """The answer as a broken program."""
        piece = Piece((0, 0), (len(self.lines), 0), "bare", PYTHON, self.lines)
        piece.code = pieces.trimmed(self.lines)
        return piece

    def defines(self, piece):
        """Whether the piece defines some of what is asked; where nobody knows what, whether it defines anything."""
        if piece.tree is None:
            return False
        if self.asked:
            return any(name in piece.defined for name in self.asked)
        return any(isinstance(one, names.DEFINITIONS) for one in piece.tree.body)

    def _covers(self):
        """Whether blocks may stand in a docstring of code outside of fences: something is defined there."""
        if not self.blocks:
            return True
        at = 0
        for block in self.blocks:
            if any(self._head.match(line) for line in self.lines[at : block.start[0]]):
                return True
            at = max(at, block.end[0])
        return False

    def _ranked(self, piece, at):
        count = sum(name in piece.defined for name in self.asked)
        good = not self._is_quote(piece)
        level = {"bare": 0}.get(piece.how, 1 if piece.language == OTHER else 2)
        if piece.how == "bare" and any(piece.start < block.start and block.end <= piece.end for block in self.blocks):
            # Its docstring holds blocks of its own.
            level = 3
        piece.key = (good, True, count, level, piece.start)
        return piece

    def _is_quote(self, piece):
        """Whether the piece is no fix: the buggy program, up to what does not bear on what it does, or a signature without a body."""
        if self.asked:
            definitions = [names.last_definition(piece.tree, name) for name in self.asked]
            definitions = [one for one in definitions if one is not None]
            if definitions and all(names.is_stub(one) for one in definitions):
                return True
        if self._buggy is None:
            return False
        if self._statements is None:
            self._statements = _statements(self.parser.tree(self._buggy), self._buggy)
        # A quotation may leave out imports and helpers, and show a call.
        own = _statements(piece.tree, piece.code)
        return bool(own) and own <= self._statements

    def _block(self, at):
        """The block as a piece, if it names what is asked and some of it parses."""
        block = self.blocks[at]
        if not any(self._named.search(line) for line in block.lines):
            return None
        return self.settled(at)

    def settled(self, at):
        """The block as a piece, as far as it parses; `None` where nothing does."""
        if at not in self._settled:
            block = self.blocks[at]
            how = "fenced" if block.closed else "unclosed"
            self._settled[at] = self._settle(Piece(block.start, block.end, how, block.language, block.lines))
        return self._settled[at]

    def _settle(self, piece):
        code = pieces.whole(piece.lines, self.parser) or pieces.translated(piece.lines, self.parser)
        for lines in (piece.lines, *pieces.cleaned(piece.lines)) if code is None else ():
            code = pieces.begun(lines, self.parser, self.asked)
            if code is None:
                # Prose around it.
                inside = pieces.runs(lines, self.parser, self.asked)
                code = "" if pieces.is_torn(lines, inside) else "\n".join(one for _, _, one in inside)
            if code.strip():
                break
        tree = self.parser.tree(code) if code.strip() else None
        if tree is None or not tree.body:
            return None
        piece.code, piece.tree = code, tree
        piece.defined = names.bound(tree.body)
        return piece

    def runs(self):
        """Programs outside of fences, and those that have fences in their docstrings."""
        if self._runs is None:
            self._runs = self._find_runs(pieces.walls(self.lines, self.blocks))
            if self.blocks and not any(self.defines(piece) for piece in self._runs):
                self._runs += [piece for piece in self._find_runs(()) if self.defines(piece)]
            # With other marks and blanks than a program's.
            for lines in (pieces.untagged(self.lines, self.asked), *pieces.cleaned(self.lines)):
                if lines != self.lines and not any(self.defines(piece) for piece in self._runs):
                    self._runs += [piece for piece in self._find_runs((), lines) if self.defines(piece)]
        return self._runs

    def _scattered(self):
        """What is asked where no piece alone defines it: all blocks of Python together, or code in a line of prose."""
        if not self.asked:
            return None
        blocks = [block for block in self.blocks[-_BLOCKS:] if block.language != OTHER]
        if len(blocks) > 1:
            lines = [line for block in blocks for line in block.lines]
            piece = Piece(blocks[0].start, blocks[-1].end, "fenced", PYTHON, lines)
            code = pieces.trimmed(lines)
            if self._taken(piece, code):
                return piece
        for row in range(len(self.lines) - 1, -1, -1):
            if "`" not in self.lines[row] or not self._named.search(self.lines[row]):
                continue
            for code in reversed(_INLINE.findall(self.lines[row])):
                piece = Piece((row, 0), (row + 1, 0), "bare", PYTHON, [code])
                if self._named.search(code) and self._taken(piece, code.strip() + "\n"):
                    return piece
        return None

    def _taken(self, piece, code):
        """Whether the code parses and defines what is asked; the piece then has it."""
        tree = self.parser.tree(code)
        if tree is None:
            return False
        piece.code, piece.tree, piece.defined = code, tree, names.bound(tree.body)
        return self.defines(piece)

    def _find_runs(self, walls, lines=None):
        found = []
        lines = lines or self.lines
        runs = pieces.runs(lines, self.parser, self.asked, walls)
        for start, end, code in runs:
            piece = Piece((start, 0), (end, 0), "bare", PYTHON, lines[start:end])
            piece.code, piece.tree = code, self.parser.tree(code)
            piece.defined = names.bound(piece.tree.body)
            found.append(piece)
        if any(self.defines(piece) for piece in found):
            self._torn = pieces.is_torn(lines, runs, walls)
        return found

    def _broken(self):
        """The last block that would define what is asked if it parsed: cut off, or wrong."""
        if not self.asked:
            return None
        for block in reversed(self.blocks[-_BLOCKS:]):
            code = pieces.trimmed(pieces.dedented(block.lines))
            if block.language != OTHER and any(self._head.match(line) for line in block.lines):
                piece = Piece(block.start, block.end, "fenced" if block.closed else "unclosed", block.language, block.lines)
                piece.code = code
                return piece
        for row in range(len(self.lines) - 1, -1, -1):
            if self._head.match(self.lines[row]) and not any(block.start[0] <= row < block.end[0] for block in self.blocks[-_BLOCKS:]):
                piece = Piece((row, 0), (len(self.lines), 0), "bare", PYTHON, self.lines[row:])
                piece.code = pieces.trimmed(pieces.dedented(piece.lines))
                return piece
        return None

    def _anything(self):
        """A piece that does not define what is asked: of blocks the last that defines anything, of runs, of blocks that are Python."""
        settled = [self.settled(at) for at in range(max(0, len(self.blocks) - _BLOCKS), len(self.blocks))]
        blocks = [piece for piece in settled if piece is not None and piece.language != OTHER]
        defining = lambda piece: any(isinstance(one, names.DEFINITIONS) for one in piece.tree.body)
        told = lambda piece: piece.language == PYTHON or not all(names.is_wordy(one) or _is_plain(one) for one in piece.tree.body)
        bare = [piece for piece in self.runs() if defining(piece)]
        for group in ([one for one in blocks if defining(one)], bare, [one for one in blocks if told(one)]):
            if group:
                return group[-1]
        return None

    def completed(self, piece):
        """The piece's code with what it lacks and other pieces define, in the order of the answer."""
        if piece.tree is None:
            return piece.code
        own = pieces.cleared(piece.code, piece.tree, self.asked)
        parts = {piece.start: own}
        defined = set(piece.defined)
        missing = names.lacking(own, self.parser.tree(own) or piece.tree) | (set(self.asked) - defined)
        others = None
        for _ in range(_ROUNDS):
            if not missing:
                break
            if others is None:
                others = self._others(piece)
            # The nearest one before, else the nearest behind.
            helper = next((one for one in others if one.start not in parts and one.defined & missing), None)
            if helper is None:
                break
            code = pieces.cleared(helper.code, helper.tree, self.asked or list(helper.defined & missing))
            parts[helper.start] = code
            defined |= helper.defined
            missing = (missing | names.lacking(code, self.parser.tree(code) or helper.tree)) - defined
        if len(parts) == 1:
            return own
        # What is asked comes last: its own definition holds.
        code = "\n\n".join([parts[start].rstrip("\n") for start in sorted(parts) if start != piece.start] + [own])
        return code if self.parser.sound(code) else own

    def _others(self, piece):
        blocks = [self.settled(at) for at in range(max(0, len(self.blocks) - _OTHERS), len(self.blocks))]
        others = [one for one in blocks + self.runs() if one is not None and one.language != OTHER]
        others = [one for one in others if not (piece.start <= one.start < piece.end)]
        before = [one for one in others if one.start < piece.start]
        behind = [one for one in others if one.start > piece.start]
        return sorted(before, key=lambda one: one.start, reverse=True) + sorted(behind, key=lambda one: one.start)


def _statements(tree, code):
    """What of a program says what it does, statement by statement, without calls and asserts at its top."""
    if tree is None:
        return frozenset()
    lines = code.split("\n")
    kept = [node for node in tree.body if not isinstance(node, (ast.Expr, ast.Assert))]
    sources = ("\n".join(lines[pieces.first_line(node) - 1 : node.end_lineno]) for node in kept)
    return frozenset(normalise(source + "\n") for source in sources)


def _is_plain(node):
    """Whether a statement is a value that could be the output of a program."""
    return isinstance(node, ast.Expr) and isinstance(node.value, (ast.Constant, ast.List, ast.Dict, ast.Set, ast.Tuple))
