"""What of the library works: threads. Each function asserts."""

import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait


def basic():
    out = []
    t = threading.Thread(target=out.append, args=(3,))
    t.start()
    t.join()
    assert out == [3] and not t.is_alive()


def pool():
    with ThreadPoolExecutor(2) as ex:
        assert list(ex.map(lambda x: x * 2, [1, 2, 3])) == [2, 4, 6]


def pool_sleep():
    def w(x):
        time.sleep(x)
        return x

    t = time.time()
    with ThreadPoolExecutor(4) as ex:
        fs = [ex.submit(w, x) for x in (3, 1, 2)]
        assert [f.result() for f in as_completed(fs)] == [1, 2, 3]
    assert 2.9 < time.time() - t < 3.2, time.time() - t


def sleepsort():
    out = []

    def w(x):
        time.sleep(x)
        out.append(x)

    ts = [threading.Thread(target=w, args=(x,)) for x in (3, 1, 2)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    assert out == [1, 2, 3], out


def prodcons():
    q = queue.Queue()
    out = []

    def c():
        while True:
            x = q.get()
            if x is None:
                break
            out.append(x)

    def p():
        for i in range(5):
            q.put(i)
        q.put(None)

    a = threading.Thread(target=c)
    b = threading.Thread(target=p)
    a.start()
    b.start()
    a.join()
    b.join()
    assert out == list(range(5))


def workers():
    q = queue.Queue()
    out = []

    def c():
        while True:
            x = q.get()
            out.append(x * x)
            q.task_done()

    for _ in range(3):
        threading.Thread(target=c, daemon=True).start()
    for i in range(6):
        q.put(i)
    q.join()
    assert sorted(out) == [0, 1, 4, 9, 16, 25]


def event():
    e = threading.Event()
    out = []

    def w():
        e.wait()
        out.append(1)

    t = threading.Thread(target=w)
    t.start()
    out.append(0)
    e.set()
    t.join()
    assert out == [0, 1]


def barrier():
    b = threading.Barrier(3)
    out = []

    def w(i):
        b.wait()
        out.append(i)

    ts = [threading.Thread(target=w, args=(i,)) for i in range(3)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    assert sorted(out) == [0, 1, 2]


def cond():
    c = threading.Condition()
    items = []
    out = []

    def cons():
        with c:
            while not items:
                c.wait()
            out.append(items.pop())

    def prod():
        with c:
            items.append(7)
            c.notify()

    a = threading.Thread(target=cons)
    b = threading.Thread(target=prod)
    a.start()
    b.start()
    a.join()
    b.join()
    assert out == [7]


def counter():
    lock = threading.Lock()
    n = 0

    def w():
        nonlocal n
        for _ in range(100):
            with lock:
                n += 1

    ts = [threading.Thread(target=w) for _ in range(5)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    assert n == 500


def timer():
    out = []
    t = threading.Timer(0.5, out.append, (1,))
    t.start()
    time.sleep(0.1)
    assert out == []
    time.sleep(1)
    assert out == [1]
    t = threading.Timer(5, out.append, (2,))
    t.start()
    t.cancel()
    time.sleep(10)
    assert out == [1]
    t = threading.Timer(1, out.append, (3,))
    t.start()
    t.join()
    assert out == [1, 3]


def exc():
    def w():
        raise ValueError("x")

    old = threading.excepthook
    got = []
    threading.excepthook = lambda a: got.append(a.exc_type)
    t = threading.Thread(target=w)
    t.start()
    t.join()
    threading.excepthook = old
    assert got == [ValueError]


def local():
    l = threading.local()
    l.x = 1
    out = []

    def w():
        out.append(hasattr(l, "x"))
        l.x = 2

    t = threading.Thread(target=w)
    t.start()
    t.join()
    assert out == [False] and l.x == 1


def subclass():
    class W(threading.Thread):
        def __init__(s, n):
            super().__init__(name="w%d" % n)
            s.n = n
            s.r = None

        def run(s):
            s.r = s.n * 2
            s.who = threading.current_thread().name

    ws = [W(i) for i in range(3)]
    [w.start() for w in ws]
    [w.join() for w in ws]
    assert [(w.r, w.who) for w in ws] == [(0, "w0"), (2, "w1"), (4, "w2")]


def stack():
    import sys

    threading.stack_size(2**26)
    out = []
    t = threading.Thread(target=lambda: out.append(1))
    t.start()
    t.join()
    assert out == [1]
    assert threading.active_count() == 1 and threading.main_thread() is threading.current_thread()


def pool_exc():
    with ThreadPoolExecutor() as ex:
        f = ex.submit(lambda: 1 / 0)
        try:
            f.result()
        except ZeroDivisionError:
            pass
        else:
            assert 0
        assert ex.submit(pow, 2, 3).result() == 8
        d, nd = wait([ex.submit(pow, 2, i) for i in range(3)])
        assert len(d) == 3 and not nd


def deadlock():
    l = threading.Lock()
    l.acquire()
    try:
        l.acquire()
    except RuntimeError as e:
        assert "deadlock" in str(e), e
    else:
        assert 0


deadlock()
basic()
pool()
pool_sleep()
sleepsort()
prodcons()
workers()
event()
barrier()
cond()
counter()
timer()
exc()
local()
subclass()
stack()
pool_exc()
