"""The tester's side: runs trusted test code, unmodified, against stubs.

A plan is `(setup, stubs, helpers, classes, values, strict, keeps)`: source to run first, functions routed to the candidate's instance, trusted source
whose names the tests need besides (or None), the candidate's classes as `(name, base)` where `base` is the builtin exception
they derive from (or None), and names of other values at its top level, fetched before each test; whether there is
no reference, so that its objects equal no plain value; and whether containers are held for good (`remote.py`). With `stubs` None the program
loaded by `candidate.load` in this very instance is tested (a *colocated* suite). Tests share one namespace and run in order.

Each test gives `(status, error, input, expected, actual)`; the texts are bounded and only there for failures. The error of a test that
passed is True where it changed a container that an operation on the candidate's objects gave: a copy.
"""

import ast
import reprlib
import types

from wit_world.imports import host

from . import candidate, errors, proxies, remote, testing, wire

PASS, WRONG, RAISED, GONE = "pass", "wrong", "raised", "gone"

FILENAME = "<test>"
#: Longest text of an input, expected or actual value, in characters.
TEXT_BOUND = 400

_repr = reprlib.Repr(maxother=120, maxstring=160, maxlist=24, maxtuple=24, maxdict=16, maxset=16, maxlong=80, maxlevel=5)

# Without the address, which says nothing.
_repr.repr_generator = lambda value, level: "<generator>"
_repr.repr_function = lambda value, level: "<function %s>" % value.__name__


class _Calls:
    """What the stubs saw, for explaining a failure."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.last = None  # (name, args, kwargs) as text
        self.answer = None  # text of the last answer
        self.raised = None  # the exception object last re-raised


_calls = _Calls()


class _Stub:
    """A function of the candidate's. What else is asked of it, its attributes, is asked there."""

    __class__ = types.FunctionType

    def __init__(self, name):
        vars(self).update(__name__=name, __qualname__=name)

    def __call__(self, /, *args, **kwargs):
        return _ask(vars(self)["__name__"], args, kwargs)

    def __get__(self, instance, owner=None):
        return self if instance is None else types.MethodType(self, instance)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError("'function' object has no attribute %r" % name)
        return _side.ask(("class_attribute",), (vars(self)["__name__"], name), {})

    def __setattr__(self, name, value):
        _side.ask(("set_class_attribute",), (vars(self)["__name__"], name, value), {})

    def __repr__(self):
        return "<function %s>" % vars(self)["__name__"]


def _ask(name, args, kwargs):
    """Has the candidate's instance call `name`."""
    _calls.last = (name, args, kwargs)
    _calls.answer = _calls.raised = None
    value = _side.ask(name, args, kwargs)
    _calls.answer = value
    return value


def _note_raised(error, described):
    _calls.raised = (error, described)


_namespace = None
_side = None
_values = ()
_names = ()


def open_suite(plan):
    """See `open-suite` in `wit/world.wit`."""
    global _namespace, _side, _values, _names
    setup, stubs, helpers, classes, _values, strict, keeps = plan
    if stubs is None:
        _namespace = candidate._namespace
    else:
        _namespace = types.ModuleType("tester").__dict__
        if helpers is not None:
            exec(compile(helpers, "<helpers>", "exec", dont_inherit=True), _namespace)
        _side = testing.TesterSide(lambda message: host.call(wire.as_text(message)), _namespace, _note_raised, strict)
        if keeps:
            try:
                _side.keep()
            except remote.Gone:
                return (GONE, _side.gone, None, None, None)
        for name in stubs:
            _namespace[name] = _side.stub(_Stub(name), name)
        for name, base in classes:
            if base is None:
                _namespace[name] = _side.class_stub(name)
            else:
                # Raised by the candidate, caught by the tests: by name.
                _namespace[name] = _side.exception_class(name, base)
        _names = {*_values, *stubs, *(name for name, _ in classes)}
        if classes:
            try:
                missing = _side.ask(("missing",), ([name for name, _ in classes],), {})
            except remote.Gone:
                return (GONE, _side.gone, None, None, None)
            for name, _ in classes:
                if name in missing:
                    _namespace.pop(name, None)
    return run_test(setup)


def run_test(source):
    """See `run-test` in `wit/world.wit`."""
    _calls.reset()
    try:
        for name in _values if _side is not None else ():
            _fetch(name)
        exec(compile(source, FILENAME, "exec", dont_inherit=True), _namespace)
    except BaseException as error:
        if _side is not None and _side.gone is not None:
            return (GONE, _side.gone, _call_text(), None, None)
        trace = error.__traceback__
        where = _failing_source(source, trace)
        if _calls.raised is not None and error is _calls.raised[0]:
            return (RAISED, _calls.raised[1], where, None, None)
        if isinstance(error, NameError) and error.name in _names:
            # A test needs it, and the program does not have it.
            return (RAISED, errors.describe(error, "call", candidate.FILENAME), where, None, None)
        if _raised_by_candidate(error):
            return (RAISED, errors.describe(error, "call", candidate.FILENAME), where, None, None)
        expected, actual = _sides(source, trace)
        return (WRONG, errors.describe(error, "test", FILENAME), where, expected, actual)
    if _side is not None and _side.gone is not None:
        # Swallowed by the test.
        return (GONE, _side.gone, _call_text(), None, None)
    return (PASS, _side is not None and _side.changed_copies() or None, None, None, None)


def _fetch(name):
    """Gives the tests what the program has by this name now; a test that uses a name that it does not have fails there."""
    try:
        value = _side.ask(("global",), (name,), {})
    except NameError:
        _namespace.pop(name, None)
        return
    if isinstance(value, proxies.ClassStub):
        base = _side.ask(("exception_base",), (value,), {})
        if type(base) is str and base in wire.EXCEPTIONS:
            value = _side.exception_class(name, base)
    _namespace[name] = value


def _raised_by_candidate(error):
    """Colocated only: whether the innermost frame is the candidate's."""
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename == candidate.FILENAME


def text(value):
    """A value as reports show it, bounded."""
    if type(value) is proxies.Opaque:
        return proxies.name_of(value)
    try:
        shown = _repr.repr(value)
    except BaseException:
        shown = "<%s>" % type(value).__name__
    return _bounded(shown)


def _bounded(shown):
    return shown if len(shown) <= TEXT_BOUND else shown[: TEXT_BOUND - 3] + "..."


def call_text(name, args, kwargs):
    """A call as reports show it, bounded."""
    parts = [text(a) for a in args] + ["%s=%s" % (k, text(v)) for k, v in kwargs.items()]
    return _bounded("%s(%s)" % (name, ", ".join(parts)))


def _call_text():
    return None if _calls.last is None else call_text(*_calls.last)


def _failing_frame(trace):
    found = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILENAME:
            found = trace
        trace = trace.tb_next
    return found


def _failing_statement(source, trace):
    found = _failing_frame(trace)
    if found is None:
        return None, None
    best = None
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= found.tb_lineno <= node.end_lineno:
            if best is None or node.lineno >= best.lineno:
                best = node
    return best, found.tb_frame


def _failing_source(source, trace):
    statement, _ = _failing_statement(source, trace)
    return _bounded((statement and ast.get_source_segment(source, statement)) or _call_text() or source)


def _sides(source, trace):
    """Expected and actual text of a failing `assert left == right`, where `right` can be evaluated once more without
    calling a stub; else the last answer alone."""
    actual = text(_calls.answer) if _calls.last is not None and _calls.raised is None else None
    statement, frame = _failing_statement(source, trace)
    if not (isinstance(statement, ast.Assert) and isinstance(statement.test, ast.Compare) and len(statement.test.ops) == 1):
        return None, actual
    right = statement.test.comparators[0]
    if not isinstance(statement.test.ops[0], ast.Eq) or any(isinstance(n, (ast.Call, ast.Await, ast.Yield)) for n in ast.walk(right)):
        return None, actual
    try:
        value = eval(compile(ast.Expression(right), FILENAME, "eval"), frame.f_globals, dict(frame.f_locals))
    except Exception:
        return None, actual
    return text(value), actual
