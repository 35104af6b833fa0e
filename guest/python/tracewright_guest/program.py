"""Runs one untrusted program as a script (`tracewright run`)."""

import atexit
import linecache
import sys
import traceback
import types

from . import annotations, errors
from .library import threads

TRACEBACK_BOUND = 20_000


def run(source, name):
    """See `run` in `wit/world.wit`."""
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    module.__dict__["__file__"] = name
    sys.argv[:] = [name]
    # What a program printed before a limit ended it should be seen.
    sys.stdout.reconfigure(line_buffering=True)
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        code = annotations.compile_program(source, name)
    except BaseException as error:
        return _failure(error, "compile", name)
    sys.modules["__main__"] = module
    result = None
    try:
        exec(code, module.__dict__)
    except SystemExit as error:
        if error.code is not None and error.code != 0:
            result = _failure(error, "exit", name)
    except BaseException as error:
        result = _failure(error, "execute", name)
    try:
        threads.settled(None, True)
        atexit._run_exitfuncs()
    except BaseException as error:
        result = result or _failure(error, "execute", name)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    return result


def _without_harness(trace):
    """A traceback without the frames that the program did not write."""
    if trace is None:
        return None
    rest = _without_harness(trace.tb_next)
    if "/tracewright_guest/" in trace.tb_frame.f_code.co_filename:
        return rest
    return types.TracebackType(rest, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


def _failure(error, phase, name):
    described = errors.describe(error, phase, name)
    try:
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != name:
            trace = trace.tb_next
        text = "".join(traceback.format_exception(type(error), error, _without_harness(trace)))[:TRACEBACK_BOUND]
    except BaseException:
        text = "%s: %s" % (described[1], described[3])
    return described + (text,)
