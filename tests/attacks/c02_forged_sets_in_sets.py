# class: 2 C loops
# expect: wrong_answer or runtime_error
# how: sends the bytes of sets nested thousands of levels deep around a wide tuple, without having made any
from tracewright_guest import candidate

WIDTH, DEPTH = 1_000_000, 4_000


def bytes_of(parts):
    def forge(value, side=None):
        sets = b">\x02\0\0\0" * DEPTH + b"(" + WIDTH.to_bytes(4, "little") + b"N" * WIDTH
        sets += b"".join(b"i" + level.to_bytes(4, "little") for level in range(DEPTH))
        return b"(" + parts.to_bytes(4, "little") + b"u\x06\0\0\0return" + sets + b"N" * (parts - 2)

    return forge


candidate._encode_tree = bytes_of(2)
candidate._side.answer = bytes_of(3)


def f(xs, *args, **kwargs):
    return [1]
