# class: 5 memory bombs
# expect: out_of_memory
# how: a list that doubles until memory ends
def f(xs):
    a = [0] * 1024
    while True:
        a += a
