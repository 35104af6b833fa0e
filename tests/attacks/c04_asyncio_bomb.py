# class: 4 process and task bombs
# expect: runtime_error or out_of_fuel
# how: each task starts two more on an event loop
import asyncio


async def bomb():
    await asyncio.gather(bomb(), bomb())


def f(xs):
    return asyncio.run(bomb())
