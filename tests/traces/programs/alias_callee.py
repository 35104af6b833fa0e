# feature: a callee changes its caller's list; the caller's view of it
def push(stack, value):
    stack.append(value)
    return stack


def fresh(stack, value):
    stack = stack + [value]
    return stack


mine = [1]
same = push(mine, 2)
other = fresh(mine, 3)
same.append(4)
nested = {"inner": mine}
push(nested["inner"], 5)
assert mine == [1, 2, 4, 5]
assert other == [1, 2, 3]
