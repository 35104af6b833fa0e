# class: 15 interpreter crashes
# expect: missing_module
# how: raw memory through ctypes
import ctypes


def f(xs):
    return ctypes.string_at(0)
