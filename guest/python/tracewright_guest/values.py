"""Bounded representations of values, computed while descending.

Never a `repr` cut afterwards, which would cost as much as the value is large, and never a method of the value's own: objects of
the program's classes are shown by their attributes, read past any override. What is left out is marked: `... 7 more]` in
a container, `'abc'... 7 more` after a string, `...` where nesting or the budget ends. The text is one line and printable.
"""

import collections
import datetime
import decimal
import enum
import fractions
import types

# Bound here: a program may patch the builtins.
_type, _len, _id, _repr, _str, _min, _max = type, len, id, repr, str, min, max
_enumerate, _issubclass, _zip = enumerate, issubclass, zip
_name_of = _type.__dict__["__name__"].__get__
_mro_of = _type.__dict__["__mro__"].__get__
_namespace_of = _type.__dict__["__dict__"].__get__
_METACLASS = enum.EnumType
_BaseException = BaseException

#: Printed by their own C code, whose length their type bounds.
_PLAIN = frozenset((_type(None), bool, float, complex, _type(...), _type(NotImplemented), datetime.date, datetime.time, datetime.datetime, datetime.timedelta))
_SEQUENCES = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}"), frozenset: ("frozenset({", "})"), collections.deque: ("deque([", "])")}
_MAPPINGS = {dict: ("{", "}"), collections.OrderedDict: ("OrderedDict({", "})"), collections.Counter: ("Counter({", "})"), types.MappingProxyType: ("mappingproxy({", "})")}
_NAMED = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
#: Bits beyond which an int is only described: printing is quadratic.
_INT_BITS = 4000


class Bounds:
    """How much of a value is shown: characters in all, characters of one string, items of one container, levels."""

    def __init__(self, characters=400, string=120, items=40, depth=6):
        self.characters, self.string, self.items, self.depth = characters, string, items, depth


def represent(value, bounds):
    """`value` as text of at most about `bounds.characters`."""
    writer = _Writer(bounds)
    writer.value(value, 0)
    return "".join(writer.out)


class _Writer:
    def __init__(self, bounds):
        self.out = []
        self.left = bounds.characters
        self.bounds = bounds
        self.open = set()

    def write(self, text):
        self.left -= _len(text)
        self.out.append(text)

    def value(self, value, depth):
        t = _type(value)
        if t is int:
            self.write(_repr(value) if value.bit_length() <= _INT_BITS else "<int of %d bits>" % value.bit_length())
        elif t is str or t is bytes or t is bytearray:
            self.text(value)
        elif t in _PLAIN:
            self.write(_repr(value))
        elif depth > self.bounds.depth or self.left <= 0:
            self.write("...")
        elif _id(value) in self.open:
            self.write("...")
        else:
            self.open.add(_id(value))
            self.compound(value, t, depth)
            self.open.discard(_id(value))

    def text(self, value):
        room = _max(8, _min(self.bounds.string, self.left))
        more = _len(value) - room
        self.write("%s... %d more" % (_repr(value[:room]), more) if more > 0 else _repr(value))

    def compound(self, value, t, depth):
        if t in _SEQUENCES:
            self.sequence(value, t, depth)
        elif t in _MAPPINGS:
            opening, closing = _MAPPINGS[t]
            self.mapping(opening, value, closing, depth)
        elif t is collections.defaultdict:
            factory = collections.defaultdict.default_factory.__get__(value)
            self.write("defaultdict(")
            self.value(factory, depth + 1)
            self.mapping(", {", value, "})", depth)
        elif t is range or t is slice:
            parts = [value.start, value.stop] + ([value.step] if value.step not in (1, None) else [])
            self.items("%s(" % t.__name__, parts, _len(parts), ")", depth)
        elif t is fractions.Fraction:
            self.items("Fraction(", [value.numerator, value.denominator], 2, ")", depth)
        elif t is decimal.Decimal:
            self.write("Decimal('%s')" % format(value, "g")[: self.bounds.string])
        elif _issubclass(_type(t), _METACLASS):
            self.write("%s.%s" % (_name_of(t), _attributes(value, t).get("_name_", "?")))
        elif _issubclass(t, _BaseException):
            args = _BaseException.args.__get__(value)
            self.items(_name_of(t) + "(", args, _len(args), ")", depth)
        elif _issubclass(t, tuple) and _type(_namespace_of(t).get("_fields")) is tuple:
            self.fields(_name_of(t), _zip(_namespace_of(t)["_fields"], tuple.__iter__(value)), depth)
        else:
            self.object(value, t, depth)

    def sequence(self, value, t, depth):
        opening, closing = _SEQUENCES[t]
        length = _len(value)
        if length == 0 and t in (set, frozenset):
            self.write("%s()" % t.__name__)
            return
        self.items(opening, value, length, ",)" if t is tuple and length == 1 else closing, depth)

    def items(self, opening, items, length, closing, depth):
        self.write(opening)
        for index, item in _enumerate(items):
            if index:
                self.write(", ")
            if index >= self.bounds.items or self.left <= 0:
                self.write("... %d more" % (length - index))
                break
            self.value(item, depth + 1)
        self.write(closing)

    def mapping(self, opening, value, closing, depth):
        self.write(opening)
        for index, (key, item) in _enumerate(value.items()):
            if index:
                self.write(", ")
            if index >= self.bounds.items or self.left <= 0:
                self.write("... %d more" % (_len(value) - index))
                break
            self.value(key, depth + 1)
            self.write(": ")
            self.value(item, depth + 1)
        self.write(closing)

    def fields(self, name, pairs, depth):
        self.write(name + "(")
        for index, (field, item) in _enumerate(pairs):
            if index:
                self.write(", ")
            if index >= self.bounds.items or self.left <= 0:
                self.write("...")
                break
            self.write((field if _type(field) is _str and field.isidentifier() else _repr(_str(field))) + "=")
            self.value(item, depth + 1)
        self.write(")")

    def object(self, value, t, depth):
        if _issubclass(t, _type):
            self.write("<class '%s'>" % _name_of(value))
        elif t in _NAMED:
            self.write("<function %s>" % value.__name__)
        elif t is types.MethodType:
            # A method may be bound to any callable, whose attributes are the program's.
            function = value.__func__
            self.write("<method %s>" % (function.__name__ if _type(function) is types.FunctionType else "?"))
        elif t is types.ModuleType:
            self.write("<module '%s'>" % value.__dict__.get("__name__", "?"))
        elif t is types.GeneratorType or t is types.CoroutineType or t is types.AsyncGeneratorType:
            self.write("<%s %s>" % (_name_of(t), value.__name__))
        else:
            attributes = _attributes(value, t)
            for base in (*_SEQUENCES, dict, int, float, str, bytes):
                # A subclass of a builtin: its content as the base sees it.
                if _issubclass(t, base):
                    self.write(_name_of(t) + "(")
                    self.base(value, base, depth)
                    self.write(")")
                    return
            if attributes or _is_of_program(t):
                self.fields(_name_of(t), attributes.items(), depth)
            else:
                self.write("<%s>" % _name_of(t))

    def base(self, value, base, depth):
        if base in _SEQUENCES:
            opening, closing = _SEQUENCES[base]
            self.items(opening, base.__iter__(value), base.__len__(value), closing, depth)
        elif base is dict:
            self.mapping("{", dict(dict.items(value)), "}", depth)
        elif base is str or base is bytes:
            self.text(base.__getitem__(value, slice(None)))
        else:
            self.value(base.__pos__(value), depth)


def _is_of_program(t):
    return _namespace_of(t).get("__module__") in ("candidate", "__main__")


def _attributes(value, t):
    """The instance's attributes: what its dict and its slots hold, without asking the object."""
    found = {}
    for base in _mro_of(t):
        namespace = _namespace_of(base)
        descriptor = namespace.get("__dict__")
        if _type(descriptor) is types.GetSetDescriptorType:
            attributes = descriptor.__get__(value)
            if _type(attributes) is dict:
                for name, item in attributes.items():
                    if not (_type(name) is _str and name.startswith("__")):
                        found.setdefault(name, item)
        if _is_of_program(base):
            for name, member in namespace.items():
                if _type(member) is types.MemberDescriptorType:
                    try:
                        found.setdefault(name, member.__get__(value))
                    except AttributeError:
                        pass
    return found
