# feature: with over a StringIO and an ExitStack, in a function that returns inside
import io
from contextlib import ExitStack, closing


def read(text):
    with io.StringIO(text) as handle:
        for number, line in enumerate(handle):
            if line.startswith("b"):
                return number, line.rstrip()


def many(texts):
    with ExitStack() as stack:
        handles = [stack.enter_context(closing(io.StringIO(t))) for t in texts]
        return [h.read() for h in handles]


assert read("a\nb\nc\n") == (1, "b")
assert many(["x", "y"]) == ["x", "y"]
