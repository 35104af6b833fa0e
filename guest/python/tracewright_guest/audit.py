"""What a candidate tried besides solving its task, for `score --audit`.

A report, never a verdict: the candidate shares this interpreter and may undo what is done here. Events come from
CPython's own audit hooks and count where the candidate's code raised them, not the library on its behalf; at the end,
the functions and classes of the modules that cheats like to patch are compared with those of the image.
"""

import ast
import builtins
import copy
import json
import marshal
import math
import operator
import random
import sys
import time
import unittest

CANDIDATE = "<candidate>"
HARNESS = ("tracewright_guest", "wit_world", "app", "componentize_py_runtime")

#: Audit events by what they are about; a name that ends in a dot stands for all that begin so.
_EVENTS = {
    "frames": ("sys._getframe", "sys._current_frames", "sys._current_exceptions"),
    "garbage collector": ("gc.get_objects", "gc.get_referrers", "gc.get_referents"),
    "tracing": ("sys.settrace", "sys.setprofile", "sys.monitoring.register_callback", "sys.addaudithook"),
    "code objects": ("code.__new__", "function.__new__", "marshal.loads"),
    "files": ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink", "shutil."),
    "processes": ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.kill", "signal.pthread_kill"),
    "network": ("socket.", "urllib.Request", "http.client."),
    "memory": ("ctypes.",),
}  # fmt: skip
#: Attributes that lead from an object to the interpreter's own.
_ATTRIBUTES = ("tb_frame", "gi_frame", "cr_frame", "ag_frame", "__code__", "gi_code")

_EXACT = {event: about for about, events in _EVENTS.items() for event in events if not event.endswith(".")}
_PREFIX = {event: about for about, events in _EVENTS.items() for event in events if event.endswith(".")}
_MODULES = (builtins, copy, json, marshal, math, operator, random, time, unittest)
_image = []

#: Findings beyond which no more are kept.
BOUND = 20

#: What the sandbox's own library does on somebody's behalf.
_OURS = ("files", "processes", "network")

_getframe = sys._getframe
_findings = set()
_streams = []
_inside = False


def remember():
    """Takes note of the modules as the image has them, once all is in place."""
    _image[:] = [(module, {k: v for k, v in vars(module).items() if callable(v)}) for module in _MODULES]


def start(source):
    """Starts watching. Returns what the program's text shows: an instance that ends cannot be asked."""
    _streams.extend((name, getattr(sys, name)) for name in ("stdout", "stderr", "displayhook", "excepthook"))
    try:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                for name in names:
                    if name.partition(".")[0] in HARNESS:
                        _findings.add("harness: import %s" % name[:80])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    sys.addaudithook(_hook)
    return sorted(_findings)


def _hook(event, args):
    global _inside
    about = _EXACT.get(event)
    if about is None:
        if event == "object.__getattr__":
            about = "frames" if args[1] in _ATTRIBUTES else None
            event = args[1]
        else:
            about = _PREFIX.get(event.partition(".")[0] + ".")
    if about is None or _inside or len(_findings) >= BOUND:
        return
    _inside = True
    try:
        frame = _getframe(1)
        while about in _OURS and frame is not None and "/tracewright_guest/library/" in frame.f_code.co_filename:
            frame = frame.f_back
        caller = frame.f_code.co_filename
        if caller == CANDIDATE or caller.endswith("inspect.py"):
            _findings.add("%s: %s" % (about, event))
    finally:
        _inside = False


def findings():
    """What was found so far, sorted."""
    global _inside
    _inside = True
    for module, image in _image:
        now = vars(module)
        for name, value in image.items():
            if now.get(name) is not value and len(_findings) < BOUND:
                _findings.add("patched: %s.%s" % (module.__name__, name))
    for name, value in _streams:
        if getattr(sys, name, None) is not value:
            _findings.add("patched: sys.%s" % name)
    return sorted(_findings)
