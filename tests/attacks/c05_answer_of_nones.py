# class: 5 memory bombs
# expect: wrong_answer
# how: a legitimate list of one byte per item on the wire, many times that as the host's values
def f(xs):
    return [None] * 3_000_000
