# class: 12 files
# expect: pass
# how: tries each way to a directory; answers correctly only if all fail
import glob
import os
import pathlib

PATHS = ["/", "/.", "//", ".", "./", "..", "../..", "/..", "", "/etc", "/etc/", "/proc/self/environ", "/proc/self/fd", "/dev/null",
         "/python", "/python/", "/0", "/0/app.py", "/tmp", "~", "\\", "C:\\", "/etc/passwd\0", "///etc//passwd/"]


def f(xs):
    for path in PATHS:
        for attempt in (os.listdir, os.scandir, open, os.stat, os.readlink, os.chdir, lambda p: next(os.walk(p)), lambda p: os.open(p, os.O_RDONLY)):
            try:
                attempt(path)
            except (OSError, ValueError, StopIteration, NotImplementedError):
                continue
            return ["leak", path]
    if glob.glob("/*") or glob.glob("*") or list(pathlib.Path("/").glob("*")):
        return ["leak"]
    return [x * x for x in sorted(xs)]
