# class: 12 files
# expect: pass
# how: tries each way to the host's files; answers correctly only if there is nothing but the few empty folders of its own memory
import glob
import os
import pathlib

PATHS = ["/", "/.", "//", ".", "./", "..", "../..", "/..", "", "/etc", "/etc/", "/proc/self/environ", "/proc/self/fd", "/dev/sda", "/home", "/root/.ssh",
         "/python", "/python/", "/0", "/0/app.py", "~", "\\", "C:\\", "/etc/passwd\0", "///etc//passwd/"]


OWN = {"dev", "tmp", "null"}


def f(xs):
    for path in PATHS:
        for attempt in (open, os.readlink, lambda p: os.open(p, os.O_RDONLY)):
            try:
                found = attempt(path)
            except (OSError, ValueError, StopIteration, NotImplementedError):
                continue
            try:
                data = os.read(found, 100) if isinstance(found, int) else found.read(100)
            except (OSError, ValueError):
                continue
            if data:
                return ["leak", path]
    seen = {name for folder, folders, files in os.walk("/") for name in (*folders, *files)}
    if seen - OWN or {p.name for p in pathlib.Path("/").glob("*")} - OWN or set(map(os.path.basename, glob.glob("/*"))) - OWN:
        return ["leak", sorted(seen)]
    return [x * x for x in sorted(xs)]
