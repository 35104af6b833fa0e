# feature: decorators with functools.wraps, stacked
import functools


def traced(function):
    calls = []

    @functools.wraps(function)
    def wrapper(*args):
        result = function(*args)
        calls.append((args, result))
        return result

    wrapper.calls = calls
    return wrapper


def doubled(function):
    return lambda *args: 2 * function(*args)


@doubled
@traced
def add(a, b):
    return a + b


assert add(1, 2) == 6
