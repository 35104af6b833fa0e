"""Execution traces: what a program did, line by line, with the variables whose value changed.

Built on `sys.monitoring`, switched on for the program's own code objects only, so that the library runs at full speed. Each event
goes to the host as it happens: a program that is cut short (fuel, memory, a trap, the event budget) leaves the trace so far.

An event is a tuple of plain data that begins with its kind. `frame` numbers activations in the order of their calls; the lines are those
of the text; `changes` is `((name, text), ...)`, where the text of a name that is gone is None, and a global seen from a function has
a third item, True:

- `("text", logical lines, definitions, statements)`: once, first. Pairs of first and last row of each logical line; for each
  decorated function `(row of its first decorator, row of its def)`; and for each statement `(row, row of the compound statement or
  function it stands in or 0, names it reads, names it binds)`, without those of its body;
- `("call", row, frame, parent, function, changes, caller's row)`: the arguments; the body of a class is a call of `<class Name>`;
- `("resume", frame, parent, caller's row)`: a generator goes on;
- `("line", row, frame, changes)`: a line was executed, up to the frame's next event;
- `("return", row, frame, value, changes)` and `("yield", row, frame, value, changes)`;
- `("raise", row, frame, error, changes, origin)`: an exception arose here (`origin`) or came through;
- `("unwind", row, frame)`: the frame was left by it;
- `("end", error, variables)`: the program ended, with the exception that nobody caught or None, and the module's variables as they
  are then, `((name, text), ...)`.

Values are represented by `values.py`. Whether a mutable value changed is seen by comparing `marshal`'s bytes of it where it is
plain data of moderate size, else by its representation.
"""

import ast
import dis
import io
import marshal
import os
import sys
import tokenize
import types

from wit_world.imports import host

from . import annotations, errors, values, wire
from .library import threads

FILENAME = "<program>"

# Bound here: a program may patch the builtins.
_type, _len, _issubclass, _dict, _tuple = type, len, issubclass, dict, tuple
_exit = os._exit
_str = str
_BaseException = BaseException
_dumps = marshal.dumps
_getframe = sys._getframe
_traceback = BaseException.__traceback__.__get__
_host_report = host.report
_monitoring = sys.monitoring
_EVENTS = _monitoring.events
_TOOL = 4
_represent = values.represent
_settled = threads.settled
_as_text = wire.as_text


def _report(event):
    return _host_report(_as_text(event))

_SCALARS = frozenset((_type(None), bool, int, float, str, bytes, complex))
_CONTAINERS = frozenset((list, dict, set, tuple, frozenset, bytearray))
#: Where the interpreter itself raises to end a loop.
_LOOPS = frozenset(dis.opmap[name] for name in ("FOR_ITER", "SEND", "END_ASYNC_FOR", "CLEANUP_THROW") if name in dis.opmap)
#: Items or bytes beyond which comparing bytes costs more than representing.
_LARGE = 2000
_LARGE_BYTES = 1 << 16
_OPTIMIZED = 1  # CO_OPTIMIZED: a function's code, not a class body's or a module's.


class _Snapshot:
    """The variables of a scope as last shown."""

    def __init__(self, bounds, defined):
        self.seen = {}  # name -> (scalar, key, text); no other value is kept alive
        self.bounds = bounds
        self.defined = defined

    def changes(self, variables, arguments=False, bound=()):
        """`((name, text), ...)` of what changed since, or was `bound` again, and takes note."""
        seen = self.seen
        found = []
        for name, value in variables:
            t = _type(value)
            before = seen.get(name)
            key = None
            scalar = None
            if t in _SCALARS:
                scalar = value
                if before is not None and before[0] is value and value is not None:
                    if name in bound:
                        found.append((_shown(name), before[2]))
                    continue
            else:
                if t in _CONTAINERS and (before is None or before[1] is not False):
                    key = False
                    if _len(value) <= _LARGE:
                        try:
                            data = _dumps(value, 2)
                            key = data if _len(data) <= _LARGE_BYTES else False
                        except ValueError:
                            key = None
                    if key and before is not None and before[1] == key:
                        if name in bound:
                            found.append((_shown(name), before[2]))
                        continue
                elif before is not None:
                    key = before[1]
                if not arguments and t not in _CONTAINERS and name in self.defined:
                    # What a `def` or `class` binds is no news.
                    seen.pop(name, None)
                    continue
            text = _represent(value, self.bounds)
            seen[name] = (scalar, key, text)
            if before is None or before[2] != text or name in bound or (key and before[1] and "..." in text):
                # The last: what changed lies beyond the bounds.
                found.append((_shown(name), text))
        return found

    def gone(self, names):
        """Names that are no longer there."""
        missing = [name for name in self.seen if name not in names]
        for name in missing:
            del self.seen[name]
        return [(_shown(name), None) for name in missing]


class _Frame:
    __slots__ = ("number", "row", "snapshot", "globals", "function", "said", "returned")

    def __init__(self, number, snapshot, globals_, function):
        self.number, self.snapshot, self.globals, self.function = number, snapshot, globals_, function
        self.row = None
        self.said = True  # whether the row under way has been reported
        self.returned = None  # the last row with a `return`


class _Tracer:
    def __init__(self, namespace, tree, lines, bounds):
        self.namespace = namespace
        self.imported = _imported_names(tree)
        self.defined = _defined_names(tree)
        self.returns = _rows(tree, ast.Return)
        self.raises = _rows(tree, ast.Raise)
        self.statements = _statements(tree)
        self.loops = _loops(tree)
        self.first = {row: first for first, last in lines if last > first for row in range(first, last + 1)}
        self.bounds = bounds
        self.module = _Snapshot(bounds, self.defined)
        self.frames = {}
        self.stack = []
        self.count = 0
        self.codes = {}

    def emit(self, *event):
        if not _report(_dumps(event, 2)):
            # Not an exception: the program could catch it.
            _exit(0)

    def start(self, code):
        _monitoring.use_tool_id(_TOOL, "tracewright")
        for event, callback in (
            (_EVENTS.PY_START, self.on_start), (_EVENTS.LINE, self.on_line), (_EVENTS.PY_RETURN, self.on_return),
            (_EVENTS.PY_YIELD, self.on_yield), (_EVENTS.PY_RESUME, self.on_resume), (_EVENTS.PY_THROW, self.on_throw),
            (_EVENTS.RAISE, self.on_raise), (_EVENTS.PY_UNWIND, self.on_unwind),
        ):  # fmt: skip
            _monitoring.register_callback(_TOOL, event, callback)
        names = _assigned_names(code)
        for inner in _codes(code):
            if inner.co_name == "__annotate__":
                continue
            shown = [n for n in inner.co_names if n in names and n not in self.imported and not _hidden(n)]
            self.codes[inner] = tuple(shown) if inner is not code else ()
            _monitoring.set_local_events(
                _TOOL, inner, _EVENTS.PY_START | _EVENTS.LINE | _EVENTS.PY_RETURN | _EVENTS.PY_YIELD | _EVENTS.PY_RESUME
            )
        _monitoring.set_events(_TOOL, _EVENTS.RAISE | _EVENTS.PY_UNWIND | _EVENTS.PY_THROW)

    def stop(self):
        try:
            _monitoring.set_events(_TOOL, 0)
            _monitoring.free_tool_id(_TOOL)
        except ValueError:
            pass  # The program freed it.

    def frame(self, frame, code):
        state = self.frames.get(frame)
        if state is None:
            # Entered before it was watched, or after its tool was tampered with.
            state = self.frames[frame] = _Frame(self.count, _Snapshot(self.bounds, self.defined), self.codes.get(code, ()), code.co_name)
            self.count += 1
        return state

    def changes(self, state, frame, bound=()):
        imported = self.imported
        variables = [(name, value) for name, value in frame.f_locals.items() if not (name in imported or _hidden(name))]
        changes = state.snapshot.changes(variables, False, bound)
        names = _dict(variables)
        if not names.keys() >= state.snapshot.seen.keys():
            changes += state.snapshot.gone(names)
        if state.globals:
            namespace = self.namespace
            found = self.module.changes([(name, namespace[name]) for name in state.globals if name in namespace])
            changes += [(name, text, True) for name, text in found]
        state.said = True
        return _tuple(changes)

    def on_start(self, code, offset):
        frame = _getframe(1)
        if code.co_name == "<module>":
            self.frames[frame] = state = _Frame(self.count, self.module, (), code.co_name)
            self.count += 1
            self.stack.append(state)
            return
        state = _Frame(self.count, _Snapshot(self.bounds, self.defined), self.codes.get(code, ()), code.co_name)
        self.frames[frame] = state
        self.count += 1
        parent, at = self.caller()
        self.stack.append(state)
        arguments = []
        if code.co_flags & _OPTIMIZED:
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)]
            variables = frame.f_locals
            arguments = [(name, variables[name]) for name in names if name in variables and not _hidden(name)]
        changes = state.snapshot.changes(arguments, True)
        # What a closure sees is not news.
        state.snapshot.changes([(n, v) for n, v in frame.f_locals.items() if not (n in self.imported or _hidden(n))])
        if state.globals:
            self.module.changes([(name, self.namespace[name]) for name in state.globals if name in self.namespace])
        name = code.co_name if code.co_flags & _OPTIMIZED else "<class %s>" % code.co_name
        self.emit("call", code.co_firstlineno, state.number, parent, name, _tuple(changes), at)

    def caller(self):
        """The frame that calls and its row under way; None and 0 where nothing watched does."""
        if not self.stack:
            return None, 0
        caller = self.stack[-1]
        return caller.number, 0 if caller.said else caller.row or 0

    def on_line(self, code, row):
        frame = _getframe(1)
        state = self.frame(frame, code)
        first = self.first.get(row, row)
        if row in self.first and first == state.row and not state.said:
            return  # Another part of the statement under way.
        if state.row is not None and not state.said:
            loop = self.loops.get(state.row)
            # A `for` that goes round has bound its names, to an equal value too.
            bound = loop[2] if loop is not None and loop[0] <= row <= loop[1] else ()
            self.emit("line", state.row, state.number, self.changes(state, frame, bound))
        state.row = first
        state.said = False
        if row in self.returns:
            state.returned = first

    def on_return(self, code, offset, value):
        frame = _getframe(1)
        state = self.frame(frame, code)
        said = state.said
        changes = self.changes(state, frame)
        if code.co_name == "<module>" or not code.co_flags & _OPTIMIZED:
            if state.row is not None and not said:
                self.emit("line", state.row, state.number, changes)
            self.leave(state, frame)
            return
        # A `return` after a loop raises no event of its own, and one in a `with` or `try` is left from another row.
        row = frame.f_lineno
        row = self.first.get(row, row) if row in self.returns else state.returned or state.row or code.co_firstlineno
        if row != state.row and state.row is not None and not said:
            self.emit("line", state.row, state.number, changes)
            changes = ()
        self.leave(state, frame)
        self.emit("return", row, state.number, _represent(value, self.bounds), changes)

    def on_yield(self, code, offset, value):
        frame = _getframe(1)
        state = self.frame(frame, code)
        row = state.row if state.row is not None else code.co_firstlineno
        changes = self.changes(state, frame)
        if self.stack and self.stack[-1] is state:
            self.stack.pop()
        self.emit("yield", row, state.number, _represent(value, self.bounds), changes)

    def on_resume(self, code, offset):
        state = self.frame(_getframe(1), code)
        parent, at = self.caller()
        self.stack.append(state)
        self.emit("resume", state.number, parent, at)

    def on_throw(self, code, offset, error):
        if code in self.codes:
            self.stack.append(self.frame(_getframe(1), code))

    def came_through(self, error):
        """Whether a watched frame below this one raised it."""
        trace = _traceback(error)
        trace = trace and trace.tb_next
        while trace is not None:
            if trace.tb_frame.f_code in self.codes:
                return True
            trace = trace.tb_next
        return False

    def on_raise(self, code, offset, error):
        if code not in self.codes:
            return
        t = _type(error)
        if (t is StopIteration or t is StopAsyncIteration) and code.co_code[offset] in _LOOPS:
            return
        frame = _getframe(1)
        state = self.frame(frame, code)
        row = state.row if state.row is not None else code.co_firstlineno
        # What came through a watched frame is passing through, but for a `raise` that has not said so yet.
        origin = not self.came_through(error) or (row in self.raises and not state.said)
        state.returned = None
        self.emit("raise", row, state.number, _represent(error, self.bounds), self.changes(state, frame), origin)

    def on_unwind(self, code, offset, error):
        if code not in self.codes:
            return
        frame = _getframe(1)
        state = self.frame(frame, code)
        row = state.row if state.row is not None else code.co_firstlineno
        if state.row is not None and not state.said:
            self.emit("line", state.row, state.number, self.changes(state, frame))
        self.leave(state, frame)
        self.emit("unwind", row, state.number)

    def leave(self, state, frame):
        self.frames.pop(frame, None)
        if self.stack and self.stack[-1] is state:
            self.stack.pop()


def _hidden(name):
    return _type(name) is not _str or name.startswith(".") or (name.startswith("__") and name.endswith("__"))


def _shown(name):
    """A global's name may be any string."""
    return name if name.isidentifier() else repr(name)


def _rows(tree, kind):
    """The rows of the statements of a kind."""
    return frozenset(row for node in ast.walk(tree) if isinstance(node, kind) for row in range(node.lineno, node.end_lineno + 1))


def _defined_names(tree):
    """Names that `def` and `class` bind."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def _codes(code):
    yield code
    for constant in code.co_consts:
        if _type(constant) is types.CodeType:
            yield from _codes(constant)


def _assigned_names(code):
    """Names the program's top level or a `global` statement may bind."""
    return frozenset(name for inner in _codes(code) for name in inner.co_names)


def _imported_names(tree):
    """Names that imports bind: no news, wherever they stand."""
    return frozenset(
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    )


def _logical_lines(text):
    """Pairs of first and last row of each logical line, from 1."""
    pairs = []
    first = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            pairs.append((first or token.start[0], token.start[0]))
            first = None
        elif first is None and token.type not in (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            first = token.start[0]
    return tuple(pairs)


def _definitions(tree):
    return tuple(
        (min(d.lineno for d in node.decorator_list), node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.decorator_list
    )


def _loops(tree):
    """Rows of `for` heads: first and last row of the body, below the head, and the names bound."""
    loops = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.AsyncFor)) and node.body[0].lineno > node.iter.end_lineno:
            names = frozenset(n.id for n in ast.walk(node.target) if isinstance(n, ast.Name))
            loops[node.lineno] = node.body[0].lineno, node.body[-1].end_lineno, names
    return loops


def _statements(tree):
    """`(row, row of what it stands in or 0, names read, names bound)` of each statement; a body's names are its statements' own."""
    found = []
    waiting = [(statement, 0) for statement in tree.body]
    while waiting:  # no recursion: an `elif` is a statement within one
        node, inside = waiting.pop()
        row = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        reads, binds = {}, {}
        parts = [node]
        while parts:
            part = parts.pop()
            if part is not node and isinstance(part, (ast.stmt, ast.ExceptHandler, ast.match_case)):
                waiting.append((part, row))
                continue
            if isinstance(part, ast.Name):
                (reads if isinstance(part.ctx, ast.Load) else binds)[part.id] = None
            elif isinstance(part, ast.arg):
                binds[part.arg] = None
            elif isinstance(part, (ast.MatchAs, ast.MatchStar, ast.ExceptHandler)) and part.name:
                binds[part.name] = None
            elif isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
                reads[part.target.id] = None
            parts.extend(ast.iter_child_nodes(part))
        found.append((row, inside, _tuple(reads), _tuple(binds)))
    return _tuple(found)


def trace(text, bounds):
    """Runs `text` as module `candidate` and reports what it does."""
    try:
        tree = ast.parse(text, FILENAME)
        code = annotations.compile_program(text, FILENAME)
        lines = _logical_lines(text)
    except BaseException as error:
        _report(_dumps(("end", errors.describe(error, "compile", FILENAME), ()), 2))
        return
    module = types.ModuleType("candidate")
    module.__dict__["__builtins__"] = __builtins__
    sys.modules["candidate"] = module
    tracer = _Tracer(module.__dict__, tree, lines, values.Bounds(*bounds))
    _report(_dumps(("text", lines, _definitions(tree), tracer.statements), 2))
    described = None
    tracer.start(code)
    try:
        _settled(exec(code, module.__dict__), True)
    except _BaseException as error:
        tracer.stop()
        described = errors.describe(error, "execute", FILENAME)
    tracer.stop()
    variables = _tuple(
        (_shown(name), _represent(value, tracer.bounds))
        for name, value in list(module.__dict__.items())
        if not (name in tracer.imported or _hidden(name))
        and (_type(value) in _SCALARS or _type(value) in _CONTAINERS or name not in tracer.defined)
    )
    _report(_dumps(("end", described, variables), 2))
