"""The wire format: how plain Python data crosses the sandbox wall.

The grammar is `marshal` version 4, which the interpreter reads and writes in C, without code objects and interning, plus one
extension code `X` for what marshal refuses: `X`, a kind letter, a payload value. As in marshal, a set high bit of a code numbers the
object, and `r` with a number stands for it once more: values cross as graphs, with what is shared in them still shared and cycles
included.

Only data crosses. An object of a subclass of a plain type crosses as the value that its base class holds, read by methods of
the base class captured here, before any untrusted code ran: overridden methods have nothing to lie to. What is no data crosses
as a token of `remote.py`, in conversations only.

The host decodes strictly (`src/value/codec`) and never passes bytes of one instance to another unread.
"""

import array
import builtins
import collections
import datetime
import decimal
import fractions
import marshal
import re
import struct
import time
import types

_dumps = marshal.dumps
_loads = marshal.loads
_type = type
_len = len
_str = str
_id = id
_set = set
_map = map
_pack = struct.pack
_unpack = struct.unpack_from
_slice_all = slice(None)

#: Nesting beyond which a value does not cross: several times what CPython itself compares; the host's bound is the same.
DEPTH_BOUND = 5_000

#: Items drained from one iterator, where the receiver only compares, before it counts as endless.
ITERATOR_BOUND = 100_000

#: Builtin exception types by name: what may be raised again on the other side.
EXCEPTIONS = {
    name: e
    for name, e in vars(builtins).items()
    if isinstance(e, type) and issubclass(e, BaseException)
}
#: Types that may cross by name (`f(x, int)`), those of plain data and of the interpreter's own objects; harmless, because the receiver
#: looks them up itself, and what they do they do with the receiver's data.
NAMED_TYPES = {
    t: t.__name__ if t.__module__ == "builtins" else t.__module__ + "." + t.__qualname__
    for t in (
        bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict, range, object, _type(None),
        _type, slice, memoryview, enumerate, zip, map, filter, reversed, _type(...), _type(NotImplemented), _type({}.keys()),
        _type({}.values()), _type({}.items()), types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.GeneratorType,
        types.CoroutineType, types.ModuleType, types.MappingProxyType, types.SimpleNamespace, collections.OrderedDict, collections.Counter,
        collections.defaultdict, collections.deque, collections.ChainMap, collections.UserDict, collections.UserList, collections.UserString,
        decimal.Decimal, fractions.Fraction, datetime.date, datetime.time, datetime.datetime, datetime.timedelta, datetime.timezone,
        array.array, time.struct_time, re.Pattern, re.Match, _type(iter([])), _type(iter(())), _type(iter("")), _type(iter({})),
        *EXCEPTIONS.values(),
    )
}  # fmt: skip
_TYPE_OF_NAME = {name: t for t, name in NAMED_TYPES.items()}
_NAME_OF_TYPE = {id(t): name for t, name in NAMED_TYPES.items()}

#: Names of the exceptions by which iteration ends.
STEERING = ("StopIteration", "StopAsyncIteration", "GeneratorExit")

_SCALARS = frozenset((_type(None), bool, int, float, str, complex, _type(...)))
#: Types that marshal writes without looking inside.
LEAVES = _SCALARS | {bytes}
_CONTAINERS = frozenset((list, tuple, set, frozenset, dict))
_OPENING = {list: b"\xdb", tuple: b"\xa8", set: b"\xbc", frozenset: b"\xbe"}


class NotPlainData(Exception):
    """A value that does not cross; the argument names its type, or says what is wrong with it."""


def as_text(data):
    """Bytes as what the host's functions take."""
    return _str(data, "latin-1")


def encode(value, side=None):
    """Encodes plain data, with what is shared in it; raises `NotPlainData` for anything else. With `side` (a `remote.Side`), what it has
    a token for crosses as that."""
    if side is None or not side.may_hold_shared():
        try:
            data = _dumps(value, 4, allow_code=False)
        except ValueError:
            pass
        else:
            # marshal writes any buffer (bytearray, array, a subclass) as bytes: look closer where one may be inside.
            if b"s" not in data and b"\xf3" not in data or _no_buffers(value):
                return data
    return _write(value, side)


def encode_tree(value):
    """Encodes plain data for a receiver that only compares it: iterators are drained, and what is shared is written each time where marshal
    can do that."""
    try:
        data = _dumps(value, 2, allow_code=False)
    except ValueError:
        pass
    else:
        if b"s" not in data or _no_buffers(value):
            return data
    return _write(value, None)


def _no_buffers(root):
    seen = _set()
    stack = [root]
    while stack:
        value = stack.pop()
        t = _type(value)
        if t in LEAVES:
            continue
        if t not in _CONTAINERS:
            return False
        if _id(value) in seen:
            continue
        seen.add(_id(value))
        for items in (value, value.values()) if t is dict else (value,):
            kinds = _set(_map(_type, items))
            if not kinds <= LEAVES:
                stack.extend(item for item in items if _type(item) not in LEAVES)
    return True


def _write(root, side):
    out = []
    write = out.append
    numbers = {}
    count = 0
    keep = []  # Numbered by id: nothing numbered may go away.
    stack = [iter((root,))]
    endings = [b""]
    while stack:
        for value in stack[-1]:
            t = _type(value)
            if t in LEAVES:
                write(_dumps(value, 2))
                continue
            if t is types.CodeType:
                raise NotPlainData("code")
            number = numbers.get(_id(value))
            if number is not None:
                write(b"r" + _pack("<i", number))
                continue
            if _len(stack) > DEPTH_BOUND:
                raise NotPlainData("data nested more than %d levels deep" % DEPTH_BOUND)
            token = None if side is None else side.token(value, t)
            if token is not None:
                write(b"X" + token[0])
                stack.append(iter((token[1],)))
                endings.append(b"")
                break
            keep.append(value)
            opening = _OPENING.get(t)
            if opening is not None:
                numbers[_id(value)] = count
                count += 1
                if _set(_map(_type, value)) <= LEAVES:
                    write(opening)
                    write(_dumps(value, 2)[1:])
                    continue
                write(opening + _pack("<i", _len(value)))
                stack.append(iter(value))
                endings.append(b"")
            elif t is dict:
                numbers[_id(value)] = count
                count += 1
                write(b"\xfb")
                stack.append(_flattened(value))
                endings.append(b"0")
            else:
                encoder = _EXTENSIONS.get(t)
                kind, payload = encoder(value) if encoder is not None else _irregular(value, t, side)
                if kind is None:
                    # The value that the base class holds is written, under the number of the object.
                    if _type(payload) not in LEAVES:
                        numbers[_id(value)] = count
                elif kind in _TOKENS:
                    write(b"X" + kind)
                else:
                    numbers[_id(value)] = count
                    count += 1
                    write(b"\xd8" + kind)
                keep.append(payload)
                stack.append(iter((payload,)))
                endings.append(b"")
            break
        else:
            stack.pop()
            write(endings.pop())
    return b"".join(out)


#: Kinds that name something instead of holding it: they have no number.
_TOKENS = frozenset((b"H", b"B", b"R", b"L", b"G", b"S"))


def _flattened(mapping):
    for pair in mapping.items():
        yield from pair


def _counter(v):
    return b"C", dict(dict.items(v))


class Written:
    """Something that is written as an extension: `kind` and `payload`."""

    __slots__ = ("kind", "payload")


class _Factory:
    """What makes the missing values of a `defaultdict`, where it is none of the builtin types."""

    __slots__ = ("of",)


def _defaultdict(v):
    factory = default_factory(v)
    if factory is not None:
        name = _NAME_OF_TYPE.get(_id(factory))
        if name is None:
            name = _Factory()
            name.of = factory
        factory = name
    return b"d", (factory, dict(dict.items(v)))


# Attributes by descriptors of the base class, too: a subclass may define its own.
_PARTS_OF_TIMEDELTA = [vars(datetime.timedelta)[name].__get__ for name in ("days", "seconds", "microseconds")]
_PARTS_OF_FRACTION = [vars(fractions.Fraction)[name].__get__ for name in ("_numerator", "_denominator")]
longest_deque = collections.deque.maxlen.__get__
_CODE_OF_ARRAY = array.array.typecode.__get__


def _timedelta(v):
    return b"t", tuple([part(v) for part in _PARTS_OF_TIMEDELTA])


default_factory = collections.defaultdict.default_factory.__get__

_PATTERN = _type(re.compile(""))
_MATCH = _type(re.match("", ""))
_SPAN = _MATCH.span


def _pattern(v):
    return b"P", (v.pattern, v.flags)


def _match(v):
    start, end = _SPAN(v)
    return b"M", (v.re.pattern, v.re.flags, v.string, v.endpos, start, end)


def _user_data(kind):
    def encoder(v):
        return kind, object.__getattribute__(v, "data")

    return encoder


_EXTENSIONS = {
    Written: lambda v: (v.kind, v.payload),
    _PATTERN: _pattern,
    _MATCH: _match,
    bytearray: lambda v: (b"b", bytes(bytearray.__getitem__(v, _slice_all))),
    memoryview: lambda v: (b"p", bytes(v)),
    array.array: lambda v: (b"a", (_CODE_OF_ARRAY(v), array.array.tolist(v))),
    range: lambda v: (b"r", (v.start, v.stop, v.step)),
    slice: lambda v: (b"s", (v.start, v.stop, v.step)),
    collections.deque: lambda v: (b"D", (list(collections.deque.__iter__(v)), longest_deque(v))),
    collections.Counter: _counter,
    collections.defaultdict: _defaultdict,
    collections.OrderedDict: lambda v: (b"O", list(collections.OrderedDict.items(v))),
    collections.UserList: _user_data(b"U"),
    collections.UserDict: _user_data(b"V"),
    collections.ChainMap: lambda v: (b"W", list(object.__getattribute__(v, "maps"))),
    types.MappingProxyType: lambda v: (b"w", v | {}),
    fractions.Fraction: lambda v: (b"F", tuple([part(v) for part in _PARTS_OF_FRACTION])),
    decimal.Decimal: lambda v: (b"c", decimal.Decimal.__str__(v)),
    datetime.date: lambda v: (b"y", datetime.date.isoformat(v)),
    datetime.time: lambda v: (b"h", datetime.time.isoformat(v)),
    datetime.datetime: lambda v: (b"m", datetime.datetime.isoformat(v)),
    datetime.timedelta: _timedelta,
    time.struct_time: lambda v: (b"z", tuple.__getitem__(v, _slice_all)),
    _type({}.keys()): lambda v: (b"k", list(v)),
    _type({}.values()): lambda v: (b"v", list(v)),
    _type({}.items()): lambda v: (b"i", list(v)),
    _type(NotImplemented): lambda v: (b"N", None),
}

#: Kinds of the library's classes that people derive classes of their own from.
KINDS_OF_CLASSES = (b"n", b"F", b"c", b"y", b"h", b"m", b"t", b"b", b"a", b"U", b"V", b"W")

#: The value that the base class of an object holds, by methods of that class.
_BASE_VALUES = {
    int: int.__index__,
    float: float.__float__,
    complex: complex.__complex__,
    str: str.__str__,
    bytes: bytes.__bytes__,
    list: list.copy,
    dict: dict.copy,
    tuple: lambda v: tuple.__getitem__(v, _slice_all),
    set: lambda v: {*set.__iter__(v)},
    frozenset: lambda v: frozenset(frozenset.__iter__(v)),
}

mro_of = _type.__dict__["__mro__"].__get__
_bases_of = _type.__dict__["__bases__"].__get__
namespace_of = _type.__dict__["__dict__"].__get__
name_of = _type.__dict__["__name__"].__get__
_args_of = BaseException.args.__get__


def _irregular(value, t, side):
    # By id, since a class may define what is asked of it; these live as long as the interpreter.
    name = _NAME_OF_TYPE.get(_id(value))
    if name is not None:
        return b"T", name
    if t is _Factory:
        # Whoever only compares calls no factory.
        return (None, None) if side is None else side.factory(value.of)
    if EXCEPTIONS.get(name_of(t)) is t:
        return b"E", (name_of(t), (*_args_of(value),))
    if side is not None:
        token = side.irregular(value, t)
        if token is not None:
            return token
    elif any("__next__" in namespace_of(base) for base in mro_of(t)):
        return b"I", _drain(value)
    found = base_value(value, t)
    if found is not None:
        return found
    raise NotPlainData(name_of(t))


def _drain(iterator):
    items = []
    for item in iterator:
        if _len(items) >= ITERATOR_BOUND:
            raise NotPlainData("an iterator of more than %d items" % ITERATOR_BOUND)
        items.append(item)
    return items


def base_value(value, t):
    """`(kind, payload)` of what an object of a subclass of a plain type holds, or None."""
    for base in mro_of(t):
        if _bases_of(base) == (tuple,):
            fields = namespace_of(base).get("_fields")
            if _type(fields) is tuple and all(_type(f) is str for f in fields) and _len(fields) == tuple.__len__(value):
                # A tuple of its own, so that two values of a class do not share it.
                return b"n", (name_of(base), (*fields,), tuple.__getitem__(value, _slice_all))
        if base in _BASE_VALUES:
            return None, _BASE_VALUES[base](value)
        if base in _EXTENSIONS:
            return _EXTENSIONS[base](value)
        if EXCEPTIONS.get(name_of(base)) is base:
            return b"E", (name_of(base), (*_args_of(value),))
    return None


def decode(data):
    """Decodes bytes the host encoded. The host is trusted: this does not defend itself."""
    if b"X" not in data and b"\xd8" not in data:
        try:
            return _loads(data, allow_code=False)
        except ValueError:
            pass  # Deeper than marshal goes.
    return _read(data)


_UNFINISHED = object()
_LIST, _TUPLE, _SET, _FROZENSET, _DICT, _END, _EXTENSION, _AGAIN = b"[(<>{0Xr"
_FINISH = {_LIST: None, _TUPLE: tuple, _SET: set, _FROZENSET: frozenset}


def _read(data):
    numbered = []
    stack = []  # (code, how many items are missing, items, number, extension kind or pending key)
    at = 0
    while True:
        code = data[at]
        flagged = code & 0x80
        code &= 0x7F
        if code in _FINISH:
            (count,) = _unpack("<i", data, at + 1)
            at += 5
            items = []
            number = None
            if flagged:
                number = _len(numbered)
                numbered.append(items if code == _LIST else _UNFINISHED)
            if count:
                stack.append([code, count, items, number, None])
                continue
            value = items if code == _LIST else _FINISH[code](items)
            if number is not None:
                numbered[number] = value
        elif code == _DICT:
            items = {}
            if flagged:
                numbered.append(items)
            stack.append([code, -1, items, None, _UNFINISHED])
            at += 1
            continue
        elif code == _END:
            value = stack.pop()[2]
            at += 1
        elif code == _EXTENSION:
            number = None
            if flagged:
                number = _len(numbered)
                numbered.append(_UNFINISHED)
            stack.append([code, 1, [], number, data[at + 1 : at + 2]])
            at += 2
            continue
        elif code == _AGAIN:
            (number,) = _unpack("<i", data, at + 1)
            at += 5
            value = numbered[number]
            if value is _UNFINISHED:
                raise ValueError("a tuple or another fixed value that holds itself")
        else:
            end = at + _leaf_length(data, at, code)
            value = _loads(data[at:end])
            if flagged:
                numbered.append(value)
            at = end
        while stack:
            frame = stack[-1]
            if frame[0] == _DICT:
                if frame[4] is _UNFINISHED:
                    frame[4] = value
                else:
                    frame[2][frame[4]] = value
                    frame[4] = _UNFINISHED
                break
            frame[2].append(value)
            frame[1] -= 1
            if frame[1]:
                break
            stack.pop()
            if frame[0] == _EXTENSION:
                value = _REBUILD[frame[4]](value)
            elif frame[0] == _LIST:
                value = frame[2]
            else:
                value = _FINISH[frame[0]](frame[2])
            if frame[3] is not None:
                numbered[frame[3]] = value
        else:
            return value


def _leaf_length(data, at, code):
    if code in b"NTF.":
        return 1
    if code == 0x69:  # i
        return 5
    if code == 0x67:  # g
        return 9
    if code == 0x79:  # y
        return 17
    (count,) = _unpack("<i", data, at + 1)
    if code == 0x6C:  # l
        return 5 + 2 * abs(count)
    return 5 + count  # s u


def _rebuild_default(p):
    factory, items = p
    return collections.defaultdict(_TYPE_OF_NAME[factory] if _type(factory) is _str else factory, items)


#: Classes of namedtuples by their name and fields.
_NAMEDTUPLES = {}


def _rebuild_namedtuple(p):
    name, fields, items = p
    of = _NAMEDTUPLES.get((name, fields))
    if of is None:
        of = _NAMEDTUPLES[name, fields] = collections.namedtuple(name, fields)
    return of._make(items)


def _sealed(value):
    """A namedtuple whose fields are not had by their names, which could be those of methods."""
    fields = _type(value)._fields
    of = collections.namedtuple(name_of(_type(value)), fields)
    for field in fields:
        delattr(of, field)
    return of._make(value)


def _rebuild_items(p):
    return {k: v for k, v in p}.items()


def _rebuild_match(p):
    pattern, flags, string, endpos, start, end = p
    pattern = re.compile(pattern, flags)
    for match in (pattern.match(string, start, endpos), pattern.search(string, 0, endpos)):
        if match is not None and match.span() == (start, end):
            return match
    raise ValueError("not a match of its pattern")


def _rebuild_user(t):
    def rebuild(p):
        value = t()
        value.data = p
        return value

    return rebuild


def rebuild_with(kind, function):
    """Has values of an extension `kind` rebuilt by `function` in this instance."""
    _REBUILD[kind] = function


_REBUILD = {
    b"P": lambda p: re.compile(*p),
    b"M": _rebuild_match,
    b"b": bytearray,
    b"p": lambda p: memoryview(p),
    b"a": lambda p: array.array(p[0], p[1]),
    b"r": lambda p: range(*p),
    b"s": lambda p: slice(*p),
    b"D": lambda p: collections.deque(p[0], p[1]),
    b"C": collections.Counter,
    b"d": _rebuild_default,
    b"O": collections.OrderedDict,
    b"U": _rebuild_user(collections.UserList),
    b"V": _rebuild_user(collections.UserDict),
    b"W": lambda p: collections.ChainMap(*p),
    b"w": types.MappingProxyType,
    b"F": lambda p: fractions.Fraction(p[0], p[1]),
    b"c": decimal.Decimal,
    b"y": datetime.date.fromisoformat,
    b"h": datetime.time.fromisoformat,
    b"m": datetime.datetime.fromisoformat,
    b"t": lambda p: datetime.timedelta(*p),
    b"z": time.struct_time,
    b"k": lambda p: dict.fromkeys(p).keys(),
    b"v": lambda p: dict(enumerate(p)).values(),
    b"i": _rebuild_items,
    b"N": lambda p: NotImplemented,
    b"I": iter,
    b"T": _TYPE_OF_NAME.__getitem__,
    b"E": lambda p: EXCEPTIONS[p[0]](*p[1]),
    b"n": _rebuild_namedtuple,
    b"Y": _sealed,
}
