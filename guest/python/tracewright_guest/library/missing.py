"""What the sandbox does not have, told apart from what a program does wrong.

An error that `is_missing` knows counts as a missing module. It says what a program asked for; one that raises it itself only
changes the name of its own failure.
"""

import sys
import types
import urllib.error

from . import linux
from .linux_names import NAMES

_type, _isinstance = type, isinstance
_ModuleType = types.ModuleType
#: Names that CPython's modules have on Linux and the sandbox's have not, by module.
_absent = {}
_classes = {}


class Missing:
    """Marks the errors that say so themselves."""


def error(base, what):
    """Returns an exception of a class that programs expect, which says that the sandbox does not have `what`."""
    if base not in _classes:
        _classes[base] = type(base.__name__, (Missing, base), {"__module__": base.__module__, "__qualname__": base.__qualname__})
    return _classes[base]("the sandbox has no %s" % what)


def function(base, what, event=None):
    """Returns a function that always fails like that, and raises an audit event before."""

    def missing(*args, **kwargs):
        if event is not None:
            sys.audit(event, *args[1:2])
        raise error(base, what)

    return missing


def is_missing(error):
    """Whether the error is about something that the sandbox does not have."""
    if _isinstance(error, Missing):
        return True
    t = _type(error)
    if t is AttributeError:
        module = error.obj
        return _type(module) is _ModuleType and error.name in _absent.get(module.__name__, ())
    if t is ImportError:
        return error.name_from is not None and error.name_from in _absent.get(error.name, ())
    if _isinstance(error, urllib.error.URLError):
        return is_missing(error.reason)
    if t is OSError:
        return error.errno in linux.UNSUPPORTED and error.strerror != linux.MESSAGES[error.errno]
    if t is ValueError:
        return str(error).startswith("unsupported hash type ") and str(error)[22:].lower() in _HASHES
    return False


#: What OpenSSL has.
_HASHES = ("md4", "mdc2", "ripemd160", "sha512_224", "sha512_256", "sm3", "whirlpool", "md5-sha1", "sha512-256", "sha512-224")


def install():
    """Notes which names are absent."""
    for name, names in NAMES.items():
        module = sys.modules.get(name)
        if module is not None:
            absent = frozenset(n for n in names.split() if not hasattr(module, n))
            if absent:
                _absent[name] = absent
