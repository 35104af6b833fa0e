"""The tester's end of a conversation (`remote.py`): what a test's values are to a candidate, and the candidate's to a test.

Candidates may do with what a test hands them what they could do natively by its public names, and no more: they reach no function's
globals, no frame and no module through it.
"""

import collections
import sys
import types

from . import errors, functions, proxies, remote, wire

_FUNCTION = types.FunctionType
#: Callables of the interpreter's own kinds: called, never looked into.
_CALLABLES = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType)
#: What no candidate gets hold of.
_CLOSED = (types.FrameType, types.CodeType, types.TracebackType, types.CellType)
#: What runs, and shows where: its attributes are frames and code.
_RUNNING = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
#: Exceptions by which iteration ends: they steer the machinery of whoever calls.
_STEERING = (StopIteration, StopAsyncIteration, GeneratorExit)


#: How many parts a message has, by its kind; the host adds what the candidate printed where tests look at that.
_LENGTHS = {"call": 5, "return": 3, "raise": 6}


class TesterSide(remote.Side):
    """`exchange` asks the host, `namespace` is the tests', `note(error, described)` is told of each exception that a candidate raised, and
    with `strict` its objects equal no plain value."""

    is_testers = True

    def __init__(self, exchange, namespace, note, strict):
        super().__init__(exchange, {}, {**_OPERATIONS, "next": remote.Advance()})
        self._namespace = namespace
        self._note = note
        self._strict = strict
        self._stubs = {}
        self._class_stubs = {}
        self._exception_classes = {}
        self._handed = []
        self._given = []
        #: Why the candidate is gone, once it is: whatever a test makes of that, it has failed.
        self.gone = None
        wire.rebuild_with(b"Q", lambda error: proxies.opaque(error[3], lambda: self._end(error)))
        wire.rebuild_with(b"S", self._holding)

    def keep(self):
        self.ask(("keep",), (), {})
        super().keep()

    def class_stub(self, name):
        """A stub for the class that the program calls `name`."""
        made = self._class_stubs[name] = proxies.class_stub(self, name, name, self._strict)
        return self.stub(made, name)

    def stub(self, stub, name):
        """Takes note of a stub for what the program calls `name`."""
        self._stubs[id(stub)] = name
        return stub

    def exception_class(self, name, base):
        """A class for an exception class of the program's, derived from `base`: a builtin exception or another such class."""
        made = self._exception_classes.get(name)
        if made is not None:
            return made
        known = self._exception_classes.get(base) or wire.EXCEPTIONS[base]
        made = self._exception_classes[name] = type(name, (known,), {"__str__": errors.text_of, "__module__": "candidate"})
        return made

    def _end(self, described):
        self.gone = self.gone or described
        raise remote.Gone(described)

    def received(self, data):
        try:
            reply = wire.decode(data)
        except BaseException:
            self._end(_GARBLED)
        if reply[0] == "gone":
            self._end(reply[1])
        if len(reply) > _LENGTHS[reply[0]]:
            # The candidate printed this: to where a test now looks.
            sys.stdout.write(reply[-1])
            reply = reply[:-1]
        return reply

    def _function(self, target, args):
        # Only of what the tester handed out: an operation on data of the candidate's own would run where the tests are.
        asked_of = args if target[0] in _OF_EITHER else args[:1]
        if not any(id(value) in self._numbers for value in asked_of):
            raise TypeError("%s of nothing that the test handed out" % target[0])
        return super()._function(target, args)

    def _apply(self, changes):
        try:
            super()._apply(changes)
        except BaseException:
            self._end(_GARBLED)

    def ask(self, target, args, kwargs):
        value = super().ask(target, args, kwargs)
        if not self._keeps and type(target) is tuple and target[0] not in ("next", "send", "throw", "global", "await"):
            for container in _containers(value):
                self._given.append((container, wire.encode(container, self)))
        return value

    def content_of(self, value):
        return proxies.held(value) if isinstance(value, proxies.ContainerProxy) else value

    def changed_copies(self):
        """Whether a container that an operation on a candidate's object gave, a copy, has changed since."""
        return any(wire.encode(container, self) != before for container, before in self._given)

    def is_theirs(self, value):
        """Whether a value stands for something of the candidate's."""
        return id(value) in self._theirs

    def token(self, value, t):
        name = self._stubs.get(id(value))
        if name is not None:
            return b"B", name
        return super().token(value, t)

    def factory(self, value):
        t = type(value)
        return self.token(value, t) or self.irregular(value, t) or (b"H", self.handle(value, t, "c"))

    def irregular(self, value, t):
        if isinstance(value, type) or t is types.ModuleType:
            name = functions.library_name(value)
            if name is not None:
                return b"G", name
            if t is types.ModuleType:
                raise wire.NotPlainData("module")
            return b"H", self.handle(value, t, "t")
        kind = remote.iterator_kind(value, t)
        if kind is not None:
            return b"H", self.handle(value, t, "x" if kind == "i" and _is_written_here(t) else kind)
        if t in _CALLABLES:
            name = functions.library_name(value)
            if name is not None:
                return b"G", name
            pure = functions.pure_function(value, self._namespace, lambda v: id(v) in self._stubs)
            if pure is not None:
                return b"L", (self.handle(value, t, "c")[0], *pure)
            return b"H", self.handle(value, t, "c")
        if t is proxies.Opaque:
            # Used after all.
            abs(value)
        if isinstance(value, _CLOSED):
            raise wire.NotPlainData(t.__name__)
        if wire.base_value(value, t) is not None:
            return None
        return b"H", self.handle(value, t, "o")

    def handle(self, value, t, kind):
        number, name, kind = super().handle(value, t, kind)
        return number, value.__name__ if kind in "ct" and type(getattr(value, "__name__", None)) is str else name, kind

    def proxy(self, number, name, kind):
        if kind == "t":
            return self._class_stubs.setdefault(name, proxies.class_stub(self, name, None, self._strict))
        if kind in ("o", "x"):
            return proxies.proxy(self, name, kind, self._strict, self._class_stubs.get(name))
        return super().proxy(number, name, kind)

    def _holding(self, payload):
        (number, name, kind), value = payload
        if type(value) in remote.EXACT:
            # It changes where it is.
            made = self._proxies.get((number, b"S"))
            if made is None:
                made = self._proxies[number, b"S"] = proxies.container(self, name, value)
                self._theirs[id(made)] = number
            else:
                remote.copy_back(proxies.held(made), type(value), value)
            return made
        held = self._proxies.get((number, b"S"))
        if held is None or not isinstance(value, BaseException) and held != value:
            held = self._proxies[number, b"S"] = proxies.holding(self, name, value, self._exception_classes.get(name))
            self._theirs[id(held)] = number
            self._held.append(held)
        return held

    _held = []

    def number_of(self, error):
        self._handed.append(error)
        return len(self._handed) - 1

    def _raised(self, error):
        if isinstance(error, remote.Gone):
            raise error
        return super()._raised(error)

    def exception(self, described, args, attributes, own):
        try:
            error = self._handed[own] if own is not None else self._made_again(described, args, attributes)
        except BaseException:
            self._end(_GARBLED)
        # The host lets these through where the reference raised them, and knows them by what they are derived from.
        if isinstance(error, _STEERING) and described[2] not in wire.STEERING:
            self._end(_GARBLED)
        self._note(error, described)
        return error

    def _made_again(self, described, args, attributes):
        for name in described[5]:
            known = self._exception_classes.get(name)
            if known is not None:
                break
        else:
            known = wire.EXCEPTIONS.get(described[2], Exception)
        return errors.made_again(known, described, args, attributes, _holds_opaque(args))


_GARBLED = ("runtime_error", "SystemError", "SystemError", "the instance answered with bytes that are no outcome", None, ())


def _is_written_here(t):
    """Whether an iterator's class is one of Python's: it may have more to it."""
    found = next(vars(base)["__next__"] for base in t.__mro__ if "__next__" in vars(base))
    return type(found) is not types.WrapperDescriptorType


def _containers(value):
    found = []
    seen = set()
    stack = [value]
    while stack:
        value = stack.pop()
        nature = remote.nature_of(type(value))
        if nature is None or id(value) in seen:
            continue
        seen.add(id(value))
        if nature is not tuple:
            found.append(value)
        if nature in (bytearray, set) or nature.__name__ == "array":
            continue
        stack.extend(dict.values(value) if issubclass(nature, dict) else value)
    return found


def _holds_opaque(args):
    """Whether there is something in the arguments of an exception that a test may not use: its text would be such a use."""
    stack, seen = [args], set()
    while stack:
        value = stack.pop()
        if type(value) is proxies.Opaque:
            return True
        if type(value) in (tuple, list, dict) and id(value) not in seen:
            seen.add(id(value))
            stack.extend(value.values() if type(value) is dict else value)
    return False


#: Operations that may be asked of their second argument: reflected ones.
_OF_EITHER = frozenset(
    "add and_ floordiv lshift matmul mod mul or_ pow rshift sub truediv xor divmod eq ne lt le gt ge isinstance issubclass contains".split()
)


def _public(value, name):
    if name in ("format", "format_map") and isinstance(value, (str, collections.UserString)):
        # A format reads attributes of any name.
        raise AttributeError("%r object has no attribute %r" % (type(value).__name__, name))
    if type(name) is not str or name.startswith("_") or isinstance(value, (*_CALLABLES, *_CLOSED, *_RUNNING, types.ModuleType)):
        raise AttributeError("%r object has no attribute %r" % (type(value).__name__, name))
    return name


def _attribute(value, name):
    if name == "__dict__" and type(value).__module__ == "tester" and type(name) is str:
        # As `vars` gives it, but a copy.
        return {name: held for name, held in vars(value).items() if not name.startswith("_")}
    return getattr(value, _public(value, name))


def _public_fields(value):
    names = remote.fields_of(value)
    return names and (*(name for name in names if not name.startswith("_")),)


def _of_test(value, name):
    if type(value).__module__ != "tester":
        raise AttributeError("%r object has no attribute %r" % (type(value).__name__, name))
    return _public(value, name)


def _class_of_test(value):
    if type(value).__module__ != "tester":
        raise TypeError("cannot create %r instances" % type(value).__name__)
    return type(value)


#: Operations on a class itself.
_ON_CLASSES = {name: name for name in ("iter", "reversed", "len", "contains", "getitem")}
#: What candidates may do with a test's objects.
_OPERATIONS = {
    **{name: operation for name, operation in remote.OPERATIONS.items() if name not in ("dir", "iter")},
    "getattr": _attribute,
    "fields": _public_fields,
    "construct": lambda value, *args, **kwargs: _class_of_test(value)(*args, **kwargs),
    "setattr": lambda value, name, new: setattr(value, _of_test(value, name), new),
    "delattr": lambda value, name: delattr(value, _of_test(value, name)),
    "iter": lambda value: iter(value),
    "isinstance": lambda value, of: isinstance(value, of),
    "operate_on_class": lambda value, operation, *args: _OPERATIONS[_ON_CLASSES[operation]](value, *args),
    "class_attribute": lambda value, name: getattr(value, _public(value, name)),
}
