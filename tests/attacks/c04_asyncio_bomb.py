# class: 4 process and task bombs
# expect: out_of_fuel
# how: each task starts two more on an event loop; tasks run, and are paid for
import asyncio


async def bomb():
    await asyncio.gather(bomb(), bomb())


def f(xs):
    return asyncio.run(bomb())
