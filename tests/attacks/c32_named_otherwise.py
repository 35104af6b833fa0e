# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: a subclass that says it is a ValueError, in case exceptions cross by name
Error = type("ValueError", (StopIteration,), {"__module__": "builtins", "__qualname__": "ValueError"})


def f(*a, **k):
    raise Error("no")
