# class: 7 output floods
# expect: runtime_error
# how: raises with a long message of terminal escapes
def f(xs):
    raise ValueError("\x1b[2J\x1b[H\x1b]0;pass\x07\0\r\n\ud800" * 5_000)
