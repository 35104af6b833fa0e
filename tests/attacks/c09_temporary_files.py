# class: 9 file-system floods
# expect: runtime_error or out_of_memory
# how: temporary files, wherever the library finds a place
import tempfile


def f(xs):
    keep = []
    while True:
        keep.append(tempfile.NamedTemporaryFile(delete=False))
        keep[-1].write(b"x" * 10**6)
