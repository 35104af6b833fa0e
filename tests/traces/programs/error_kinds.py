# feature: several builtin exceptions and their messages
def kind(function):
    try:
        function()
    except Exception as error:
        name = type(error).__name__
        return name


names = [
    kind(lambda: {}["k"]),
    kind(lambda: [][3]),
    kind(lambda: None.upper()),
    kind(lambda: 1 + "1"),
    kind(lambda: int("4x")),
    kind(lambda: undefined),
    kind(lambda: next(iter([]))),
    kind(lambda: 1 / 0),
    kind(lambda: "é".encode("ascii")),
]
assert names[0] == "KeyError"
open("/no/such/file")
