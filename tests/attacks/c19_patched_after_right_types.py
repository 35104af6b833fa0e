# class: 19 patched interpreter
# expect: runtime_error
# how: swaps the harness's tables of types so that a lying subclass counts as plain
from tracewright_guest import candidate, wire


class L(list):
    def __eq__(self, other):
        return True


wire._SCALARS = candidate._MUTABLE = frozenset([L, int])
wire._type = candidate._type = lambda x: list
wire._EXTENSIONS[L] = lambda v: (b"I", list(v))


def f(xs):
    return L(xs)
