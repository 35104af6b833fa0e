# feature: a context manager that suppresses an exception, a generator as one
from contextlib import contextmanager, suppress


class Ignore:
    def __enter__(self):
        return None

    def __exit__(self, kind, error, traceback):
        return kind is KeyError


@contextmanager
def logged(log):
    log.append("in")
    try:
        yield log
    except ValueError as error:
        log.append(str(error))
    finally:
        log.append("out")


with Ignore():
    {}["missing"]
    print("not reached")
with suppress(ZeroDivisionError):
    1 / 0
with logged([]) as log:
    raise ValueError("bad")
assert log == ["in", "bad", "out"]
with Ignore():
    int("x")
