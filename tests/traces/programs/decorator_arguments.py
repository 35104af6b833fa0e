# feature: a decorator with arguments, over several lines, on a function and a class
def repeat(times):
    def decorate(function):
        def wrapper(value):
            for _ in range(times):
                value = function(value)
            return value
        return wrapper
    return decorate


def tag(**tags):
    def decorate(cls):
        cls.tags = tags
        return cls
    return decorate


@repeat(
    times=3,
)
def double(
    value,
):
    return value * 2


@tag(kind="x")
class Thing:
    size = 1


assert double(1) == 8
assert Thing.tags == {"kind": "x"}
