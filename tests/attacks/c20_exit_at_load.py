# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: raise SystemExit at load time, code None
def f(xs):
    return xs


raise SystemExit
