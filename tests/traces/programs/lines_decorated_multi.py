# feature: decorators, defaults and annotations that call functions of the program
calls = []


def note(value):
    calls.append(value)
    return value


def mark(label):
    calls.append(label)
    return lambda function: function


@mark("outer")
@mark(
    "inner"
)
def work(
    a: note(int) = note(1),
    b=note(2),
) -> note(str):
    return a + b


class Late:
    x: note(3) = note(4)


assert work() == 3
