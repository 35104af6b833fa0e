# class: 28 value identities
# expect: wrong_answer
# how: NaN in the place of each number
nan = float("nan")


def f(xs):
    return [nan] * len(xs) if xs else nan
