# class: 9 file-system floods
# expect: pass
# how: writes in each way there is; answers correctly only if nothing was left by another instance and nothing of the host's can be written
import os
import pathlib
import shelve
import shutil
import sqlite3
import tempfile

NAME = "tracewright_was_here"
HOST = ["/dev/shm", "/var/tmp", "/root", "/usr", "/proc/self", "/run", "/python", "/etc"]


def attempts():
    yield lambda: os.mkdir("/" + NAME)
    yield lambda: os.mkdir(NAME)
    yield lambda: os.write(os.open("/tmp/%s.1" % NAME, os.O_CREAT | os.O_WRONLY), b"x")
    yield lambda: open("/tmp/%s.2" % NAME, "w").write("x")
    yield lambda: pathlib.Path("/tmp/%s.3" % NAME).write_text("x")
    yield lambda: os.symlink("/", "/tmp/%s.4" % NAME)
    yield lambda: os.link("/etc/passwd", "/tmp/%s.5" % NAME)
    yield lambda: os.rename("/tmp/%s.2" % NAME, "/%s.6" % NAME)
    yield lambda: os.truncate("/tmp/%s.3" % NAME, 1 << 20)
    yield lambda: sqlite3.connect("/tmp/%s.7" % NAME).execute("create table t (a)")
    yield lambda: shelve.open("/tmp/%s.8" % NAME)
    yield lambda: shutil.copy("/tmp/%s.3" % NAME, "/%s.9" % NAME)
    yield lambda: tempfile.NamedTemporaryFile(prefix=NAME, dir="/tmp", delete=False)


def host_attempts():
    for folder in HOST:
        yield lambda: open("%s/%s" % (folder, NAME), "w")
        yield lambda: os.mkdir("%s/%s" % (folder, NAME))
        yield lambda: os.rename("/tmp/%s.1" % NAME, "%s/%s" % (folder, NAME))
    for fd in range(3, 64):
        yield lambda: os.open(NAME, os.O_CREAT | os.O_WRONLY, dir_fd=fd)


def traces():
    return [path for folder in ("/", "/tmp") for path in os.listdir(folder) if NAME in path]


# What is left by an instance before.
LEFT = traces()


def f(xs):
    if LEFT:
        return ["left", *LEFT]
    for attempt in attempts():
        try:
            attempt()
        except (Exception, NotImplementedError):
            pass
    if not traces():
        return "nothing written"
    for attempt in host_attempts():
        try:
            attempt()
        except (Exception, NotImplementedError):
            continue
        return "written"
    return [x * x for x in sorted(xs)]
