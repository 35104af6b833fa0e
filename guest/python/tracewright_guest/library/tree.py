"""A file system in memory: directories, files, and what the system's calls do with them.

Errors are those of Linux. It lives as long as the instance and is bounded by its memory. There are no links: `symlink` says that they are
missing.
"""

import os
import stat
import sys
import time
from os import path as _path

from . import linux, missing

_index = [1]
_now = time.time_ns


class Node:
    """A file (`data`), a directory (`entries`), or `/dev/null` (neither)."""

    __slots__ = ("data", "entries", "mode", "changed", "number")

    def __init__(self, mode, data=None, entries=None):
        self.mode, self.data, self.entries = mode, data, entries
        self.changed = _now()
        _index[0] += 1
        self.number = _index[0]

    def status(self):
        """Returns what `os.stat` gives."""
        size = len(self.data) if self.data is not None else 4096 if self.entries is not None else 0
        seconds = self.changed // 10**9
        times = {"st_%stime" % kind: self.changed / 1e9 for kind in "amc"}
        times.update({"st_%stime_ns" % kind: self.changed for kind in "amc"})
        times.update(st_blksize=4096, st_blocks=(size + 511) // 512, st_rdev=0)
        links = 1 if self.entries is None else 2
        return os.stat_result((self.mode, self.number, 1, links, 0, 0, size, seconds, seconds, seconds), times)


root = Node(stat.S_IFDIR | 0o755, entries={})
current = "/tmp"


def fail(name, *paths):
    """Raises the error of that name, about paths."""
    number = linux.NUMBERS[name]
    if len(paths) == 2:
        raise OSError(number, linux.MESSAGES[number], paths[0], None, paths[1])
    raise OSError(number, linux.MESSAGES[number], *paths)


def text(path):
    """Returns a path as absolute text, without `.` and `..`."""
    path = os.fspath(path)
    if type(path) is not str:
        path = os.fsdecode(path)
    if "\0" in path:
        raise ValueError("embedded null byte")
    if not path:
        fail("ENOENT", path)
    found = _path.normpath(_path.join(current, path))
    return found[1:] if found.startswith("//") else found


def find(path):
    """Returns the node at a path, None where there is none."""
    node = root
    for part in text(path).split("/"):
        if not part:
            continue
        if node.entries is None:
            fail("ENOTDIR", path)
        node = node.entries.get(part)
        if node is None:
            return None
    if node.entries is None and os.fspath(path)[-1:] in ("/", b"/"):
        fail("ENOTDIR", path)
    return node


def get(path):
    """Returns the node at a path."""
    node = find(path)
    if node is None:
        fail("ENOENT", path)
    return node


def place(path):
    """Returns the directory that a path is in, and its name there."""
    whole = text(path)
    parent, name = _path.split(whole)
    if not name:
        fail("EBUSY", path)
    folder = find(parent)
    if folder is None:
        fail("ENOENT", path)
    if folder.entries is None:
        fail("ENOTDIR", path)
    return folder, name


def make(path, flags, mode):
    """Returns the node that `os.open` opens."""
    sys.audit("open", path, None, flags)
    writes = flags & os.O_WRONLY  # a part of O_RDWR here
    node = find(path)
    if node is None:
        if not flags & os.O_CREAT:
            fail("ENOENT", path)
        folder, name = place(path)
        if os.fspath(path)[-1:] in ("/", b"/"):
            fail("EISDIR", path)
        node = folder.entries[name] = Node(stat.S_IFREG | mode & 0o777 & ~0o022, data=bytearray())
        folder.changed = node.changed
        return node
    if flags & os.O_CREAT and flags & os.O_EXCL:
        fail("EEXIST", path)
    if node.entries is not None and writes:
        fail("EISDIR", path)
    if node.entries is None and flags & os.O_DIRECTORY:
        fail("ENOTDIR", path)
    if node.data is not None and flags & os.O_TRUNC and writes:
        cut(node, 0)
    return node


def cut(node, size):
    """Makes a file that long."""
    if node.data is None:
        return
    if size < len(node.data):
        # Not in place: a view of it may be held.
        node.data = node.data[:size]
    else:
        node.data = node.data + bytes(size - len(node.data))
    node.changed = _now()


def write(node, position, data):
    """Writes into a file; returns the number of bytes."""
    data = memoryview(data).cast("B")
    if node.data is not None and len(data):
        if position > len(node.data):
            node.data += bytes(position - len(node.data))
        node.data[position : position + len(data)] = data
        node.changed = _now()
    return len(data)


def mkdir(path, mode=0o777, *, dir_fd=None):
    """See `os.mkdir`."""
    without(dir_fd)
    sys.audit("os.mkdir", path, mode, -1)
    folder, name = ("", "") if text(path) == "/" else place(path)
    if not name or name in folder.entries:
        fail("EEXIST", path)
    folder.entries[name] = Node(stat.S_IFDIR | mode & 0o777 & ~0o022, entries={})
    folder.changed = _now()


def rmdir(path, *, dir_fd=None):
    """See `os.rmdir`."""
    without(dir_fd)
    sys.audit("os.rmdir", path, -1)
    node = get(path)
    if node.entries is None:
        fail("ENOTDIR", path)
    if node.entries:
        fail("ENOTEMPTY", path)
    folder, name = place(path)
    del folder.entries[name]
    folder.changed = _now()


def unlink(path, *, dir_fd=None):
    """See `os.unlink`."""
    without(dir_fd)
    sys.audit("os.remove", path, -1)
    if get(path).entries is not None:
        fail("EISDIR", path)
    folder, name = place(path)
    del folder.entries[name]
    folder.changed = _now()


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    """See `os.rename`."""
    without(src_dir_fd, dst_dir_fd)
    sys.audit("os.rename", src, dst, -1, -1)
    node = find(src)
    if node is None:
        fail("ENOENT", src, dst)
    other = find(dst)
    if other is node:
        return
    if node.entries is not None and (text(dst) + "/").startswith(text(src) + "/"):
        fail("EINVAL", src, dst)
    if other is not None:
        if node.entries is None and other.entries is not None:
            fail("EISDIR", src, dst)
        if node.entries is not None and other.entries is None:
            fail("ENOTDIR", src, dst)
        if other.entries:
            fail("ENOTEMPTY", src, dst)
    (old, name), (new, other_name) = place(src), place(dst)
    del old.entries[name]
    new.entries[other_name] = node
    old.changed = new.changed = _now()


def without(*descriptors):
    """Refuses paths relative to open directories."""
    if any(descriptor is not None for descriptor in descriptors):
        raise missing.error(NotImplementedError, "paths relative to a file descriptor")


def install():
    """Makes the first directories."""
    for path, mode in (("/tmp", 0o1777), ("/dev", 0o755), ("/home", 0o755)):
        mkdir(path)
        find(path).mode = stat.S_IFDIR | mode
    find("/dev").entries["null"] = Node(stat.S_IFCHR | 0o666)
