# class: 10 table and handle exhaustion
# expect: wrong_answer or out_of_fuel or runtime_error
# how: a poll object for each of 100 000 descriptors
import select


def f(xs):
    keep = []
    for fd in range(100_000):
        poll = select.poll()
        poll.register(1, select.POLLOUT)
        poll.poll(0)
        keep.append(poll)
    return xs
