# class: 11 compile-time bombs
# expect: compile_error
# how: an unknown source encoding and a form feed before it
# -*- coding: no-such-codec -*-
def f(xs:
    return xs
