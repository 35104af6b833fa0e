"""`open`, file descriptors and the functions of `os` for files, over the tree in memory.

Descriptors 0, 1 and 2 are the instance's own streams.
"""

import builtins
import dbm
import io
import os
import posix
import shutil
import sqlite3
import stat
import sys

from . import missing, tree
from .replace import replace

_real_open = io.open
_real = {name: getattr(posix, name) for name in ("read", "write", "close", "fstat", "lseek", "isatty") if hasattr(posix, name)}
_STREAMS = (0, 1, 2)
#: The part of `O_RDWR` that is about reading.
_READS = os.O_RDWR & ~os.O_WRONLY
_DEVICES = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


class _Handle:
    __slots__ = ("node", "flags", "position", "path")

    def __init__(self, node, flags, path):
        self.node, self.flags, self.path = node, flags, path
        self.position = 0


_handles = {}


def _handle(descriptor):
    handle = _handles.get(descriptor)
    if handle is None:
        tree.fail("EBADF")
    return handle


def _open(path, flags, mode=0o777, *, dir_fd=None):
    """See `os.open`."""
    tree.without(dir_fd)
    handle = _Handle(tree.make(path, flags, mode), flags, path)
    descriptor = 3
    while descriptor in _handles:
        descriptor += 1
    _handles[descriptor] = handle
    return descriptor


def _close(fd):
    if fd in _STREAMS:
        return _real["close"](fd)
    _handle(fd)
    del _handles[fd]


def _read(fd, length, /):
    if fd in _STREAMS:
        return _real["read"](fd, length)
    handle = _handle(fd)
    if handle.flags & os.O_WRONLY and not handle.flags & _READS:
        tree.fail("EBADF")
    if handle.node.entries is not None:
        tree.fail("EISDIR")
    if length < 0:
        tree.fail("EINVAL")
    data = handle.node.data
    found = bytes(data[handle.position : handle.position + length]) if data is not None else b""
    handle.position += len(found)
    return found


def _write(fd, data, /):
    if fd in _STREAMS:
        return _real["write"](fd, data)
    handle = _handle(fd)
    if not handle.flags & os.O_WRONLY:
        tree.fail("EBADF")
    node = handle.node
    if handle.flags & os.O_APPEND and node.data is not None:
        handle.position = len(node.data)
    count = tree.write(node, handle.position, data)
    handle.position += count
    return count


def _lseek(fd, position, whence, /):
    if fd in _STREAMS:
        return _real["lseek"](fd, position, whence)
    handle = _handle(fd)
    size = len(handle.node.data) if handle.node.data is not None else 0
    position += (0, handle.position, size)[whence]
    if position < 0:
        tree.fail("EINVAL")
    handle.position = position
    return position


def _pread(fd, length, offset, /):
    data = _handle(fd).node.data or b""
    return bytes(data[offset : offset + length])


def _pwrite(fd, data, offset, /):
    return tree.write(_handle(fd).node, offset, data)


def _fstat(fd):
    return _real["fstat"](fd) if fd in _STREAMS else _handle(fd).node.status()


def _stat(path, *, dir_fd=None, follow_symlinks=True):
    """See `os.stat`."""
    tree.without(dir_fd)
    if isinstance(path, int):
        return _fstat(path)
    return tree.get(path).status()


def _lstat(path, *, dir_fd=None):
    return _stat(path, dir_fd=dir_fd)


def _access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    tree.without(dir_fd)
    try:
        node = tree.find(path)
    except OSError:
        return False
    return node is not None and (not mode & os.X_OK or node.entries is not None or node.mode & 0o111 != 0)


def _isatty(fd, /):
    return _real["isatty"](fd) if fd in _STREAMS else False


def _ftruncate(fd, length, /):
    tree.cut(_handle(fd).node, length)


def _truncate(path, length):
    if isinstance(path, int):
        return _ftruncate(path, length)
    sys.audit("os.truncate", path, length)
    node = tree.get(path)
    if node.entries is not None:
        tree.fail("EISDIR", path)
    tree.cut(node, length)


def _fsync(fd):
    if fd not in _STREAMS:
        _handle(fd)


def _dup(fd, /):
    handle = _handle(fd)
    descriptor = 3
    while descriptor in _handles:
        descriptor += 1
    _handles[descriptor] = handle
    return descriptor


def _chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    tree.without(dir_fd)
    sys.audit("os.chmod", path, mode, -1)
    node = _handle(path).node if isinstance(path, int) else tree.get(path)
    node.mode = stat.S_IFMT(node.mode) | mode & 0o7777


def _utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    tree.without(dir_fd)
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    node = _handle(path).node if isinstance(path, int) else tree.get(path)
    node.changed = ns[1] if ns is not None else int(times[1] * 10**9) if times is not None else tree._now()


def _chdir(path):
    if tree.get(path).entries is None:
        tree.fail("ENOTDIR", path)
    tree.current = tree.text(path)


def _getcwd():
    return tree.current


def _getcwdb():
    return os.fsencode(tree.current)


def _listdir(path=None):
    sys.audit("os.listdir", path)
    folder = tree.get("." if path is None else path)
    if folder.entries is None:
        tree.fail("ENOTDIR", path)
    return [os.fsencode(name) for name in folder.entries] if isinstance(path, bytes) else list(folder.entries)


class DirEntry:
    """What `os.scandir` gives."""

    __slots__ = ("name", "path", "_node")

    def __init__(self, name, path, node):
        self.name, self.path, self._node = name, path, node

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return "<DirEntry %r>" % (self.name,)

    def is_dir(self, *, follow_symlinks=True):
        """Returns whether it is a directory."""
        return self._node.entries is not None

    def is_file(self, *, follow_symlinks=True):
        """Returns whether it is a file."""
        return self._node.data is not None

    def is_symlink(self):
        """Returns False: there are no links."""
        return False

    is_junction = is_symlink

    def stat(self, *, follow_symlinks=True):
        """Returns what `os.stat` gives."""
        return self._node.status()

    def inode(self):
        """Returns the number of the node."""
        return self._node.number


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def _scandir(path=None):
    """See `os.scandir`."""
    at = "." if path is None else os.fspath(path)
    sys.audit("os.scandir", at)
    names = _listdir(at)
    entries = tree.get(at).entries
    return _Scan([DirEntry(name, os.path.join(at, name), entries[os.fsdecode(name)]) for name in names])


def _readlink(path, *, dir_fd=None):
    tree.get(path)
    tree.fail("EINVAL", path)


class MemoryFile(io.RawIOBase):
    """An open file without a buffer, as `io.FileIO` is."""

    def __init__(self, file, mode="r", closefd=True, opener=None):
        flags = {"r": os.O_RDONLY, "w": os.O_CREAT | os.O_TRUNC, "x": os.O_CREAT | os.O_EXCL, "a": os.O_CREAT | os.O_APPEND}[mode[0]]
        self._reads, self._writes = mode[0] == "r" or "+" in mode, mode[0] != "r" or "+" in mode
        flags |= os.O_RDWR if self._reads and self._writes else os.O_WRONLY if self._writes else os.O_RDONLY
        self._descriptor = None
        self._closefd = closefd
        self.name = file
        self.mode = ("xb+" if "+" in mode else "xb") if mode[0] == "x" else ("rb+" if self._reads else "wb")
        if mode[0] == "a":
            self.mode = "ab+" if self._reads else "ab"
        if isinstance(file, int):
            self._descriptor = file
            _handle(file)
        elif not closefd:
            raise ValueError("Cannot use closefd=False with file name")
        elif opener is None:
            self._descriptor = _open(file, flags, 0o666)
        else:
            self._descriptor = opener(file, flags)
            if not isinstance(self._descriptor, int):
                raise TypeError("expected integer from opener")
            if self._descriptor < 0:
                raise ValueError("opener returned %d" % self._descriptor)
        if self._descriptor not in _STREAMS and _handle(self._descriptor).node.entries is not None:
            if not isinstance(file, int):
                _close(self._descriptor)
            tree.fail("EISDIR", file)
        if mode[0] == "a":
            _lseek(self._descriptor, 0, 2)

    def _check(self, able, what):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if not able:
            raise io.UnsupportedOperation("File not open for %s" % what)

    def fileno(self):
        self._check(True, "")
        return self._descriptor

    def isatty(self):
        self._check(True, "")
        return False

    def readable(self):
        self._check(True, "")
        return self._reads

    def writable(self):
        self._check(True, "")
        return self._writes

    def seekable(self):
        self._check(True, "")
        return True

    def readinto(self, buffer):
        self._check(self._reads, "reading")
        view = memoryview(buffer).cast("B")
        data = _read(self._descriptor, len(view))
        view[: len(data)] = data
        return len(data)

    def readall(self):
        self._check(self._reads, "reading")
        return _read(self._descriptor, 1 << 40)

    def read(self, size=-1):
        self._check(self._reads, "reading")
        return self.readall() if size is None or size < 0 else _read(self._descriptor, size)

    def write(self, data):
        self._check(self._writes, "writing")
        return _write(self._descriptor, data)

    def seek(self, position, whence=0):
        self._check(True, "")
        return _lseek(self._descriptor, position, whence)

    def tell(self):
        self._check(True, "")
        return _lseek(self._descriptor, 0, 1)

    def truncate(self, size=None):
        self._check(self._writes, "writing")
        if size is None:
            size = self.tell()
        _ftruncate(self._descriptor, size)
        return size

    def close(self):
        if not self.closed:
            try:
                super().close()
            finally:
                if self._closefd and self._descriptor is not None and self._descriptor in _handles:
                    _close(self._descriptor)

    def __repr__(self):
        if self.closed:
            return "<_io.FileIO [closed]>"
        return "<_io.FileIO name=%r mode=%r closefd=%r>" % (self.name, self.mode, self._closefd)


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Open file and return a stream.  Raise OSError upon failure."""
    if not isinstance(file, int):
        file = os.fspath(file)
    if not isinstance(mode, str):
        raise TypeError("open() argument 'mode' must be str, not %s" % type(mode).__name__)
    if file in _STREAMS or isinstance(file, str) and file in _DEVICES:
        return _real_open(_DEVICES.get(file, file), mode, buffering, encoding, errors, newline, file in _STREAMS and closefd)
    kinds = [kind for kind in mode if kind in "rwxa"]
    if len(set(mode)) < len(mode) or set(mode) - set("rwxa+tb"):
        raise ValueError("invalid mode: %r" % mode)
    if "t" in mode and "b" in mode:
        raise ValueError("can't have text and binary mode at once")
    if len(kinds) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    binary = "b" in mode
    if binary and (encoding is not None or errors is not None or newline is not None):
        what = "encoding" if encoding is not None else "errors" if errors is not None else "newline"
        raise ValueError("binary mode doesn't take %s argument" % ("an " + what if what != "newline" else "a newline"))
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    if newline not in (None, "", "\n", "\r", "\r\n"):
        raise ValueError("illegal newline value: %s" % newline)
    raw = MemoryFile(file, kinds[0] + ("+" if "+" in mode else ""), closefd, opener)
    if buffering == 0:
        return raw
    try:
        size = buffering if buffering > 1 else 128 * 1024
        kind = io.BufferedRandom if "+" in mode else io.BufferedReader if kinds[0] == "r" else io.BufferedWriter
        buffer = kind(raw, size)
        if binary:
            return buffer
        stream = io.TextIOWrapper(buffer, "utf-8" if encoding in (None, "locale") else encoding, errors, newline, buffering == 1)
        stream.mode = mode
        return stream
    except BaseException:
        raw.close()
        raise


def open_code(path):
    """Opens the provided file with the intent to import the contents."""
    return open(path, "rb")


def _connect(database, *args, **kwargs):
    """Open a connection to the SQLite database file 'database'."""
    name = os.fsdecode(os.fspath(database)) if not isinstance(database, str) else database
    if name in ("", ":memory:") or name.startswith("file:") and (":memory:" in name or "mode=memory" in name):
        return _real_connect(database, *args, **kwargs)
    raise missing.error(sqlite3.OperationalError, "database files: only databases in memory (%s)" % name)


_real_connect = sqlite3.connect


def install():
    """Puts them in the place of the interpreter's own, in every module."""
    tree.install()
    ours = {
        "open": _open, "close": _close, "read": _read, "write": _write, "lseek": _lseek, "pread": _pread, "pwrite": _pwrite,
        "fstat": _fstat, "stat": _stat, "lstat": _lstat, "access": _access, "isatty": _isatty, "ftruncate": _ftruncate,
        "truncate": _truncate, "fsync": _fsync, "fdatasync": _fsync, "dup": _dup, "chmod": _chmod, "utime": _utime, "chdir": _chdir,
        "getcwd": _getcwd, "getcwdb": _getcwdb, "listdir": _listdir, "scandir": _scandir, "readlink": _readlink, "mkdir": tree.mkdir,
        "rmdir": tree.rmdir, "remove": tree.unlink, "unlink": tree.unlink, "rename": tree.rename, "replace": tree.rename,
        "symlink": missing.function(OSError, "symbolic links", "os.symlink"), "link": missing.function(OSError, "hard links", "os.link"),
    }  # fmt: skip
    replace([(getattr(posix, name), function) for name, function in ours.items() if hasattr(posix, name)])
    for name, function in ours.items():
        function.__name__ = function.__qualname__ = name if function not in (tree.unlink, tree.rename) else function.__name__
        setattr(os, name, function)
        setattr(posix, name, function)
    replace([(_real_open, open), (io.open_code, open_code), (os.DirEntry, DirEntry), (_real_connect, _connect)])
    builtins.open = io.open = sys.modules["_io"].open = open
    # What these found out about the interpreter's own functions.
    shutil._use_fd_functions = False
    for supported in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
        supported.clear()
    os.supports_fd |= {_stat, _chmod, _utime, _truncate}
    # The one kind of database that needs nothing but files.
    dbm._names = ["dbm.dumb"]
