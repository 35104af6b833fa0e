"""What of the library works: event loop. Each function asserts."""

import asyncio
import time


def aio():
    async def g(x):
        await asyncio.sleep(x)
        return x

    async def main():
        t = asyncio.get_running_loop().time()
        r = await asyncio.gather(*(g(x) for x in (3, 1, 2)))
        assert r == [3, 1, 2]
        assert 2.9 < asyncio.get_running_loop().time() - t < 3.2
        try:
            await asyncio.wait_for(g(10), 1)
        except asyncio.TimeoutError:
            pass
        else:
            assert 0
        q = asyncio.Queue(2)
        out = []

        async def c():
            while (x := await q.get()) is not None:
                out.append(x)

        async def p():
            for i in range(5):
                await q.put(i)
            await q.put(None)

        await asyncio.gather(c(), p())
        assert out == list(range(5))
        async with asyncio.TaskGroup() as tg:
            a = tg.create_task(g(1))
            b = tg.create_task(g(2))
        assert a.result() == 1
        assert await asyncio.to_thread(pow, 2, 5) == 32

        def blocking(x):
            time.sleep(x)
            return x

        assert await asyncio.gather(asyncio.to_thread(blocking, 1), asyncio.to_thread(blocking, 0.5), g(0.2)) == [1, 0.5, 0.2]
        async with asyncio.timeout(5):
            await g(1)
        lock = asyncio.Lock()
        async with lock:
            pass
        assert [i async for i in agen()] == [0, 1]
        return 5

    async def agen():
        for i in range(2):
            await asyncio.sleep(0)
            yield i

    assert asyncio.run(main()) == 5
    assert asyncio.run(g(1)) == 1
    loop = asyncio.new_event_loop()
    assert loop.run_until_complete(g(1)) == 1
    loop.close()


def aio_dead():
    async def main():
        await asyncio.get_running_loop().create_future()

    try:
        asyncio.run(main())
    except RuntimeError as e:
        assert "deadlock" in str(e)
    else:
        assert 0


aio()
aio_dead()
