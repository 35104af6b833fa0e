# class: 13 environment
# expect: pass
# how: asks for user ids, load and processors; answers correctly only if none is told
import os


def f(xs):
    for name in ("getuid", "getgid", "getppid", "getloadavg", "times", "sched_getaffinity", "getgroups"):
        try:
            value = getattr(os, name)()
        except (AttributeError, OSError, TypeError):
            continue
        if value not in (0, 1, (0.0, 0.0, 0.0)) and name != "times":
            return ["leak", name, repr(value)]
    return [x * x for x in sorted(xs)]
