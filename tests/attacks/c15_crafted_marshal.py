# class: 15 interpreter crashes
# expect: runtime_error
# how: loads every crafted marshal record it can think of, then a code object cut short
import marshal


def f(xs):
    code = marshal.dumps(f.__code__)
    for cut in range(1, len(code)):
        for flip in (b"\xff", b"\0", b"r\xff\xff\xff\x7f"):
            try:
                marshal.loads(code[:cut] + flip + code[cut + 1 :])
            except Exception:
                pass
    return marshal.loads(b"[\x05\0\0\0")
