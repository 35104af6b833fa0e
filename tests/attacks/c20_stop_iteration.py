# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: raises StopIteration to end the harness's loop
def f(xs):
    raise StopIteration([1, 4, 9])
