# feature: a chain of method calls over several lines, and a failing statement over several lines
class Query:
    def __init__(self):
        self.parts = []

    def where(self, part):
        self.parts.append(part)
        return self


query = Query()
out = (
    query
    .where("a")
    .where("b")
    .parts
)
assert (
    len(out)
    == 2
), "never"
total = sum([
    1,
    2,
    int(
        "x"
    ),
])
