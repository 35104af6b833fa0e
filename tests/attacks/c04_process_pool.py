# class: 4 process and task bombs
# expect: missing_module
# how: a pool of a thousand processes: the sandbox has none
import concurrent.futures


def f(xs):
    with concurrent.futures.ProcessPoolExecutor(60) as pool:
        return list(pool.map(abs, sorted(xs) * 1000))
