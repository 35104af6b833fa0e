# class: 2 C loops
# expect: out_of_fuel or out_of_memory or wrong_answer
# how: a small graph of shared lists that is exponentially large written out; where graphs cross as they are, a wrong one
def f(xs):
    a = [1]
    for _ in range(60):
        a = [a, a]
    return a
