# feature: async for, async with, async comprehension and an async generator, without an event loop
class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        return False


async def numbers(limit):
    for n in range(limit):
        yield n


async def work(count):
    total = 0
    async with Lock() as lock:
        async for n in numbers(count):
            total += n
    doubled = [n * 2 async for n in numbers(2)]
    return total, doubled


try:
    work(3).send(None)
except StopIteration as stop:
    result = stop.value
assert result == (3, [0, 2])
