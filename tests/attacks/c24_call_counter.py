# class: 24 state across tests and candidates
# expect: wrong_answer
# how: answers by the number of the call, in the wrong order
calls = 0
ANSWERS = [[25, 16], [1, 4, 9], []]


def f(xs):
    global calls
    calls += 1
    return ANSWERS[calls % 3 - 1]
