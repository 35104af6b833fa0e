# class: 1 endless loop
# expect: out_of_fuel or wrong_answer
# how: hangs not in the call but while the harness drains the returned generator; where none does, a generator is no list
def f(xs):
    def g():
        yield 1
        while True:
            pass

    return g()
