# class: 8 recursion
# expect: runtime_error or wrong_answer
# how: answers with data nested too deeply for the wire
def f(xs):
    a = []
    for _ in range(100_000):
        a = [a]
    return a
