# feature: exponential recursion, of whose many states a few stay
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


value = fib(12)
assert value == 144
