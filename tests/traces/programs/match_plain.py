# feature: match statements with literals, captures, guards, classes, mappings, or-patterns
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def describe(value):
    match value:
        case 0 | 1:
            return "bit"
        case int(n) if n < 0:
            kind = "negative"
        case [first, *rest]:
            kind = f"list of {first} and {len(rest)}"
        case {"op": op, **extra}:
            kind = op
        case Point(x=0, y=why) | Point(why, 0):
            kind = f"axis {why}"
        case str() as text: kind = text.upper()
        case _:
            kind = None
    return kind


values = [1, -5, [1, 2, 3], {"op": "add", "n": 2}, Point(0, 4), "abc", 2.5]
results = [describe(value) for value in values]
assert results[2] == "list of 1 and 2"
match = case = _type = 3
match[0] if False else match
