# class: 11 compile-time bombs
# expect: wrong_answer
# how: elif ladders of every size, for the C stack of parser, compiler and whatever frees their trees: each is compiled or refused, and the interpreter goes on

def f(xs):
    for count in (1000, 2000, 6000, 50_000):
        try:
            exec("if xs == 0:\n    pass\n" + "".join("elif xs == %d:\n    pass\n" % i for i in range(count)))
        except (MemoryError, RecursionError, SyntaxError):
            pass
    return xs
