# class: 3 waiting
# expect: runtime_error
# how: waits for input that never comes: EOFError
def f(xs):
    return input()
