# class: 4 process and task bombs
# expect: runtime_error or wrong_answer
# how: thread and process pools of a thousand workers
import concurrent.futures


def f(xs):
    with concurrent.futures.ThreadPoolExecutor(1000) as pool:
        return list(pool.map(lambda x: x * x, sorted(xs) or [1]))
