"""Proxies: what stands on one side of a conversation for the other side's objects and classes. Every operation is a call.

A proxy is only there where the reference gave an object too (or there is no reference), and is an instance of no type but the candidate's.
Without a reference a tester's proxy equals no plain value, whatever the candidate's `__eq__` says.
"""

import dataclasses
import datetime
import operator

from . import remote

_type = type
_get = object.__getattribute__


class ProxyClass(_type):
    """The type of proxies' classes: methods found through one are its objects' own, and calling it makes an object over there."""

    def __call__(cls, *args, **kwargs):
        example = vars(cls)["_example"]
        return _get(example, "_side").ask(("construct",), (example, *args), kwargs)

    def __getattr__(cls, name):
        if name == _FIELDS and "_example" in vars(cls):
            return _fields_of(vars(cls)["_example"])
        if name.startswith("__"):
            raise AttributeError("type object %r has no attribute %r" % (cls.__name__, name))
        return lambda proxy, /, *args, **kwargs: getattr(proxy, name)(*args, **kwargs)


class Proxy(metaclass=ProxyClass):
    """An object of the other side's."""

    __slots__ = ("_side", "__weakref__")
    #: Whether it equals, and is ordered among, proxies only.
    _among_proxies = False

    def __getattr__(self, name):
        return _fields_of(self) if name == _FIELDS else _operate(self, "getattr", name)

    def __setattr__(self, name, value):
        _operate(self, "setattr", name, value)

    def __delattr__(self, name):
        _operate(self, "delattr", name)

    def __call__(self, *args, **kwargs):
        return _get(self, "_side").ask(("call",), (self, *args), kwargs)

    def __bool__(self):
        return _operate(self, "bool") is True

    def __iter__(self):
        iterator = _operate(self, "iter")
        return iterator if hasattr(_type(iterator), "__next__") else iter(iterator)

    def __contains__(self, value):
        return _operate(self, "contains", value)

    def __enter__(self):
        return _operate(self, "enter")

    def __exit__(self, kind, error, trace):
        _operate(self, "exit")
        return False

    def __copy__(self):
        return _operate(self, "copy")

    def __deepcopy__(self, memo):
        return _operate(self, "deepcopy")

    def __eq__(self, other):
        if _get(self, "_among_proxies") and not isinstance(other, Proxy):
            return NotImplemented
        return _operate(self, "eq", other)

    def __ne__(self, other):
        if _get(self, "_among_proxies") and not isinstance(other, Proxy):
            return NotImplemented
        return _operate(self, "ne", other)


#: The attribute by which the library knows instances of data classes.
_FIELDS = "__dataclass_fields__"


def _fields_of(proxy):
    """The fields of an instance of a data class, by their names: `asdict` and the like then ask for their values."""
    names = _operate(proxy, "fields")
    if names is None:
        raise AttributeError("%r object has no attribute %r" % (_type(proxy).__name__, _FIELDS))
    fields = {}
    for name in names:
        field = fields[name] = dataclasses.field()
        field.name, field._field_type = name, dataclasses._FIELD
    return fields


def _operate(proxy, name, *args):
    if isinstance(proxy, IteratorProxy):
        _get(proxy, "_items").interrupt(name)
    return _get(proxy, "_side").ask((name,), (proxy, *args), {})


def _define(method, name, reflected=False, compares=False):
    def operation(self, *args):
        if compares and _get(self, "_among_proxies") and not isinstance(args[0], Proxy):
            return NotImplemented
        if reflected:
            return _get(self, "_side").ask((name,), (*args, self), {})
        return _operate(self, name, *args)

    operation.__name__ = method
    setattr(Proxy, method, operation)


for _name in "abs bytes complex dir divmod float format hash int len repr reversed round str trunc floor ceil delitem getitem setitem iadd imul isub index invert neg pos".split():
    _define("__%s__" % _name, _name)
for _name in "lt le gt ge".split():
    _define("__%s__" % _name, _name, compares=True)
for _name in "add and_ floordiv lshift matmul mod mul or_ pow rshift sub truediv xor".split():
    _define("__%s__" % _name.rstrip("_"), _name)
    _define("__r%s__" % _name.rstrip("_"), _name, reflected=True)


class IteratorProxy(Proxy):
    """An object of the other side's that is an iterator."""

    __slots__ = ("_items",)

    def __next__(self):
        return _get(self, "_items").next()


class StrictProxy(Proxy):
    """One that is compared with proxies only."""

    __slots__ = ()
    _among_proxies = True


class StrictIteratorProxy(IteratorProxy):
    """The same, of an iterator."""

    __slots__ = ()
    _among_proxies = True


class ContainerProxy(Proxy):
    """An object whose class is derived from that of a container (`list`, `Counter`, ...): next to plain values it is compared as what that class holds."""

    __slots__ = ("_content", "_like")

    @property
    def __class__(self):
        return _get(self, "_like")


def _compare(name):
    compare = getattr(operator, name)

    def comparison(self, other):
        content = _get(self, "_side").ask(("content",), (self,), {})
        if isinstance(other, ContainerProxy):
            other = _get(other, "_side").ask(("content",), (other,), {})
        return compare(content, other)

    return comparison


for _name in "eq ne lt le gt ge".split():
    setattr(ContainerProxy, "__%s__" % _name, _compare(_name))
ContainerProxy.__hash__ = None

#: Classes by what they are derived from and their name, so that `type(x).__name__` is what it is over there.
_NAMED = {}


def _named(base, name):
    made = _NAMED.get((base, name))
    if made is None:
        names = {"__slots__": ()} if issubclass(base, Proxy) else {}
        made = _NAMED[base, name] = _type(base)(name if name.isidentifier() else "object", (base,), names)
    return made


def container(side, name, content):
    """A proxy of a class that is derived from that of `content`, a mutable container, which both sides hold as the object's content."""
    made = object.__new__(_named(ContainerProxy, name))
    _type.__setattr__(_type(made), "_example", made)
    object.__setattr__(made, "_side", side)
    object.__setattr__(made, "_content", content)
    object.__setattr__(made, "_like", _named(_type(content), name))
    return made


def held(container):
    """What a container's proxy holds: its content as both sides last saw it."""
    return _get(container, "_content")


def proxy(side, name, kind, among_proxies=False, stub=None):
    """A proxy of kind `o` or `x` (an iterator too) whose class is called `name`; `stub` is that of its class, if there is one."""
    of = (StrictIteratorProxy if among_proxies else IteratorProxy) if kind == "x" else (StrictProxy if among_proxies else Proxy)
    made = object.__new__(stub if stub is not None and kind == "o" else _named(of, name))
    _type.__setattr__(_type(made), "_example", made)
    object.__setattr__(made, "_side", side)
    if kind == "x":
        items = remote.Items(side, True)
        items.owner = made
        object.__setattr__(made, "_items", items)
    return made


class ClassStub(ProxyClass):
    """The type of stubs for the other side's classes: construction, instance checks and attributes are its own. Proxies of its instances are
    instances of the stub."""

    def __call__(cls, *args, **kwargs):
        target = vars(cls)["_target"]
        ask = vars(cls)["_asked"].ask
        return ask(target, args, kwargs) if target is not None else ask(("call",), (cls, *args), kwargs)

    def __instancecheck__(cls, value):
        side = vars(cls)["_asked"]
        return side.is_theirs(value) and side.ask(("isinstance",), (value, _argument(cls)), {}) is True

    def __subclasscheck__(cls, other):
        if other is cls or _type(other) is not ClassStub:
            return other is cls
        return vars(cls)["_asked"].ask(("issubclass",), (_argument(other), _argument(cls)), {}) is True

    def __bool__(cls):
        return True

    def __iter__(cls):
        return iter(_operate_on_class(cls, "iter"))

    def __reversed__(cls):
        return iter(_operate_on_class(cls, "reversed"))

    def __len__(cls):
        return _operate_on_class(cls, "len")

    def __contains__(cls, value):
        return _operate_on_class(cls, "contains", value) is True

    def __getitem__(cls, key):
        return _operate_on_class(cls, "getitem", key)

    def __setattr__(cls, name, value):
        vars(cls)["_asked"].ask(("set_class_attribute",), (_argument(cls), name, value), {})

    def __getattr__(cls, name):
        return vars(cls)["_asked"].ask(("class_attribute",), (_argument(cls), name), {})


def _operate_on_class(stub, operation, *args):
    return vars(stub)["_asked"].ask(("operate_on_class",), (_argument(stub), operation, *args), {})


def _argument(stub):
    return vars(stub)["_target"] or stub


def class_stub(side, name, target=None, among_proxies=False):
    """A class of the other side's: `target` is what it calls it, where that is not by number."""
    names = {"__slots__": (), "__module__": "candidate", "_asked": side, "_target": target}
    return ClassStub(name if name.isidentifier() else "object", (StrictProxy if among_proxies else Proxy,), names)


def _text(operation):
    return lambda self, *args: vars(self)["_side"].ask((operation,), (self, *args), {})


#: How instances that hold a plain value show: as their own class has it. Everything else is that value's.
_TEXTS = {"__%s__" % operation: _text(operation) for operation in ("repr", "str", "format")}
#: Classes of instances that hold the value of a plain base class, by that class and their name.
_HOLDING = {}


def _itself(self, memo=None):
    return self


def _made(of, value):
    """An instance of `of`, a class derived from that of `value`, that holds it."""
    if isinstance(value, BaseException):
        return of(*value.args)
    if isinstance(value, tuple) and hasattr(of, "_make"):
        return of._make(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return of.fromisoformat(value.isoformat())
    if isinstance(value, datetime.timedelta):
        return of(value.days, value.seconds, value.microseconds)
    return of(value)


def holding(side, name, value, base=None):
    """An object of the other side's whose class, called `name`, is derived from that of `value`: the value, with its attributes there. `base`
    is another class for it to be derived from."""
    base = base or _type(value)
    of = _HOLDING.get((base, name))
    if of is None:

        def attribute(self, name):
            return vars(self)["_side"].ask(("getattr",), (self, name), {})

        names = {"__getattr__": attribute, "__copy__": _itself, "__deepcopy__": _itself}
        of = _HOLDING[base, name] = _type(name if name.isidentifier() else "object", (base,), names | _TEXTS)
    made = _made(of, value)
    vars(made)["_side"] = side
    return made


class Opaque:
    """An object where the reference gave data: it may be ignored, but not used. Any use ends the test."""

    __slots__ = ("_spoil", "_name")


def opaque(name, spoil):
    """An `Opaque` that reports show as `name`; `spoil()` raises what ends the test."""
    made = object.__new__(Opaque)
    object.__setattr__(made, "_spoil", spoil)
    object.__setattr__(made, "_name", name)
    return made


def _spoiled(self, *args, **kwargs):
    return _get(self, "_spoil")()


for _name in """
    abs add and aiter anext await bool bytes call ceil complex contains delattr delitem dir divmod enter eq exit float floor floordiv format
    ge getattr getitem gt hash iadd iand ifloordiv ilshift imatmul imod imul index int invert ior ipow irshift isub iter itruediv ixor le len
    length_hint lshift lt matmul mod mul ne neg next or pos pow radd rand rdivmod repr reversed rfloordiv rlshift rmatmul rmod rmul
    ror round rpow rrshift rshift rsub rtruediv rxor setattr setitem str sub truediv trunc xor
""".split():
    setattr(Opaque, "__%s__" % _name, _spoiled)


def name_of(value):
    """The type's name of an `Opaque`, as reports show it."""
    return "<%s>" % _get(value, "_name")
