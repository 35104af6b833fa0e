# feature: a __repr__ of megabytes and one with newlines
class Big:
    def __repr__(self):
        return "x" * 5_000_000


class Lines:
    def __init__(self):
        self.text = "a\nb"

    def __repr__(self):
        return "first\nsecond  # (0) n=1;\n"


big = Big()
lines = Lines()
both = [big, lines]
size = len(repr(big))
text = str(lines)
assert size == 5_000_000
raise RuntimeError(lines)
