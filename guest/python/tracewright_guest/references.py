"""What crosses by reference: a candidate's objects that are no plain data, and the test's own containers and functions.

Most suites need nothing of this. Where tests construct the candidate's classes, call functions it returned, pass it functions, or
look at the identity of what they passed in, a call is made *by reference*:

- whatever of the candidate's is no plain data crosses as a *handle* (`XH`: an id and a type name). The tester gets a proxy
  (`proxies.py`); each operation on it is a call of its own, whose result crosses in turn;
- a mutable container that the test passed in comes back as itself (`XR`: its position among those of the arguments), and what
  changed in it as `(position, content)`;
- a function that the test passes in crosses by value (`XL`: its code and what that refers to) and comes back as itself (`Xf`);
- a function or class of the library that the test passes in crosses by name (`XG`).

This is the candidate's half.
"""

import builtins
import collections
import importlib
import marshal
import operator
import types

from . import wire

_type = type
_id = id
_FUNCTION = types.FunctionType
_GENERATOR = types.GeneratorType
_MAPPINGS = frozenset((dict, collections.OrderedDict, collections.defaultdict, collections.Counter))
_MUTABLE = _MAPPINGS | {list, set, bytearray, collections.deque}
_NESTED = _MUTABLE | {tuple}


def containers(values):
    """The mutable containers in `values`, depth first: the same order on both sides, since the data is the same."""
    found = []
    for value in values:
        _collect(value, found)
    return found


def _collect(value, found):
    t = _type(value)
    if t not in _NESTED:
        return
    if t is not tuple:
        found.append(value)
    if t in _MAPPINGS:
        for item in list(t.values(value)):
            _collect(item, found)
    elif t is not set and t is not bytearray:
        for item in list(value):
            _collect(item, found)


def _copy(container):
    """A shallow copy: encoded as its content, where the container itself would be encoded as its position."""
    return _type(container).copy(container)


class Candidate:
    """The candidate's objects by handle, and the test's containers and functions of the call under way."""

    def __init__(self, namespace):
        self.namespace = namespace
        self._objects = []
        self._handles = {}
        self._containers = []
        self._positions = {}
        self._before = []
        self._functions = {}
        wire.rebuild_with(b"H", lambda handle: self._objects[handle[0]])
        wire.rebuild_with(b"L", self._receive)
        wire.rebuild_with(b"G", _from_library)
        self._operators = dict(_OPERATORS)
        self._operators["isinstance"] = lambda value, name: isinstance(value, namespace[name])
        self._operators["class_attribute"] = lambda name, attribute: getattr(namespace[name], attribute)

    def function(self, target):
        """What a request's target names: a function of the program, or an operator in a tuple."""
        return self._operators[target[0]] if _type(target) is tuple else self.namespace[target]

    def begin(self, args, kwargs):
        """Takes note of the containers in the arguments, before the call."""
        self._containers = containers([*args, *kwargs.values()])
        self._positions = {_id(container): position for position, container in enumerate(self._containers)}
        self._before = [wire.encode(_copy(container), self) for container in self._containers]

    def changes(self):
        """`((position, content), ...)` of the containers that the call changed, or None."""
        changed = []
        for position, (container, before) in enumerate(zip(self._containers, self._before)):
            content = _copy(container)
            if wire.encode(content, self) != before:
                changed.append((position, content))
        return tuple(changed) or None

    def token(self, value, t):
        """How an object crosses that is more than its content: see `wire.encode`."""
        position = self._positions.get(_id(value))
        if position is not None:
            return b"R", position
        if t is _FUNCTION and _id(value) in self._functions:
            return b"f", self._functions[_id(value)][0]
        if t is _GENERATOR:
            # Not drained: the test may want only its beginning.
            return self.irregular(value, t)
        return None

    def irregular(self, value, t):
        """A handle for what is no plain data."""
        handle = self._handles.get(_id(value))
        if handle is None:
            # Kept for good, so that its id stays its own.
            handle = self._handles[_id(value)] = len(self._objects)
            self._objects.append(value)
        return b"H", (handle, _type.__dict__["__name__"].__get__(t))

    def _receive(self, payload):
        index, name, code, defaults, kwdefaults, globals_, cells = payload
        namespace = {"__builtins__": builtins, "__name__": "tester"}
        for key, (kind, value) in globals_.items():
            if kind == "module":
                value = importlib.import_module(value)
            elif kind == "stub":
                value = self.namespace[value]
            namespace[key] = value
        closure = None if cells is None else tuple(map(types.CellType, cells))
        function = _FUNCTION(marshal.loads(code), namespace, name, defaults, closure)
        function.__kwdefaults__ = kwdefaults
        namespace.setdefault(name, function)
        self._functions[_id(function)] = (index, function)
        return function


def _from_library(payload):
    module, name = payload
    found = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def _call(function, *args, **kwargs):
    return function(*args, **kwargs)


#: What a proxy may ask for, besides what needs the program's namespace.
_OPERATORS = {
    "call": _call,
    "enter": lambda manager: _type(manager).__enter__(manager),
    "exit": lambda manager: _type(manager).__exit__(manager, None, None, None),
    **{name: getattr(builtins, name) for name in (
        "abs bool delattr dir divmod float format getattr hash int iter len next repr reversed round setattr str"
    ).split()},
    **{name: getattr(operator, name) for name in (
        "add and_ contains delitem eq floordiv ge getitem gt iadd imul index invert isub le lshift lt matmul mod mul ne neg or_ "
        "pos pow rshift setitem sub truediv xor"
    ).split()},
}
