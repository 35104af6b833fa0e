# feature: exec and eval in the program, with names of its own
source = """
def triple(n):
    m = n * 3
    return m
answer = triple(4)
"""
scope = {}
exec(source, scope)
answer = scope["answer"]
exec("made = answer + 1")
total = eval("answer + made")
compiled = compile("total * 2", "<string>", "eval")
twice = eval(compiled)
globals()["injected"] = 7


def local():
    x = 1
    exec("x = 2")
    return x, eval("x + 1")


assert (answer, made, total, twice, injected) == (12, 13, 25, 50, 7)
assert local() == (1, 2)
