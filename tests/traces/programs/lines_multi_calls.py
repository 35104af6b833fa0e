# feature: calls in the arguments of a statement over several lines, each of which changes something
def push(items, value):
    items.append(value)
    return value


def build():
    items = []
    result = {
        "a": push(items, 1),
        "b": push(
            items,
            2,
        ),
        "c": [
            push(items, n)
            for n in (3, 4)
        ],
    }
    push(items,
         push(items,
              5))
    return result, (
        items
    )


assert build()[1] == [1, 2, 3, 4, 5, 5]
