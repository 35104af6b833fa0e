# class: 22 redefined test helpers
# expect: wrong_answer
# how: defines check, assertion and candidate itself, in its module and in builtins
import builtins


def check(candidate):
    return True


assertion = check
candidate = lambda *args: [1, 4, 9]
builtins.check = builtins.assertion = check
builtins.candidate = candidate


def f(xs):
    return xs
