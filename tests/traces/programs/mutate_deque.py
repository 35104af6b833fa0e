# feature: in-place mutation of a deque, a Counter, a defaultdict and an OrderedDict
from collections import Counter, OrderedDict, defaultdict, deque


def turn(values):
    queue = deque(values, maxlen=3)
    queue.append(9)
    queue.appendleft(0)
    queue.rotate(1)
    queue.popleft()
    counts = Counter("abca")
    counts.update("b")
    groups = defaultdict(list)
    groups["x"].append(1)
    groups["y"]
    order = OrderedDict(a=1, b=2)
    order.move_to_end("a")
    return list(queue), counts["b"], dict(groups), list(order)


assert turn([1, 2, 3]) == ([0, 2], 2, {"x": [1], "y": []}, ["b", "a"])
