# class: 8 recursion
# expect: wrong_answer
# how: answers with a list that contains itself once
def f(xs):
    a = [1]
    a.append(a)
    return a
