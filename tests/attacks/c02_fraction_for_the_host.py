# class: 2 C loops
# expect: wrong_answer or out_of_fuel
# how: an unreduced fraction of two huge integers: reducing it must not cost the host time that is not counted
import random
from fractions import Fraction


def f(xs):
    r = random.Random(1)
    q = Fraction(1, 2)
    q._numerator, q._denominator = (int.from_bytes(r.randbytes(2_000_000), "little") | 1 for _ in range(2))
    return [q] * len(xs) if xs else [q]
