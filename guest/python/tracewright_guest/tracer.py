"""Execution traces: what a program did, line by line, with the variables whose value changed.

Built on `sys.monitoring`, switched on for the program's own code objects only, so that the library runs at full speed. Each event
goes to the host as it happens: a program that is cut short (fuel, memory, a trap, the event budget) leaves the trace so far.

An event is a tuple of plain data that begins with its kind. `frame` numbers activations in the order of their calls; the lines are those
of the text; `changes` is `((name, text), ...)`, where the text of a name that is gone is None:

- `("text", logical lines, definitions)`: once, first. Pairs of first and last row of each logical line; and for each function
  `(row of its first decorator, row of its def)`;
- `("call", row, frame, parent, function, changes)`: the arguments; the body of a class is a call of `<class Name>`;
- `("line", row, frame, changes)`: a line was executed, up to the frame's next event;
- `("return", row, frame, value, changes)` and `("yield", row, frame, value, changes)`;
- `("raise", row, frame, error, changes, origin)`: an exception arose here (`origin`) or came through;
- `("unwind", row, frame)`: the frame was left by it;
- `("end", error)`: the program ended, with the exception that nobody caught or None.

Values are represented by `values.py`. Whether a mutable value changed is seen by comparing `marshal`'s bytes of it where it is
plain data of moderate size, else by its representation.
"""

import ast
import io
import marshal
import sys
import tokenize
import types

from wit_world.imports import host

from . import errors, values

FILENAME = "<program>"

_type = type
_len = len
_dumps = marshal.dumps
_getframe = sys._getframe
_report = host.report
_monitoring = sys.monitoring
_EVENTS = _monitoring.events
_TOOL = 4
_represent = values.represent

_SCALARS = frozenset((_type(None), bool, int, float, str, bytes, complex))
_CONTAINERS = frozenset((list, dict, set, tuple, frozenset, bytearray))
#: Values that are named, not computed: shown as arguments only.
_DEFINED = (types.FunctionType, _type, types.ModuleType, types.BuiltinFunctionType)
#: Items or bytes beyond which comparing bytes costs more than representing.
_LARGE = 2000
_LARGE_BYTES = 1 << 16
_OPTIMIZED = 1  # CO_OPTIMIZED: a function's code, not a class body's or a module's.


class Stopped(BaseException):
    """The host wants no more events."""


class _Snapshot:
    """The variables of a scope as last shown."""

    def __init__(self, bounds):
        self.seen = {}  # name -> (value, key, text)
        self.bounds = bounds

    def changes(self, variables, arguments=False):
        """`((name, text), ...)` of what changed since, and takes note."""
        seen = self.seen
        found = []
        for name, value in variables:
            t = _type(value)
            before = seen.get(name)
            key = None
            if t in _SCALARS:
                if before is not None and before[0] is value:
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
                        continue
                elif before is not None:
                    key = before[1]
                if not arguments and isinstance(value, _DEFINED):
                    continue
            text = _represent(value, self.bounds)
            seen[name] = (value, key, text)
            if before is None or before[2] != text:
                found.append((name, text))
        return found

    def gone(self, names):
        """Names that are no longer there."""
        missing = [name for name in self.seen if name not in names]
        for name in missing:
            del self.seen[name]
        return [(name, None) for name in missing]


class _Frame:
    __slots__ = ("number", "row", "snapshot", "globals", "function")

    def __init__(self, number, snapshot, globals_, function):
        self.number, self.snapshot, self.globals, self.function = number, snapshot, globals_, function
        self.row = None


class _Tracer:
    def __init__(self, namespace, imported, bounds):
        self.namespace = namespace
        self.imported = imported
        self.bounds = bounds
        self.module = _Snapshot(bounds)
        self.frames = {}
        self.stack = []
        self.count = 0
        self.error = None
        self.codes = {}

    def emit(self, *event):
        if not _report(_dumps(event, 2)):
            self.stop()
            raise Stopped

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
            self.codes[inner] = tuple(n for n in inner.co_names if n in names and n not in self.imported) if inner is not code else ()
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
            state = self.frames[frame] = _Frame(self.count, _Snapshot(self.bounds), self.codes.get(code, ()), code.co_name)
            self.count += 1
        return state

    def changes(self, state, frame):
        imported = self.imported
        variables = [(name, value) for name, value in frame.f_locals.items() if not (_hidden(name) or name in imported)]
        changes = state.snapshot.changes(variables)
        if _len(state.snapshot.seen) > _len(variables):
            changes += state.snapshot.gone(dict(variables))
        if state.globals:
            namespace = self.namespace
            changes += self.module.changes([(name, namespace[name]) for name in state.globals if name in namespace])
        return tuple(changes)

    def on_start(self, code, offset):
        frame = _getframe(1)
        if code.co_name == "<module>":
            self.frames[frame] = state = _Frame(self.count, self.module, (), code.co_name)
            self.count += 1
            self.stack.append(state)
            return
        state = _Frame(self.count, _Snapshot(self.bounds), self.codes.get(code, ()), code.co_name)
        self.frames[frame] = state
        self.count += 1
        parent = self.stack[-1].number if self.stack else None
        self.stack.append(state)
        arguments = []
        if code.co_flags & _OPTIMIZED:
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)]
            variables = frame.f_locals
            arguments = [(name, variables[name]) for name in names if name in variables and not _hidden(name)]
        changes = state.snapshot.changes(arguments, True)
        # What a closure sees is not news.
        state.snapshot.changes([(n, v) for n, v in frame.f_locals.items() if not _hidden(n)])
        if state.globals:
            self.module.changes([(name, self.namespace[name]) for name in state.globals if name in self.namespace])
        name = code.co_name if code.co_flags & _OPTIMIZED else "<class %s>" % code.co_name
        self.emit("call", code.co_firstlineno, state.number, parent, name, tuple(changes))

    def on_line(self, code, row):
        frame = _getframe(1)
        state = self.frame(frame, code)
        if state.row is not None:
            self.emit("line", state.row, state.number, self.changes(state, frame))
        state.row = row

    def on_return(self, code, offset, value):
        frame = _getframe(1)
        state = self.frame(frame, code)
        changes = self.changes(state, frame)
        if code.co_name == "<module>" or not code.co_flags & _OPTIMIZED:
            if state.row is not None:
                self.emit("line", state.row, state.number, changes)
            self.leave(state, frame)
            return
        row = state.row if state.row is not None else code.co_firstlineno
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
        self.stack.append(self.frame(_getframe(1), code))

    def on_throw(self, code, offset, error):
        if code in self.codes:
            self.stack.append(self.frame(_getframe(1), code))

    def on_raise(self, code, offset, error):
        if code not in self.codes or isinstance(error, Stopped):
            return
        frame = _getframe(1)
        state = self.frame(frame, code)
        origin = error is not self.error
        self.error = error
        row = state.row if state.row is not None else code.co_firstlineno
        self.emit("raise", row, state.number, _represent(error, self.bounds), self.changes(state, frame), origin)

    def on_unwind(self, code, offset, error):
        if code not in self.codes or isinstance(error, Stopped):
            return
        frame = _getframe(1)
        state = self.frame(frame, code)
        row = state.row if state.row is not None else code.co_firstlineno
        self.leave(state, frame)
        self.emit("unwind", row, state.number)

    def leave(self, state, frame):
        self.frames.pop(frame, None)
        if self.stack and self.stack[-1] is state:
            self.stack.pop()


def _hidden(name):
    return name.startswith(".") or (name.startswith("__") and name.endswith("__"))


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


def trace(text, bounds):
    """Runs `text` as module `candidate` and reports what it does."""
    try:
        tree = ast.parse(text, FILENAME)
        code = compile(text, FILENAME, "exec", dont_inherit=True)
        lines = _logical_lines(text)
    except BaseException as error:
        _report(_dumps(("end", errors.describe(error, "compile", FILENAME)), 2))
        return
    module = types.ModuleType("candidate")
    module.__dict__["__builtins__"] = __builtins__
    sys.modules["candidate"] = module
    tracer = _Tracer(module.__dict__, _imported_names(tree), values.Bounds(*bounds))
    _report(_dumps(("text", lines, _definitions(tree)), 2))
    described = None
    tracer.start(code)
    try:
        exec(code, module.__dict__)
    except Stopped:
        return
    except BaseException as error:
        tracer.stop()
        described = errors.describe(error, "execute", FILENAME)
    tracer.stop()
    _report(_dumps(("end", described), 2))
