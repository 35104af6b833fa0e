# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: raises what a test harness might raise for itself, verdict in the message
def f(xs):
    raise AssertionError("pass")
