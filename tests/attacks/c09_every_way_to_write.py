# class: 9 file-system floods
# expect: pass
# how: tries each way to create something; answers correctly only if none works
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
    for attempt in attempts():
        try:
            attempt()
        except (Exception, NotImplementedError):
            continue
        return "written"
    return [x * x for x in sorted(xs)]
