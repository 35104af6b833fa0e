# class: 11 compile-time bombs
# expect: out_of_memory or out_of_fuel
# how: compiles a source of many megabytes
def f(xs):
    return eval(compile("[" + "1.5," * 30_000_000 + "]", "x", "eval"))
