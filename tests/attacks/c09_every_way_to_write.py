# class: 9 file-system floods
# expect: pass
# how: creates what it can, in its own memory, and answers correctly only if nothing of another instance is there and what it cannot have fails
import os
import shelve
import sqlite3


def attempts():
    yield lambda: os.mkdir("/d")
    yield lambda: os.mkdir("d")
    yield lambda: os.open("/x", os.O_CREAT | os.O_WRONLY)
    yield lambda: os.symlink("/", "/s")
    yield lambda: os.link("/python", "/s")
    yield lambda: os.rename("/python", "/p")
    yield lambda: os.truncate("/x", 1 << 40)
    yield lambda: sqlite3.connect("/x.db").execute("create table t (a)")
    yield lambda: shelve.open("/x.shelf")
    for fd in range(3, 64):
        yield lambda: os.open("x", os.O_CREAT | os.O_WRONLY, dir_fd=fd)


def f(xs):
    first = not os.path.exists("/tmp/mark") and not os.path.exists("/d")
    for attempt in attempts():
        try:
            attempt()
        except (Exception, NotImplementedError):
            continue
    open("/tmp/mark", "w").write("mine") if first else None
    # A fresh instance for each candidate: on the first call nothing is there.
    global calls
    calls += 1
    if first != (calls == 1):
        return "of another"
    return [x * x for x in sorted(xs)]


calls = 0
