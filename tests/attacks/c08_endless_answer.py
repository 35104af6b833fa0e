# class: 8 recursion
# expect: out_of_fuel or wrong_answer
# how: answers with a list that contains itself twice: marshal follows every path to its depth bound; as a graph it is just a wrong answer
def f(xs):
    a = [1]
    a.append(a)
    a.append({"a": a})
    return a
