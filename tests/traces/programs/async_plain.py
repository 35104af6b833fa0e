# feature: async def, await, gather, async for and async with
import asyncio


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        return False


async def numbers(limit):
    for n in range(limit):
        yield n
        await asyncio.sleep(0)


async def work(name, count):
    total = 0
    async with Lock() as lock:
        async for n in numbers(count):
            total += n
    doubled = [n * 2 async for n in numbers(2)]
    return name, total, doubled


async def main():
    results = await asyncio.gather(work("a", 2), work("b", 3))
    return results


assert asyncio.run(main()) == [("a", 1, [0, 2]), ("b", 3, [0, 2])]
