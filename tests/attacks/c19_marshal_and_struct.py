# class: 19 patched interpreter
# expect: wrong_answer
# how: replaces the libraries under the wire format after they were captured
import marshal
import struct
import sys

marshal.dumps = lambda *a: b"T"
marshal.loads = lambda *a: True
struct.pack = lambda *a: b""
sys.modules["marshal"] = sys.modules["struct"] = None


def f(xs):
    return xs
