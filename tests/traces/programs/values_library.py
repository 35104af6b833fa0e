# feature: values of library types
import array
import collections
import io
import itertools
import pathlib
import re
import types
import uuid

path = pathlib.PurePosixPath("/a") / "b"
numbers = array.array("i", [1, 2])
numbers.append(3)
key = uuid.UUID(int=5)
space = types.SimpleNamespace(a=1, b=[2])
space.b.append(3)
chain = collections.ChainMap({"a": 1}, {"b": 2})
user = collections.UserDict(x=1)
buffer = io.StringIO("text")
buffer.write("more")
pairs = zip([1], [2])
endless = itertools.count(3)
step = next(endless)
keys, values = {"a": 1}.keys(), {"a": 1}.values()
pattern = re.compile("a(b)")
found = pattern.match("ab")
groups = found.groups()
assert groups == ("b",)
