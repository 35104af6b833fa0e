"""Imports what solutions use: only modules imported while the component is built can be imported at run time."""

import functools
import importlib
import inspect
import io
import pkgutil
import re
import sys

from . import library

#: What a benchmark solution could want of the standard library, and works without files, processes or sockets.
MODULES = """
    _pylong abc argparse array ast asyncio atexit base64 binascii bisect builtins calendar cmath cmd code codecs collections
    collections.abc colorsys compileall concurrent.futures configparser contextlib contextvars copy copyreg csv
    dataclasses datetime decimal difflib dis doctest email email.message enum errno fileinput fnmatch fractions functools
    gc getopt getpass gettext glob graphlib gzip hashlib heapq hmac html html.entities html.parser http importlib
    importlib.abc importlib.util inspect io ipaddress itertools json keyword linecache locale logging marshal math
    mimetypes numbers opcode operator optparse os os.path pathlib pickle pickletools pkgutil platform posixpath pprint
    queue quopri random re reprlib sched secrets select selectors shelve shlex shutil signal site socket sqlite3 stat
    statistics string string.templatelib stringprep struct subprocess symtable sys sysconfig tempfile textwrap threading
    time timeit token tokenize tomllib trace traceback tracemalloc types typing unicodedata unittest unittest.mock
    urllib.parse urllib.error uuid warnings weakref xml.dom.minidom xml.etree.ElementTree zipfile zlib zoneinfo
""".split()

#: Modules with effects or windows, and what only the build itself would want.
UNWANTED = ("__main__", "_pyrepl", "antigravity", "ensurepip", "idlelib", "lib2to3", "pip", "test", "this", "tkinter", "turtle", "turtledemo", "venv")

#: Asked for and not to be had in this interpreter; read by `doctor`.
MISSING = []


def preload():
    """Imports everything in `MODULES`, what those import late, and warms what is built on first use."""
    for name in MODULES:
        try:
            importlib.import_module(name)
        except Exception as error:
            MISSING.append("%s: %s" % (name, error))
    _import_the_rest()
    _import_late_imports()
    import decimal
    import random

    decimal.getcontext()
    random.Random(0).random()
    # One use of each, so that tables built lazily are part of the image.
    re.compile(r"(?i)a[b-d]+").match("ABC")
    re.purge()
    "%s %r {}".format(1)
    import datetime

    datetime.datetime.strptime("2000-01-01", "%Y-%m-%d")
    open_streams()
    _widen()
    library.install()
    _forget_source_paths()


def _widen():
    """Sets `sys.maxsize` to what it is on 64-bit systems, where it stands for infinity in many programs, and makes `bisect` search
    sequences of that size. The interpreter's build does the rest (`guest/build/link/sizes.rs`)."""
    import bisect

    fits = sys.maxsize
    sys.maxsize = 2**63 - 1
    source = inspect.getsource(bisect)
    plain = {}
    exec(compile(source.partition("# Overwrite above definitions")[0], bisect.__file__, "exec"), plain)
    for name in ("bisect_left", "bisect_right", "insort_left", "insort_right"):
        setattr(bisect, name, _wide(getattr(bisect, name), plain[name], fits))
    bisect.bisect, bisect.insort = bisect.bisect_right, bisect.insort_right


def _wide(function, plain, fits):
    """The compiled `function`, or the `plain` one where an index does not fit."""

    def search(a, x, lo=0, hi=None, *, key=None):
        if type(a) is not list or lo or hi is not None:
            end = len(a) if hi is None else hi
            if end > fits:
                return plain(a, x, lo, end, key=key)
        return function(a, x, lo, hi, key=key)

    return functools.wraps(function)(search)


#: What keeps the holes filled.
_filling = []


def fill_holes():
    """Uses up the free chunks that start-up left all over the heap, so that a candidate's objects lie side by side at its end.
    Each page of the image that a candidate writes to has to be copied first: this halves their number."""
    end = id(bytes(1 << 20))  # Too large for a hole: where the heap ends.
    for size in (*range(8000, 500, -100), *range(500, -1, -4)):
        beyond = 0
        while beyond < 3 and len(_filling) < 200_000:
            chunk = bytes(size)
            _filling.append(chunk)
            beyond += id(chunk) > end


def open_streams():
    """Buffers standard output. The componentizer starts the interpreter unbuffered, where a long write is cut at what one
    system call takes, and every `print` is a call to the host."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        raw = io.FileIO(number, "wb", closefd=False)
        errors = "strict" if name == "stdout" else "backslashreplace"
        stream = io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", errors, newline="\n", line_buffering=name == "stderr")
        stream.mode = "w"
        setattr(sys, name, stream)
        setattr(sys, "__%s__" % name, stream)


def _import_the_rest():
    """Imports every other module of the standard library that works here, the codecs among them."""
    for name in sorted(sys.stdlib_module_names):
        if name.startswith("_") or name in UNWANTED:
            continue
        try:
            package = importlib.import_module(name)
        except Exception:
            continue  # Made in C for another system.
        for info in pkgutil.walk_packages(getattr(package, "__path__", []), name + ".", lambda name: None):
            if not set(info.name.split(".")) & set(UNWANTED):
                try:
                    importlib.import_module(info.name)
                except Exception:
                    pass  # For another system.


def _import_late_imports():
    """Imports what the standard library imports inside functions (`_strptime` in `datetime.strptime`, say), found in its
    sources, so that no call fails at run time for a module that was never asked for by name."""
    pattern = re.compile(r"^[ \t]+(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+\(?([\w, \t]+)|import[ \t]+([\w., \t]+))", re.M)
    seen = set()
    while True:
        fresh = [(name, module) for name, module in sorted(sys.modules.items()) if name not in seen]
        if not fresh:
            return
        for name, module in fresh:
            seen.add(name)
            if not str(getattr(module, "__file__", "")).startswith("/python/"):
                continue
            package = module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
            # Frozen modules claim to lie where a full installation would have them.
            path = module.__file__.replace("/python/lib/python%d.%d/" % sys.version_info[:2], "/python/")
            try:
                with open(path, encoding="utf-8", errors="replace") as file:
                    source = file.read()
            except OSError:
                continue
            for base, names, plain in pattern.findall(source):
                wanted = [name.split(" as ")[0].strip() for name in (names or plain).split(",")]
                if base:
                    wanted = [base] + [base.rstrip(".") + "." + name if base.strip(".") else base + name for name in wanted]
                for name in wanted:
                    if not name.strip(".") or name.lstrip(".").split(".")[0] in UNWANTED:
                        continue
                    try:
                        importlib.import_module(name, package or None)
                    except BaseException:
                        pass  # Another system's module, or a name that is no module.


def _forget_source_paths():
    """Path finders would search directories that do not exist at run time: every failing import asks them."""
    sys.path[:] = []
    sys.path_importer_cache.clear()
