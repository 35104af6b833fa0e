"""Exceptions as plain tuples, described without trusting a method of theirs."""

import builtins

from .library import missing

_type = type
_isinstance = isinstance
_BaseException = BaseException
_str = str

#: Longest message that crosses, in characters.
MESSAGE_BOUND = 1000

_is_missing = missing.is_missing
_Missing = missing.Missing

_BUILTIN = {e for e in vars(builtins).values() if _isinstance(e, _type) and issubclass(e, _BaseException)}


def describe(error, phase, filename):
    """`(phase, type, base, message, line)`: `base` is the nearest builtin exception type (`ModuleNotFoundError` for all that is about
    something the sandbox does not have), `line` the innermost line of
    `filename` that was executing (None where it was not)."""
    t = _type(error)
    base = "Exception"
    for c in _type.__dict__["__mro__"].__get__(t):
        if c in _BUILTIN:
            base = c.__name__
            break
    try:
        message = _str(error)
        message = message[:MESSAGE_BOUND] if _type(message) is _str else ""
    except _BaseException:
        message = "<the message itself raised>"
    try:
        if _is_missing(error):
            base = "ModuleNotFoundError"
            if not _isinstance(error, _Missing):
                message += " (the sandbox has none)"
    except _BaseException:
        pass
    name = t.__name__ if _type(t.__name__) is _str else base
    return (phase, name[:200], base, message, _line(error, filename))


def _line(error, filename):
    if _isinstance(error, SyntaxError) and error.filename == filename and _type(error.lineno) is int:
        return error.lineno
    line = None
    trace = _BaseException.__traceback__.__get__(error)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
