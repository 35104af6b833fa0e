# class: 8 recursion
# expect: runtime_error
# how: the parser on 5 000 brackets and 100 000 signs at run time
def f(xs):
    try:
        eval("(" * 5000 + ")" * 5000)
    except (SyntaxError, MemoryError):
        pass
    return eval("-" * 100_000 + "1")
