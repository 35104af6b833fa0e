# class: 4 process and task bombs
# expect: runtime_error
# how: each task starts two more on an event loop
import asyncio


async def bomb():
    await asyncio.gather(bomb(), bomb())


def f(xs):
    return asyncio.run(bomb())
