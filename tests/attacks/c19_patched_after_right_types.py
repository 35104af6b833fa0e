# class: 19 patched interpreter
# expect: runtime_error or wrong_answer
# how: swaps the harness's tables of types so that a lying subclass counts as plain; what it makes of that may be no value any more
from tracewright_guest import candidate, remote, wire


class L(list):
    def __eq__(self, other):
        return True


wire._SCALARS = wire.LEAVES = remote._EXACT = frozenset([L, int])
wire._type = candidate._type = remote._type = lambda x: list
wire._EXTENSIONS[L] = lambda v: (b"I", list(v))
wire._BASE_VALUES[list] = lambda v: True


def f(xs):
    return L(xs)
