# feature: positional-only, keyword-only, *args and **kwargs
def mix(a, /, b, *args, c=3, **kwargs):
    args = args + (c,)
    kwargs["new"] = a
    return a, b, args, kwargs


def only(*, key, other=None):
    return key, other


def outer(*args, **kwargs):
    return mix(*args, **kwargs)


assert mix(1, 2) == (1, 2, (3,), {"new": 1})
assert outer(1, 2, 4, 5, c=6, d=7, a=8) == (1, 2, (4, 5, 6), {"a": 8, "d": 7, "new": 1})
assert only(key=1) == (1, None)
only(1)
