"""Exceptions as plain tuples, described without trusting a method of theirs, and made again from them."""

import builtins

from .library import missing

_type = type
_isinstance = isinstance
_BaseException = BaseException
_str = str

#: Longest message that crosses, in characters.
MESSAGE_BOUND = 1000
#: The message of an exception whose `__str__` raises.
_UNSAID = "<the message itself raised>"
#: Most classes of a program's that an exception is said to be derived from.
CLASSES_BOUND = 50
#: File name of a candidate's code.
CANDIDATE = "<candidate>"

_name_of = _type.__dict__["__name__"].__get__

_is_missing = missing.is_missing
_Missing = missing.Missing

_BUILTIN = {e for e in vars(builtins).values() if _isinstance(e, _type) and issubclass(e, _BaseException)}


def describe(error, phase, filename):
    """`(phase, type, base, message, line, classes)`: `base` is the nearest builtin exception type (`ModuleNotFoundError` for all that is
    about something the sandbox does not have), `line` the innermost line of `filename` that was executing (None where it was not),
    `classes` the names of the program's own classes that it is derived from."""
    t = _type(error)
    base = "Exception"
    classes = []
    for c in _type.__dict__["__mro__"].__get__(t):
        if c in _BUILTIN:
            base = c.__name__
            break
        own = _name_of(c)
        classes.append(own[:200])
    try:
        message = _str(error)
        message = message[:MESSAGE_BOUND] if _type(message) is _str else ""
    except _BaseException:
        message = _UNSAID
    try:
        if _is_missing(error):
            base = "ModuleNotFoundError"
            if not _isinstance(error, _Missing):
                message += " (the sandbox has none)"
    except _BaseException:
        pass
    return (phase, _name_of(t)[:200], base, message, _line(error, filename), tuple(classes[:CLASSES_BOUND]))


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


def made_again(known, described, args, attributes, unread=False):
    """An exception of class `known`, or of one derived from it by the name that it had, with its arguments, attributes and text; `unread` where
    the arguments may not be looked at."""
    name, message = described[1], described[3]
    if known.__name__ != name:
        known = type(name, (known,), {"__str__": text_of, "__module__": "candidate"})
    try:
        error = known(*args) if args is not None else known(message)
    except Exception:
        error = Exception(message)
    if attributes:
        vars(error).update(attributes)
    if unread or message == _UNSAID or str(error) != message:
        if known.__str__ is not text_of:
            error = _with_text(error, known)
        error.tracewright_text = message
    return error


def _with_text(error, known):
    again = type(known.__name__, (known,), {"__str__": text_of, "__module__": known.__module__})
    other = again.__new__(again, *error.args)
    vars(other).update(vars(error))
    return other


def text_of(error):
    """`__str__` of exceptions made again: the text that the other side's gave."""
    text = vars(error).get("tracewright_text")
    if text == _UNSAID:
        raise TypeError("the message itself raised")
    return _BaseException.__str__(error) if text is None else text
