# class: 28 value identities
# expect: wrong_answer
# how: the answer as text, and as bytes
def f(xs):
    answer = [x * x for x in sorted(xs)]
    return bytes(answer) if len(answer) == 3 else str(answer)
