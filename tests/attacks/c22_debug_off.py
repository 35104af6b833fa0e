# class: 22 redefined test helpers
# expect: compile_error
# how: assigns __debug__ to switch assertions off
__debug__ = False


def f(xs):
    return xs
