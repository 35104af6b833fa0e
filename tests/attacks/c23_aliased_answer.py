# class: 23 mutated arguments
# expect: wrong_answer
# how: returns one list every time and goes on changing it
answer = []


def f(xs):
    answer.extend(x * x for x in sorted(xs))
    return answer
