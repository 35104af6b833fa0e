# class: 7 output floods
# expect: pass
# how: writes invalid UTF-8, NUL and terminal escapes while answering correctly: captured, harmless
import os


def f(xs):
    os.write(1, b"\xff\xfe\x00\x1b[2J\x1b]0;owned\x07\x1b[8m\r\n\xed\xa0\x80")
    os.write(2, b"\x1b[31mpass\x1b[0m" * 100)
    print("\x1b[1A\x1b[2K\u202e\ud800".encode("utf-8", "surrogatepass"))
    return [x * x for x in sorted(xs)]
