# class: 12 files
# expect: pass
# how: tries each way to a file or directory of the host; answers correctly only if it finds its own empty tree
import glob
import os
import pathlib

ROOTS = ["/", "/.", "//", "/..", "/../..", "..", "../..", "/tmp/../.."]
EMPTY = ["/tmp", ".", "./", "/home"]
NOWHERE = ["", "/etc", "/etc/", "/proc/self/environ", "/proc/self/fd", "/proc", "/sys", "/dev/sda", "/python", "/python/", "/0", "/0/app.py",
           "/root", "/usr", "~", "\\", "C:\\", "/etc/passwd", "/etc/passwd\0", "///etc//passwd/", "/tmp/../etc/passwd", "file:///etc/passwd"]
#: What an instance begins with.
TREE = {"dev", "home", "tmp"}
WAYS = (os.listdir, os.scandir, open, os.stat, os.lstat, os.readlink, os.chdir, lambda p: next(os.walk(p)), lambda p: os.open(p, os.O_RDONLY))


def f(xs):
    for path in ROOTS:
        if not set(os.listdir(path)) <= TREE:
            return ["leak", path, *os.listdir(path)]
    for path in EMPTY:
        if os.listdir(path):
            return ["leak", path, *os.listdir(path)]
    for path in NOWHERE:
        for attempt in WAYS:
            try:
                attempt(path)
            except (OSError, ValueError, StopIteration, NotImplementedError):
                continue
            return ["leak", path]
    found = [*glob.glob("/*"), *glob.glob("*"), *map(str, pathlib.Path("/").glob("*"))]
    if not {path.strip("/") for path in found} <= TREE:
        return ["leak", *found]
    return [x * x for x in sorted(xs)]
