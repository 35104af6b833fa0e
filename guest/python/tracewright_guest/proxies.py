"""The tester's half of calls by reference (`references.py`): proxies for the candidate's objects and classes.

A proxy equals no plain value, whatever the candidate's `__eq__` says, and is an instance of no type but the candidate's; only two
proxies are compared by the candidate's own methods. So a test that expects data is decided by data.
"""

import marshal
import sys
import types

from . import references, wire

_FUNCTION = types.FunctionType
#: Types of the library's own functions and classes.
_BY_NAME = frozenset((type, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType))


class Tester:
    """The proxies of one suite. `ask(target, args, kwargs)` makes a call by reference."""

    def __init__(self, ask, namespace):
        self._ask = ask
        self._namespace = namespace
        self._proxies = {}
        self._containers = []
        self._functions = []
        self._given = []
        wire.rebuild_with(b"H", self._proxy)
        wire.rebuild_with(b"R", lambda position: self._containers[position])
        wire.rebuild_with(b"f", lambda index: self._functions[index])

    def request(self, target, args, kwargs):
        """The encoded request, and the containers in it."""
        request = wire.encode((target, args, kwargs, True), self)
        self._containers = references.containers([*args, *kwargs.values()])
        return request

    def apply(self, changes):
        """Brings the candidate's in-place changes back to the containers of the last request."""
        for position, content in changes or ():
            copy_back(self._containers[position], content)

    def given(self, value):
        """Takes note of the containers in what an operation on an object gave: copies of the candidate's."""
        for container in references.containers([value]):
            self._given.append((container, wire.encode(container, self)))

    def changed_copies(self):
        """Whether any of those has changed since."""
        return any(wire.encode(container, self) != before for container, before in self._given)

    def token(self, value, t):
        """How an object crosses that is more than its content: see `wire.encode`."""
        if t is Proxy:
            return b"H", object.__getattribute__(value, "_handle")
        if t is _FUNCTION:
            return b"L", self._send(value)
        if t in _BY_NAME:
            name = _library_name(value)
            if name is not None:
                return b"G", name
        return None

    def irregular(self, value, t):
        """Nothing else of a test's crosses."""
        raise wire.NotPlainData(t.__name__)

    def _proxy(self, handle):
        proxy = self._proxies.get(handle[0])
        if proxy is None:
            proxy = self._proxies[handle[0]] = object.__new__(Proxy)
            object.__setattr__(proxy, "_handle", handle)
            object.__setattr__(proxy, "_ask", self._ask)
        return proxy

    def _send(self, function):
        globals_ = {}
        for name in _names(function.__code__):
            if name == function.__name__ or name not in self._namespace:
                continue
            value = self._namespace[name]
            if type(value) is types.ModuleType:
                globals_[name] = ("module", value.__name__)
            elif is_stub(value):
                globals_[name] = ("stub", name)
            else:
                globals_[name] = ("value", value)
        cells = function.__closure__ and tuple(cell.cell_contents for cell in function.__closure__)
        self._functions.append(function)
        return (
            len(self._functions) - 1,
            function.__name__,
            marshal.dumps(function.__code__),
            function.__defaults__,
            function.__kwdefaults__,
            globals_,
            cells,
        )

    def class_stub(self, name):
        """A class of the candidate's, as the tests see it."""
        stub = _ClassStub(name, (), {})
        type.__setattr__(stub, "_ask", staticmethod(self._ask))
        return stub


def _library_name(value):
    """`(module, qualified name)` under which the library has `value`, or None."""
    module, name = getattr(value, "__module__", None), value.__qualname__
    if module is None:
        module = getattr(getattr(value, "__objclass__", None), "__module__", "builtins")
    found = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return (module, name) if found is value and value not in wire.NAMED_TYPES else None


def is_stub(value):
    """Whether a name of the tests' is answered by the candidate."""
    return type(value) is _ClassStub or getattr(value, "tracewright_stub", False)


def _names(code):
    names = set(code.co_names)
    for constant in code.co_consts:
        if type(constant) is types.CodeType:
            names.update(_names(constant))
    return sorted(names)


def copy_back(mine, theirs):
    """Brings the candidate's in-place changes to a mutable argument back to the test's own object."""
    if type(mine) is not type(theirs):
        return
    if isinstance(mine, (list, bytearray)):
        mine[:] = theirs
    elif isinstance(mine, dict):
        if list(mine.items()) != list(theirs.items()):
            mine.clear()
            mine.update(theirs)
    elif isinstance(mine, set):
        mine.clear()
        mine.update(theirs)
    elif hasattr(mine, "extend") and hasattr(mine, "clear"):
        mine.clear()
        mine.extend(theirs)


class _ClassStub(type):
    """The type of class stubs: construction, instance checks and attributes are the candidate's."""

    def __call__(cls, *args, **kwargs):
        return cls._ask(cls.__name__, args, kwargs)

    def __instancecheck__(cls, value):
        return type(value) is Proxy and cls._ask(("isinstance",), (value, cls.__name__), {}) is True

    def __getattr__(cls, name):
        return cls._ask(("class_attribute",), (cls.__name__, name), {})


class Proxy:
    """An object of the candidate's. Every operation is a call."""

    __slots__ = ("_handle", "_ask")

    def __getattr__(self, name):
        return _operate(self, "getattr", name)

    def __setattr__(self, name, value):
        _operate(self, "setattr", name, value)

    def __delattr__(self, name):
        _operate(self, "delattr", name)

    def __call__(self, *args, **kwargs):
        return object.__getattribute__(self, "_ask")(("call",), (self, *args), kwargs)

    def __bool__(self):
        return _operate(self, "bool") is True

    def __iter__(self):
        iterator = _operate(self, "iter")
        return iterator if type(iterator) is Proxy else iter(iterator)

    def __contains__(self, value):
        return _operate(self, "contains", value) is True

    def __enter__(self):
        return _operate(self, "enter")

    def __exit__(self, kind, error, trace):
        _operate(self, "exit")
        return False

    def __eq__(self, other):
        return _operate(self, "eq", other) is True if type(other) is Proxy else NotImplemented

    def __ne__(self, other):
        return _operate(self, "ne", other) is True if type(other) is Proxy else NotImplemented


def _operate(proxy, name, *args):
    return object.__getattribute__(proxy, "_ask")((name,), (proxy, *args), {})


def _define(method, name, reflected=False, proxies_only=False):
    def operation(self, *args):
        if proxies_only and type(args[0]) is not Proxy:
            return NotImplemented
        if reflected:
            return object.__getattribute__(self, "_ask")((name,), (*args, self), {})
        return _operate(self, name, *args)

    operation.__name__ = method
    setattr(Proxy, method, operation)


for _name in "abs dir divmod float format hash int len next repr reversed round str delitem getitem setitem iadd imul isub index invert neg pos".split():
    _define("__%s__" % _name, _name)
for _name in "lt le gt ge".split():
    _define("__%s__" % _name, _name, proxies_only=True)
for _name in "add and_ floordiv lshift matmul mod mul or_ pow rshift sub truediv xor".split():
    _define("__%s__" % _name.rstrip("_"), _name)
    _define("__r%s__" % _name.rstrip("_"), _name, reflected=True)
