"""CPython's parser, asked within bounds.

Every question costs what of the text the parser reads, and there is a budget of a few times the answer: what is asked beyond it
"does not parse". The host can name parses that ended an instance before; those do not parse either.
"""

import ast
import warnings
from bisect import bisect_right

#: Parses of one answer, and bytes that they read: so many times the answer, and so many more.
_COUNT = 4000
_TIMES = 8
_MORE = 2_000_000

_FAILURES = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError, SystemError)


class Parsed:
    """What the parser says about a piece of code."""

    __slots__ = ("tree", "line", "in_string")

    def __init__(self, tree, line=0, in_string=False):
        #: The syntax tree, or `None`.
        self.tree = tree
        #: The line of the error, from 1; 0 where there is none to name.
        self.line = line
        #: Whether a string in triple quotes is open at the end.
        self.in_string = in_string


_UNASKED = Parsed(None)


class Parser:
    """Parses pieces of one answer."""

    def __init__(self, size, barred=(), note=None):
        self._bytes = _TIMES * size + _MORE
        self._count = 0
        self._barred = frozenset(barred)
        self._note = note
        self._known = {}
        self._sound = {}

    def parse(self, code):
        """What the parser says about `code`."""
        known = self._known.get(code)
        if known is not None:
            return known
        if self._count >= _COUNT or self._bytes <= 0:
            return _UNASKED
        self._begin()
        if self._count - 1 in self._barred:
            parsed = _UNASKED
        else:
            parsed = _parse(code)
        read = len(code) if parsed.tree is not None or parsed.line == 0 else min(len(code), 400 + 100 * parsed.line)
        self._bytes -= 500 + read + len(code) // 50
        self._known[code] = parsed
        return parsed

    def tree(self, code):
        """The syntax tree of `code`, or `None`."""
        return self.parse(code).tree

    def sound(self, code):
        """Whether `code` compiles: a `return` outside of functions, for one, only the compiler finds."""
        tree = self.tree(code)
        if tree is None:
            return False
        if code not in self._sound:
            self._begin()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    self._sound[code] = self._count - 1 not in self._barred and bool(compile(tree, "answer", "exec", dont_inherit=True))
            except _FAILURES:
                self._sound[code] = False
        return self._sound[code]

    def _begin(self):
        self._count += 1
        if self._note is not None:
            self._note(self._count - 1)

    def prefix(self, lines, least=0):
        """How many of `lines` make the longest program that ends between two statements; more than `least`, else 0."""
        parsed = self.parse(join(lines))
        if parsed.tree is not None:
            return len(lines)
        cuts = [i for i, line in enumerate(lines) if i > least and line and line[0] not in " \t\f#)]}"]
        if not cuts:
            return 0

        def holds(cut):
            return self.parse(join(lines[: cuts[cut]]))

        # The statement with the error, and those behind it, go; where the error lies before it, more goes, by doubling steps.
        at = bisect_right(cuts, parsed.line - 1) - 1 if parsed.line else len(cuts) - 1
        bad, step = len(cuts), 1
        while at >= 0:
            parsed = holds(at)
            if parsed.tree is not None:
                break
            bad = at
            hint = bisect_right(cuts, parsed.line - 1) - 1 if parsed.line else at
            at = min(at - step, hint)
            step *= 2
        if at < 0:
            at, low = -1, -1
            # Doubling may have stepped over the beginning.
        low = at
        if step > 1:
            while bad - low > 1:
                middle = (low + bad) // 2
                if holds(middle).tree is not None:
                    low = middle
                else:
                    bad = middle
        return cuts[low] if low >= 0 else 0


def join(lines):
    """The lines as a program."""
    return "\n".join(lines) + "\n"


def _parse(code):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Parsed(ast.parse(code))
    except SyntaxError as error:
        message = str(error.msg)
        return Parsed(None, error.lineno or 0, "unterminated triple-quoted" in message)
    except _FAILURES:
        return Parsed(None)
