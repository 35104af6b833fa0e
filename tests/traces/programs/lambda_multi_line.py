# feature: lambdas over several lines and lambdas with defaults that change things
log = []
act = lambda value, extra=[]: (
    log.append(value),
    extra.append(value),
    len(extra),
)[-1]
first = act(1)
second = act(2)
table = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: (
        a - b
    ),
}
values = [table[name](5, 3) for name in table]
assert (first, second, values, log) == (1, 2, [8, 2], [1, 2])
