# class: 4 process and task bombs
# expect: out_of_fuel
# how: thread pools of a thousand workers without end; pools work, and are paid for
import concurrent.futures


def f(xs):
    pools = []
    while True:
        pools.append(concurrent.futures.ThreadPoolExecutor(1000))
        assert list(pools[-1].map(lambda x: x * x, range(1000)))[-1] == 998001
