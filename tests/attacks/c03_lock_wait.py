# class: 3 waiting
# expect: wrong_answer or runtime_error
# how: waits for a lock nobody releases, with and without a deadline
import threading


def f(xs):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=10**5)
    threading.Event().wait(10**5)
    return xs
