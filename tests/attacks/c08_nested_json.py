# class: 8 recursion
# expect: runtime_error
# how: the JSON scanner on nested brackets
import json


def f(xs):
    return json.loads("[" * 100_000 + "]" * 100_000)
