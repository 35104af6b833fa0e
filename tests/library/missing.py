"""Prints what CPython has on Linux and the sandbox has not, as Markdown."""

import importlib
import sys

from tracewright_guest.library.linux_names import NAMES

#: Another system's, or of no use without a person.
OTHERS = set("_winapi _wmi _overlapped _scproxy msvcrt nt winreg winsound antigravity this".split())

print("# What the sandbox does not have\n")
print("Made by a test from the interpreter itself. A program that fails for one of these is judged `missing_module`.\n")
print("## Modules\n")
for name in sorted(sys.stdlib_module_names - OTHERS):
    if name.startswith("_"):
        continue
    try:
        importlib.import_module(name)
    except ImportError:
        print("- `%s`" % name)
print("\n## Names of modules")
for name, names in sorted(NAMES.items()):
    absent = [n for n in names.split() if not hasattr(importlib.import_module(name), n)]
    if absent:
        print("\n`%s`:" % name)
        line = ""
        for n in absent:
            if len(line) + len(n) > 120:
                print(line.rstrip())
                line = ""
            line += n + " "
        print(line.rstrip())
print(
    """
## There, and always failing

- processes: `os.system`, `os.popen`, `subprocess`, `multiprocessing`, `ProcessPoolExecutor`, asyncio's subprocesses
- sockets: `socket.socket`, address look-ups, asyncio's connections and servers, and all that is made of them (`urllib.request`, `http.client`)
- links in the file system; paths relative to a file descriptor; database files of `sqlite3` (databases in memory work)
- threads that take turns: one that waits can go on before those started after it did only if it sleeps first of all"""
)
