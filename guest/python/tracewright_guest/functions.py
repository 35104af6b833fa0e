"""Functions that cross by value or by name: those of a test's that depend on nothing but their arguments, and the library's."""

import builtins
import importlib
import marshal
import opcode
import sys
import types

from . import wire

_type = type
_all = all
_FUNCTION = types.FunctionType

#: Builtins whose use shows where a function runs.
_ELSEWHERE = frozenset(("print", "input", "open", "globals", "locals", "vars", "exec", "eval", "id", "breakpoint", "__import__"))
_STORES = frozenset((opcode.opmap["STORE_GLOBAL"], opcode.opmap["DELETE_GLOBAL"], opcode.opmap["IMPORT_NAME"]))


def pure_function(function, namespace, is_stub):
    """What a function of a test's consists of, `(name, code, defaults, globals)`, if it can run anywhere; else None."""
    if _type(function) is not _FUNCTION or function.__closure__ or function.__kwdefaults__ or function.__dict__:
        return None
    if function.__globals__ is not namespace or not _all(_type(v) in wire.LEAVES for v in function.__defaults__ or ()):
        return None
    names = set()
    if not _collect_names(function.__code__, names):
        return None
    globals_ = {}
    for name in sorted(names):
        if name in namespace:
            value = namespace[name]
            if _type(value) is types.ModuleType and value.__name__ in sys.modules:
                globals_[name] = ("module", value.__name__)
            elif is_stub(value):
                globals_[name] = ("stub", name)
            elif value is not function:
                return None
    return function.__name__, marshal.dumps(function.__code__), function.__defaults__, globals_


def _collect_names(code, names):
    if any(op in _STORES for op in code.co_code[::2]) or not _ELSEWHERE.isdisjoint(code.co_names):
        return False
    names.update(code.co_names)
    return _all(_collect_names(c, names) for c in code.co_consts if _type(c) is types.CodeType)


def function_from(payload, functions):
    """The inverse of `pure_function`, on the candidate's side."""
    name, code, defaults, globals_ = payload
    namespace = {"__builtins__": builtins, "__name__": "tester"}
    for key, (kind, value) in globals_.items():
        namespace[key] = importlib.import_module(value) if kind == "module" else functions[value]
    function = _FUNCTION(marshal.loads(code), namespace, name, defaults)
    namespace.setdefault(name, function)
    return function


def library_name(value):
    """`(module, qualified name)` under which the library has a function, class or module, or None."""
    if _type(value) is types.ModuleType:
        return (value.__name__, "") if sys.modules.get(value.__name__) is value else None
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if module is None:
        module = getattr(getattr(value, "__objclass__", None), "__module__", "builtins")
    if _type(module) is not str or _type(name) is not str or module in ("candidate", "tester", "__main__"):
        return None
    found = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return (module, name) if found is value else None


def from_library(payload):
    """The inverse of `library_name`."""
    module, name = payload
    found = importlib.import_module(module)
    for part in name.split(".") if name else ():
        found = getattr(found, part)
    return found
