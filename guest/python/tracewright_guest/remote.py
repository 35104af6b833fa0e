"""Conversations between a tester and a candidate, each in an instance of its own: calls, and what crosses in them besides data.

Both ends are a `Side`, and both do the same. A call sends its arguments and waits; until its answer comes it serves the calls that
the other side makes meanwhile (a callback, the next item of an iterator). Messages are tuples in the wire format:

- `("call", target, args, kwargs, changes)`: `target` is a name of the candidate's program, or an operation as a tuple of one;
- `("return", value, changes)` and `("raise", error, args, attributes, own, changes)`, answers; `error` as in `errors.describe`, `own` the number of
  an exception that came from the receiver;
- `("opaque", type)` and `("gone", error)`: there is no answer that the tester may use, or no candidate any more.

What crosses besides data, as tokens of the wire format:

- `XR`: a mutable container that came in the arguments of a call not yet answered, by its position among those. Both sides hold it,
  so it comes back as itself, and every message brings the changes made to such containers since the last, at any depth, as
  `(position, content)`. Where tests see what a program keeps between calls, containers are held for good, those of answers too
  (`Side.keep`); and so are they once an iterator gave some, for it may give the same once more, changed. Containers that a candidate gets
  from a test's object count as the arguments of its call do, until that ends;
- `XH`: something of the sender's that stays where it is: `(number, type name, kind)`. The receiver gets a proxy whose operations
  are calls. Kinds: `o` an object, `c` a callable, which is only called, `t` a class, `i` an iterator, `g` a generator, `x` an object that is an iterator too, `a` a
  coroutine, which runs where it is, to its end, when it is awaited;
- `XB`: something of the receiver's, which comes home as itself;
- `XS`: an object of a subclass of a plain type: its `XH` with the value that the base class holds;
- `XL` and `XG`, from testers only: a function that depends on nothing but its arguments, by its code, and what the library has, by
  name. Callbacks are dear, and neither of these can tell where it runs;
- `XY`, from the host only: a namedtuple whose fields are not had by their names;
- `XQ`, from the host only: where the reference gave data and this candidate an object, which the test may ignore but not use.

Iterators are handed over lazily, whatever they are. After a while several items are fetched at a time, so that long ones cost little.
"""

import array
import builtins
import collections
import copy
import dataclasses
import math
import operator
import sys
import types

from . import errors, wire

_type = type
_id = id
_len = len
_all = all
_map = map
_is = operator.is_
_BaseException = BaseException
_getrefcount = sys.getrefcount
_GENERATOR = types.GeneratorType
_COROUTINE = types.CoroutineType
_mro_of = _type.__dict__["__mro__"].__get__
_name_of = _type.__dict__["__name__"].__get__
_attributes_of = _BaseException.__dict__["__dict__"].__get__
_namespace_of = _type.__dict__["__dict__"].__get__

_SEQUENCES = (list, collections.deque)
_MAPPINGS = (collections.OrderedDict, collections.defaultdict, collections.Counter, dict)
_MUTABLE = (*_SEQUENCES, *_MAPPINGS, set, bytearray, array.array)
EXACT = frozenset(_MUTABLE)

#: Items of an iterator that are fetched one at a time, and at most together after that.
ONE_BY_ONE = 64
TOGETHER = 1024
#: Items of an iterator of a class of one's own that are handed out one at a time, if its `__iter__` does more than to return it: what was
#: fetched ahead would be lost where a new loop starts it again.
BEFORE_RESTARTS = 4096
#: Most containers that are held for good.
KEPT = 3_000
#: Most containers of a test's objects that are held in a call: each is looked at for every message.
PARTS = 128

#: Operations that get a part of an object.
_PARTS_OF_OBJECTS = (("getattr",), ("getitem",), ("class_attribute",))

#: Operations that give items, as `(items, end)`.
_ADVANCING = (("next",), ("send",), ("throw",))


class Gone(BaseException):
    """The candidate's instance ended (a limit, a trap, an exit) or gave what a test may not use: no test may go on after this."""


def nature_of(t):
    """The mutable type whose methods read a container of type `t`, `tuple` for what has items and does not change, or None."""
    if t in EXACT or t is tuple:
        return t
    if t in wire.LEAVES:
        return None
    for base in _mro_of(t):
        if base in EXACT or base is tuple:
            return base
    return None


def _may_change(value):
    """Whether a value is a mutable container, or a tuple that holds one."""
    nature = nature_of(_type(value))
    return nature is not None if nature is not tuple else any(_map(_may_change, tuple.__iter__(value)))


def _snapshot(container, nature):
    """A shallow copy by the base class's methods: written as its content, where the container itself is written as its position."""
    if nature is collections.deque:
        return collections.deque(collections.deque.__iter__(container), wire.longest_deque(container))
    if nature is array.array:
        return array.array.__getitem__(container, slice(None))
    if nature is collections.defaultdict:
        return collections.defaultdict(wire.default_factory(container), dict.items(container))
    if nature is collections.OrderedDict:
        # Its `copy` would make another of the class, which may want arguments.
        return collections.OrderedDict(collections.OrderedDict.items(container))
    if nature is collections.Counter:
        return collections.Counter(dict(dict.items(container)))
    if nature is set:
        return {*set.__iter__(container)}
    return nature.copy(container)


def _same(a, b, nature):
    """Whether two snapshots hold the same objects, in the same order."""
    if nature is set or nature is bytearray or nature is array.array:
        return a == b
    if _len(a) != _len(b) or not _all(_map(_is, a, b)):
        return False
    return nature in _SEQUENCES or _all(_map(_is, dict.values(a), dict.values(b)))


def copy_back(mine, nature, content):
    """Gives a container of ours the content that the other side's copy of it has."""
    if not isinstance(content, nature):
        raise TypeError("the content of another container")
    if nature is list or nature is bytearray or nature is array.array:
        nature.__setitem__(mine, slice(None), content)
    elif nature is set:
        set.clear(mine)
        set.update(mine, content)
    elif nature is collections.deque:
        collections.deque.clear(mine)
        collections.deque.extend(mine, content)
    else:
        dict.clear(mine) if nature is not collections.OrderedDict else collections.OrderedDict.clear(mine)
        for key, value in dict.items(content):
            nature.__setitem__(mine, key, value)


def _plain(value):
    """A value, if it is plain data; else None."""
    try:
        wire.encode(value)
    except _BaseException:
        return None
    return value


class Side:
    """One end of a conversation. `exchange(message)` sends and waits for the next message; `operations` are what the other side may ask
    for by a tuple, `functions` by name."""

    #: Whether it is the tester's end.
    is_testers = False

    def __init__(self, exchange, functions, operations):
        self._exchange = exchange
        self._functions = functions
        self._operations = operations
        # Ours: handed out by number, for good, so that an id stays its own.
        self._objects = []
        self._numbers = {}
        # Theirs: proxies by number and kind, and numbers by a proxy's id.
        self._proxies = {}
        self._theirs = {}
        self._awaited = {}
        # What both hold while calls are under way.
        self._shared = []
        self._natures = []
        self._before = []
        self._counts = []
        self._positions = {}
        self._keeps = False
        #: Containers of the test's objects that were held in the outermost call under way.
        self._parts = 0
        wire.rebuild_with(b"R", lambda position: self._shared[position])
        wire.rebuild_with(b"B", lambda number: self._objects[number])
        wire.rebuild_with(b"H", self._proxy)

    # Calls.

    def ask(self, target, args, kwargs):
        """Calls `target` on the other side and returns its value; raises what it raised."""
        depth = _len(self._shared)
        # A tuple of its own: what is shared with something inside would be written as that.
        message = wire.encode(("call", target, (*args,), {**kwargs}, self._changes()), self)
        self._share((*args, *kwargs.values()))
        try:
            while True:
                reply = self.received(self._exchange(message))
                kind = reply[0]
                if kind == "call":
                    message = self.serve(reply)
                elif kind == "return":
                    self._apply(reply[2])
                    self._hold(target, reply[1])
                    break
                elif kind == "raise":
                    self._apply(reply[5])
                    raise self.exception(*reply[1:5])
                else:
                    raise Gone(reply[1])
        finally:
            self._unshare(depth)
        if not self.is_testers:
            self._hold_parts(target, reply[1])
        return reply[1]

    def keep(self):
        """Holds containers for good from now on, as the other side does."""
        self._keeps = True

    def received(self, data):
        """A message, decoded."""
        return wire.decode(data)

    def serve(self, call):
        """Answers a call of the other side: returns the encoded answer."""
        _, target, args, kwargs, changes = call
        depth = _len(self._shared)
        try:
            self._apply(changes)
            self._share((*args, *kwargs.values()))
            try:
                value = self.run(self._function(target, args), args, kwargs)
                answer = self.answer(value)
            except _BaseException as error:
                return self._raised(error)
            self._hold(target, value)
        finally:
            self._unshare(depth)
        if self.is_testers:
            self._hold_parts(target, value)
        return answer

    def answer(self, value):
        """The encoded answer that returns `value`."""
        return wire.encode(("return", value, self._changes()), self)

    def _hold(self, target, value):
        """Holds the containers of an answer, where they are held for good."""
        if target in _ADVANCING and _type(value) is tuple and _all(_type(part) is tuple or part is None for part in value):
            self._keeps = self._keeps or any(_may_change(item) for part in value for item in part or ())
        if self._keeps:
            self._share((value,))

    def _hold_parts(self, target, value):
        """Holds the containers of a part of a test's object that a candidate got, until the call ends in which it did."""
        if target in _PARTS_OF_OBJECTS and not self._keeps and self._parts < PARTS:
            before = _len(self._shared)
            self._share((value,))
            self._parts += _len(self._shared) - before

    def run(self, function, args, kwargs):
        """The value of a call that the other side asked for."""
        return function(*args, **kwargs)

    def _function(self, target, args):
        return self._operations[target[0]] if _type(target) is tuple else self._functions[target]

    def _raised(self, error):
        own = self.number_of(error)
        described = errors.describe(error, "call", errors.CANDIDATE)
        changes = self._changes()
        args = _plain((*_BaseException.args.__get__(error),))
        held = _attributes_of(error).items()
        attributes = {name: value for name, value in held if name != "tracewright_number" and _plain(value) is not None}
        try:
            return wire.encode(("raise", described, args, attributes or None, own, changes), self)
        except _BaseException:
            return wire.encode(("raise", described, None, None, own, None))

    def number_of(self, error):
        """The tester's number of an exception, or None."""
        raise NotImplementedError

    def exception(self, described, args, attributes, own):
        """The exception that the other side raised, made again."""
        raise NotImplementedError

    # Containers that both sides hold.

    def may_hold_shared(self):
        """Whether a value of ours could hold one of the containers: where none of them is referred to from anywhere new, it cannot."""
        if not self._shared:
            return False
        # What is held for good may have been referred to from anywhere since.
        return self._changed or self._keeps or self._parts or self._references(0) != self._counts

    def _references(self, start):
        return [_getrefcount(self._shared[position]) for position in range(start, _len(self._shared))]

    def _share(self, values):
        """Takes note of the mutable containers in `values`, depth first: in the same order on both sides, since the data is the same."""
        stack = [iter(values)]
        value = None
        while stack:
            for value in stack[-1]:
                value = self.content_of(value)
                nature = nature_of(_type(value))
                # What stands here for a tuple of the other side's holds what that holds.
                if nature is None or nature is not tuple and _id(value) in self._theirs:
                    continue
                if nature is not tuple:
                    if _id(value) in self._positions or _len(self._shared) >= KEPT and self._keeps:
                        continue
                    self._positions[_id(value)] = _len(self._shared)
                    self._shared.append(value)
                    self._natures.append(nature)
                    self._before.append(_snapshot(value, nature))
                if nature is tuple:
                    items = tuple.__iter__(value)
                elif nature in _MAPPINGS:
                    items = iter(list(dict.values(value)))
                elif nature in _SEQUENCES:
                    items = iter(list(nature.__iter__(value)))
                else:
                    continue
                stack.append(items)
                break
            else:
                stack.pop()
        # Nothing of this function's may be counted.
        del value, values, stack
        self._changed = False
        # Of those of calls further out, what was before their program ran stays: it may hold more by now.
        self._counts += self._references(_len(self._counts))

    def content_of(self, value):
        """The container that stands for `value` among those that both sides hold: itself, or what a proxy of a container holds."""
        return value

    def _unshare(self, depth):
        if self._keeps:
            return
        while _len(self._shared) > depth:
            del self._positions[_id(self._shared.pop())]
            self._natures.pop()
            self._before.pop()
        if depth == 0:
            self._parts = 0
        del self._counts[_len(self._shared) :]
        self._changed = True

    _changed = True

    def _changes(self):
        """What changed in them since the last message, as `(position, content)`."""
        if not self._shared:
            return None
        changed = []
        for position, container in enumerate(self._shared):
            nature = self._natures[position]
            now = _snapshot(container, nature)
            if not _same(now, self._before[position], nature):
                self._before[position] = now
                changed.append((position, now))
        if not changed:
            return None
        self._changed = True
        return tuple(changed)

    def _apply(self, changes):
        for position, content in changes or ():
            container, nature = self._shared[position], self._natures[position]
            copy_back(container, nature, content)
            self._before[position] = _snapshot(container, nature)
            self._changed = True

    # What stays where it is.

    def token(self, value, t):
        """How an object crosses that is more than its content: see `wire.encode`."""
        position = self._positions.get(_id(value))
        if position is not None:
            return b"R", position
        number = self._theirs.get(_id(value))
        if number is not None:
            return b"B", number
        return None

    def factory(self, value):
        """A token for what makes the missing values of a `defaultdict`."""
        raise NotImplementedError

    def irregular(self, value, t):
        """A token for what is no data, or None where its base class's value should cross."""
        raise NotImplementedError

    def handle(self, value, t, kind):
        """`(number, type name, kind)` of something of ours."""
        number = self._numbers.get(_id(value))
        if number is None:
            number = self._numbers[_id(value)] = _len(self._objects)
            self._objects.append(value)
        return number, _name_of(t), kind

    def _proxy(self, handle):
        number, name, kind = handle
        # By kind, too: what may only be called or advanced here may be an object elsewhere.
        proxy = self._proxies.get((number, kind))
        if proxy is None:
            proxy = self.proxy(number, name, kind)
            self._proxies[number, kind] = proxy
            self._theirs[_id(proxy)] = number
        return proxy

    def proxy(self, number, name, kind):
        """What stands here for the other side's object."""
        if kind == "i":
            return RemoteIterator(self, name not in _LIBRARY_ITERATORS)
        if kind == "c":

            def function(*args, **kwargs):
                return self.ask(("call",), (function, *args), kwargs)

            function.__name__ = function.__qualname__ = name
            return function
        if kind == "g":
            source = Items(self, False)
            generator = _generate(source)
            source.owner = generator
            return generator
        if kind == "a":
            coroutine = _await(self, number)
            self._awaited[number] = coroutine
            return coroutine
        raise NotImplementedError


def iterator_kind(value, t):
    """The kind of token for an iterator or a coroutine, or None for what is neither."""
    if t is _GENERATOR:
        return "g"
    if t is _COROUTINE:
        return "a"
    if any("__next__" in _namespace_of(base) for base in _mro_of(t)):
        return "i"
    return None


async def _await(side, number):
    """A coroutine of the other side's, as one of ours."""
    return side.ask(("await",), (side._awaited[number],), {})


#: Names of the interpreter's and the library's own iterators.
_LIBRARY_ITERATORS = frozenset(_name_of(t) for t in object.__subclasses__() if "__next__" in _namespace_of(t))


class Advance:
    """The answering half of lazy iterators: hands out items, several at a time if asked. An exception that comes after the first of
    them waits until it is its turn."""

    def __init__(self):
        self._late = {}
        # By the iterator's id: it stays, as all that was handed out.
        self._alone = {}

    def __call__(self, iterator, most):
        if most > 1 and not _starts_as_itself(_type(iterator)):
            alone = self._alone[_id(iterator)] = self._alone.get(_id(iterator), ONE_BY_ONE) + 1
            if alone <= BEFORE_RESTARTS:
                most = 1
        late = self._late.pop(_id(iterator), None)
        if late is not None:
            raise late
        items = []
        while _len(items) < most:
            try:
                items.append(next(iterator))
            except StopIteration as end:
                return (*items,), (end.value,)
            except _BaseException as error:
                if not items:
                    raise
                self._late[_id(iterator)] = error
                break
        return (*items,), None


def _itself(self):
    return self


def _starts_as_itself(t):
    """Whether iterators of type `t` are the same whether or not a new loop began: `__iter__` returns them, and does nothing else."""
    found = next((_namespace_of(base)["__iter__"] for base in _mro_of(t) if "__iter__" in _namespace_of(base)), None)
    return _type(found) is not types.FunctionType or found.__code__.co_code == _itself.__code__.co_code


class Items:
    """The asking half: the items of a remote iterator, fetched ahead once there were many. One of the program's own classes is asked after its
    end too, and, where it was asked for something else, for each item by itself: its methods may look at it, or change it."""

    def __init__(self, side, own):
        self.side = side
        self.own = own
        self.alone = False
        self.owner = None
        self.items = collections.deque()
        self.end = None
        self.taken = 0

    def next(self):
        if not self.items:
            if self.end is None:
                most = 1 if self.taken < ONE_BY_ONE or self.alone else min(self.taken // 2, TOGETHER)
                items, self.end = self.side.ask(("next",), (self.owner, most), {})
                if _len(items) > most:
                    # What each of them may be was agreed for as many as were asked for.
                    raise ValueError("more items than were asked for")
                self.items.extend(items)
                self.taken += _len(items)
            if not self.items:
                end = self.end
                if self.own:
                    self.end = None
                raise StopIteration(*end)
        return self.items.popleft()

    def interrupt(self, operation):
        """Takes note of another operation. A new loop is none: see `BEFORE_RESTARTS`."""
        self.alone = self.alone or operation != "iter"

    def resume(self, operation, args):
        """`send` or `throw` of a generator."""
        items, self.end = self.side.ask((operation,), (self.owner, *args), {})
        if not items:
            raise StopIteration(*self.end)
        return items[0]


class RemoteIterator:
    """An iterator of the other side's, asked for an item when one is wanted."""

    def __init__(self, side, own):
        self._items = Items(side, own)
        self._items.owner = self

    def __iter__(self):
        if not self._items.own:
            return self
        found = self._items.side.ask(("iter",), (self,), {})
        return found if hasattr(_type(found), "__next__") else iter(found)

    def __next__(self):
        return self._items.next()

    def __repr__(self):
        return "<iterator>"

    def __copy__(self):
        return self._copied("copy")

    def __deepcopy__(self, memo):
        return self._copied("deepcopy")

    def _copied(self, operation):
        made = self._items.side.ask((operation,), (self,), {})
        if _type(made) is RemoteIterator:
            # What was fetched ahead is still to come in both.
            made._items.items.extend(self._items.items)
            made._items.end = self._items.end
        return made

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle %r object" % _type(self).__name__)


def _generate(source):
    """A generator of the other side's, as one of ours."""
    operation, args = "next", ()
    while True:
        try:
            item = source.next() if operation == "next" else source.resume(operation, args)
        except StopIteration as end:
            return end.value
        try:
            sent = yield item
        except GeneratorExit:
            raise
        except Exception as error:
            operation, args = "throw", (error,)
        else:
            operation, args = ("next", ()) if sent is None else ("send", (sent,))


def _resumed(method, value):
    try:
        return (method(value),), None
    except StopIteration as end:
        return (), (end.value,)


def _run_coroutine(coroutine):
    """The value of a coroutine, in an event loop of its own."""
    import asyncio

    return asyncio.run(coroutine)


def _call(function, /, *args, **kwargs):
    return function(*args, **kwargs)


def fields_of(value):
    """The names of the fields of a data class's instance, or None."""
    return (*(field.name for field in dataclasses.fields(value)),) if dataclasses.is_dataclass(value) else None


#: Operations on an object, by what carries them out.
OPERATIONS = {
    "call": _call,
    "await": _run_coroutine,
    "construct": lambda value, *args, **kwargs: _type(value)(*args, **kwargs),
    "content": lambda value: _snapshot(value, nature_of(_type(value))),
    "copy": lambda value: copy.copy(value),
    "deepcopy": lambda value: copy.deepcopy(value),
    "enter": lambda manager: _type(manager).__enter__(manager),
    "fields": fields_of,
    "exit": lambda manager: _type(manager).__exit__(manager, None, None, None),
    "send": lambda generator, value: _resumed(generator.send, value),
    "throw": lambda generator, error: _resumed(generator.throw, error),
    **{name: getattr(builtins, name) for name in (
        "abs bool bytes complex delattr dir divmod float format getattr hash int iter len repr reversed round setattr str"
    ).split()},
    **{name: getattr(math, name) for name in ("trunc", "floor", "ceil")},
    **{name: getattr(operator, name) for name in (
        "add and_ contains delitem eq floordiv ge getitem gt iadd imul index invert isub le lshift lt matmul mod mul ne neg or_ "
        "pos pow rshift setitem sub truediv xor"
    ).split()},
}  # fmt: skip
