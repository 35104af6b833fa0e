# class: 9 file-system floods
# expect: out_of_memory
# how: temporary files, wherever the library finds a place: in the instance's memory, until that is full
import tempfile


def f(xs):
    keep = []
    while True:
        keep.append(tempfile.NamedTemporaryFile(delete=False))
        keep[-1].write(b"x" * 10**6)
