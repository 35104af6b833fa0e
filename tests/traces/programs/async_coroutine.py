# feature: coroutines driven by hand, without an event loop
class Ready:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


async def add(a, b):
    x = await Ready(a)
    y = await Ready(b)
    return x + y


def run(coroutine):
    value = None
    try:
        while True:
            value = coroutine.send(value)
    except StopIteration as stop:
        return stop.value


assert run(add(1, 2)) == 3
