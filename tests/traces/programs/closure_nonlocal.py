# feature: closures and nonlocal
def counter(start):
    count = start
    history = []

    def step(by=1):
        nonlocal count
        count += by
        history.append(count)
        return count

    def reset():
        nonlocal count
        count = 0

    first = step()
    step(5)
    reset()
    return step, history


step, history = counter(10)
assert step(2) == 2
assert history == [11, 16, 2]
