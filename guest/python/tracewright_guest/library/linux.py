"""The numbers and texts of errors, as Linux has them: WASI numbers them otherwise (`ENOENT` is 44)."""

import builtins
import errno
import gc
import os
import sys

from .linux_errors import ERRORS

#: The exceptions that `OSError` makes of numbers.
_EXCEPTIONS = {
    "BlockingIOError": "EAGAIN EALREADY EINPROGRESS EWOULDBLOCK",
    "BrokenPipeError": "EPIPE ESHUTDOWN",
    "ChildProcessError": "ECHILD",
    "ConnectionAbortedError": "ECONNABORTED",
    "ConnectionRefusedError": "ECONNREFUSED",
    "ConnectionResetError": "ECONNRESET",
    "FileExistsError": "EEXIST",
    "FileNotFoundError": "ENOENT",
    "InterruptedError": "EINTR",
    "IsADirectoryError": "EISDIR",
    "NotADirectoryError": "ENOTDIR",
    "PermissionError": "EACCES EPERM",
    "ProcessLookupError": "ESRCH",
    "TimeoutError": "ETIMEDOUT",
}

#: Numbers of the interpreter's own for what a function of the system is not there for.
UNSUPPORTED = (errno.ENOSYS, errno.ENOTSUP)
#: Texts by number, and numbers by name.
MESSAGES, NUMBERS = {}, {}


def strerror(code, /):
    """Returns the text of an error's number."""
    return MESSAGES.get(code) or "Unknown error %d" % code


def install():
    """Renumbers module `errno`, names taken from it, and what `OSError(number, text)` becomes."""
    numbers = NUMBERS
    errno.errorcode.clear()
    for line in ERRORS.strip().splitlines():
        number, names, text = line.split(" ", 2)
        MESSAGES[int(number)] = text
        for name in names.split(","):
            numbers[name] = int(number)
        errno.errorcode[int(number)] = names.split(",")[0]
    theirs = {name: value for name, value in vars(errno).items() if name.startswith("E")}
    for module in list(sys.modules.values()):
        namespace = vars(module)
        for name in theirs.keys() & namespace.keys():
            if namespace[name] == theirs[name]:
                namespace[name] = numbers.get(name, theirs[name])
    for name in theirs.keys() - numbers.keys():
        del errno.__dict__[name]
    errno.__dict__.update(numbers)
    # The interpreter's own table has no name; what it maps to has.
    [table] = [d for d in gc.get_objects() if type(d) is dict and d.get(theirs["ENOENT"]) is FileNotFoundError]
    table.clear()
    for exception, names in _EXCEPTIONS.items():
        for name in names.split():
            table[numbers[name]] = vars(builtins)[exception]
    # What the interpreter's own file functions may still say.
    table[theirs["ENOENT"]] = FileNotFoundError
    table[theirs["ENOTCAPABLE"]] = PermissionError
    os.strerror = sys.modules["posix"].strerror = strerror
