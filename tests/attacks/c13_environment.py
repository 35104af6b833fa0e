# class: 13 environment
# expect: pass
# how: looks for the host's environment, arguments, directory, name and process; answers correctly only if all are constant
import getpass
import os
import platform
import sys


def f(xs):
    if os.environ or [a for a in sys.argv if a] or os.getcwd() != "/tmp" or os.getpid() not in (0, 1, 42):
        return ["leak", dict(os.environ), sys.argv, os.getcwd(), os.getpid()]
    if platform.node() not in ("", "(none)", "localhost") or os.uname().sysname.lower() not in ("wasi", "linux"):
        return ["leak", platform.node(), list(os.uname())]
    for attempt in (getpass.getuser, os.getlogin if hasattr(os, "getlogin") else getpass.getuser):
        try:
            name = attempt()
        except (OSError, ImportError, KeyError, AttributeError):
            continue
        if name not in ("root", "user", "sandbox"):
            return ["leak", name]
    return [x * x for x in sorted(xs)]
