# feature: with, nested and with several managers, on one line and parenthesised
class Resource:
    def __init__(self, name):
        self.name = name
        self.open = False

    def __enter__(self):
        self.open = True
        return self

    def __exit__(self, kind, error, traceback):
        self.open = False
        return False


def work():
    out = []
    with Resource("a") as a, Resource("b") as b:
        out.append(a.open and b.open)
        with (
            Resource("c") as c,
            Resource("d"),
        ):
            out.append(c.name)
    return out, a.open


with Resource("e") as e: value = e.name
assert work() == ([True, "c"], False)
