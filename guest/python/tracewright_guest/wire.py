"""The wire format: how plain Python data crosses the sandbox wall.

The grammar is `marshal` version 2 (no references, no interning), which the interpreter writes in C, plus one
extension code `X` for standard containers that marshal refuses: `X`, a kind letter, a payload value. Only exact
types cross: an object of a subclass never does, so overridden methods have nothing to lie to. A container is taken
apart through methods of its base class captured here, before any untrusted code ran.

The host decodes strictly (`src/judge/codec.rs`) and never passes bytes of one instance to another unread.
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

_dumps = marshal.dumps
_loads = marshal.loads
_type = type
_len = len
_pack = struct.pack
_unpack = struct.unpack_from

#: Items drained from one iterator before it counts as endless.
ITERATOR_BOUND = 100_000
#: Nesting beyond which a value does not cross; as marshal's own bound, chosen so that the host's stack is safe.
DEPTH_BOUND = 400

#: Builtin types and functions that may cross by name (`f(x, int)`); harmless, because the receiver looks them up itself.
NAMED_TYPES = {
    t: t.__name__
    for t in (bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict, range, object, _type(None))
}
_TYPE_OF_NAME = {name: t for t, name in NAMED_TYPES.items()}
#: Builtin exception types by name: what may be raised again on the other side.
EXCEPTIONS = {
    name: e
    for name, e in vars(builtins).items()
    if isinstance(e, type) and issubclass(e, BaseException)
}

_SCALARS = frozenset((_type(None), bool, int, float, str, complex, _type(...)))


class NotPlainData(Exception):
    """A value that does not cross; the argument names its type."""


def encode(value, references=None):
    """Encodes plain data; raises `NotPlainData` for anything else. With `references` (see `references.py`), objects that it
    has a token for cross as that."""
    if references is not None:
        out = []
        _encode(value, out, 0, references)
        return b"".join(out)
    if _type(value) in _SCALARS:
        return _dumps(value, 2)
    try:
        data = _dumps(value, 2)
    except ValueError:
        pass
    else:
        # marshal writes any buffer (bytearray, array, a subclass) as bytes: look closer where one may be inside.
        if b"s" not in data or _no_buffers(value, 0):
            return data
    out = []
    _encode(value, out, 0)
    return b"".join(out)


def _no_buffers(value, depth):
    t = _type(value)
    if t in _SCALARS or t is bytes:
        return True
    if depth > DEPTH_BOUND:
        return False
    if t is list or t is tuple or t is set or t is frozenset:
        return all(_type(v) in _SCALARS or _no_buffers(v, depth + 1) for v in value)
    if t is dict:
        return all(_no_buffers(k, depth + 1) and _no_buffers(v, depth + 1) for k, v in value.items())
    return False


def _encode(value, out, depth, references=None):
    t = _type(value)
    if t in _SCALARS or t is bytes:
        out.append(_dumps(value, 2))
        return
    if depth > DEPTH_BOUND:
        raise NotPlainData("data nested too deeply")
    if references is not None:
        token = references.token(value, t)
        if token is not None:
            out.append(b"X" + token[0])
            _encode(token[1], out, depth + 1, references)
            return
    if t is list or t is tuple:
        out.append((b"[" if t is list else b"(") + _pack("<i", _len(value)))
        for item in value:
            _encode(item, out, depth + 1, references)
    elif t is dict:
        out.append(b"{")
        for key, item in value.items():
            _encode(key, out, depth + 1, references)
            _encode(item, out, depth + 1, references)
        out.append(b"0")
    elif t is set or t is frozenset:
        items = []
        for item in value:
            part = []
            _encode(item, part, depth + 1, references)
            items.append(b"".join(part))
        items.sort()
        out.append((b"<" if t is set else b">") + _pack("<i", _len(items)))
        out.extend(items)
    else:
        encoder = _EXTENSIONS.get(t)
        if encoder is not None:
            kind, payload = encoder(value)
        else:
            kind, payload = _irregular(value, t, references)
        out.append(b"X" + kind)
        _encode(payload, out, depth + 1, references)


def _drain(iterator):
    items = []
    for item in iterator:
        if _len(items) >= ITERATOR_BOUND:
            raise NotPlainData("an iterator of more than %d items" % ITERATOR_BOUND)
        items.append(item)
    return items


def _counter(v):
    return b"C", dict(dict.items(v))


def _defaultdict(v):
    factory = _DEFAULT_FACTORY(v)
    if factory is not None and _TYPE_OF_NAME.get(getattr(factory, "__name__", None)) is not factory:
        factory = None  # A lambda cannot cross; equality does not look at it.
    return b"d", (factory and factory.__name__, dict(dict.items(v)))


def _timedelta(v):
    return b"t", (v.days, v.seconds, v.microseconds)


_DEFAULT_FACTORY = collections.defaultdict.default_factory.__get__
_generator = _type(_ for _ in ())

_PATTERN = _type(re.compile(""))
_MATCH = _type(re.match("", ""))
_SPAN = _MATCH.span


def _pattern(v):
    return b"P", (v.pattern, v.flags)


def _match(v):
    start, end = _SPAN(v)
    return b"M", (v.re.pattern, v.re.flags, v.string, v.endpos, start, end)


_EXTENSIONS = {
    _PATTERN: _pattern,
    _MATCH: _match,
    bytearray: lambda v: (b"b", bytes(v)),
    memoryview: lambda v: (b"p", bytes(v)),
    array.array: lambda v: (b"a", (v.typecode, v.tolist())),
    range: lambda v: (b"r", (v.start, v.stop, v.step)),
    slice: lambda v: (b"s", (v.start, v.stop, v.step)),
    collections.deque: lambda v: (b"D", (list(v), v.maxlen)),
    collections.Counter: _counter,
    collections.defaultdict: _defaultdict,
    collections.OrderedDict: lambda v: (b"O", list(collections.OrderedDict.items(v))),
    fractions.Fraction: lambda v: (b"F", (v.numerator, v.denominator)),
    decimal.Decimal: lambda v: (b"c", decimal.Decimal.__str__(v)),
    datetime.date: lambda v: (b"y", datetime.date.isoformat(v)),
    datetime.time: lambda v: (b"h", datetime.time.isoformat(v)),
    datetime.datetime: lambda v: (b"m", datetime.datetime.isoformat(v)),
    datetime.timedelta: _timedelta,
    _type({}.keys()): lambda v: (b"k", list(v)),
    _type({}.values()): lambda v: (b"v", list(v)),
    _type({}.items()): lambda v: (b"i", list(v)),
}

#: Iterators of the standard library: drained and handed over as iterators.
_ITERATORS = {
    _generator,
    map, filter, zip, enumerate, reversed,
    *(_type(iter(x)) for x in ([], (), "", "\u0100", b"", bytearray(), set(), {}, {}.values(), {}.items(), range(0), range(1 << 70))),
    _type(reversed([])), _type(reversed({})), _type(reversed(range(0))),
}


def _register_iterators():
    import itertools

    for name in vars(itertools).values():
        if isinstance(name, _type) and name.__name__ not in ("_grouper", "_tee_dataobject"):
            _ITERATORS.add(name)


_register_iterators()


def _irregular(value, t, references):
    if t in _ITERATORS:
        return b"I", _drain(value)
    if t is _type and value in NAMED_TYPES:
        return b"T", NAMED_TYPES[value]
    if EXCEPTIONS.get(t.__name__) is t:
        return b"E", (t.__name__, BaseException.args.__get__(value))
    if t.__bases__ == (tuple,):
        fields = _type.__dict__["__dict__"].__get__(t).get("_fields")
        if _type(fields) is tuple and all(_type(f) is str for f in fields) and _len(fields) == tuple.__len__(value):
            return b"n", (t.__name__, fields, tuple(tuple.__iter__(value)))
    if references is not None:
        return references.irregular(value, t)
    raise NotPlainData(t.__name__ if _type(t.__name__) is str else "?")


def decode(data):
    """Decodes bytes the host encoded. The host is trusted: this does not defend itself."""
    if b"X" not in data:
        return _loads(data)
    value, end = _decode(data, 0)
    return value


def _decode(data, at):
    code = data[at]
    if code == 0x5B or code == 0x28:  # [ (
        (count,) = _unpack("<i", data, at + 1)
        at += 5
        items = []
        for _ in range(count):
            item, at = _decode(data, at)
            items.append(item)
        return (items if code == 0x5B else tuple(items)), at
    if code == 0x3C or code == 0x3E:  # < >
        (count,) = _unpack("<i", data, at + 1)
        at += 5
        items = []
        for _ in range(count):
            item, at = _decode(data, at)
            items.append(item)
        return (set(items) if code == 0x3C else frozenset(items)), at
    if code == 0x7B:  # {
        at += 1
        result = {}
        while data[at] != 0x30:
            key, at = _decode(data, at)
            result[key], at = _decode(data, at)
        return result, at + 1
    if code == 0x58:  # X
        kind = data[at + 1 : at + 2]
        payload, at = _decode(data, at + 2)
        return _REBUILD[kind](payload), at
    end = at + _leaf_length(data, at, code)
    return _loads(data[at:end]), end


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
    return collections.defaultdict(_TYPE_OF_NAME.get(p[0]), p[1])


def _rebuild_namedtuple(p):
    return collections.namedtuple(p[0], p[1])._make(p[2])


def _rebuild_items(p):
    return {k: v for k, v in p}.items()


def _rebuild_match(p):
    pattern, flags, string, endpos, start, end = p
    pattern = re.compile(pattern, flags)
    for match in (pattern.match(string, start, endpos), pattern.search(string, 0, endpos)):
        if match is not None and match.span() == (start, end):
            return match
    raise ValueError("not a match of its pattern")


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
    b"F": lambda p: fractions.Fraction(p[0], p[1]),
    b"c": decimal.Decimal,
    b"y": datetime.date.fromisoformat,
    b"h": datetime.time.fromisoformat,
    b"m": datetime.datetime.fromisoformat,
    b"t": lambda p: datetime.timedelta(*p),
    b"k": lambda p: dict.fromkeys(p).keys(),
    b"v": lambda p: dict(enumerate(p)).values(),
    b"i": _rebuild_items,
    b"I": iter,
    b"T": _TYPE_OF_NAME.get,
    b"E": lambda p: EXCEPTIONS[p[0]](*p[1]),
    b"n": _rebuild_namedtuple,
}
