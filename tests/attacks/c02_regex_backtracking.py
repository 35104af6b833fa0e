# class: 2 C loops
# expect: out_of_fuel
# how: catastrophic backtracking inside the C regular expression engine
import re


def f(xs):
    return [len(xs) if re.match(r"(a+)+$", "a" * 64 + "b") else 0]
