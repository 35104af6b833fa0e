# class: 25 clock and randomness
# expect: pass
# how: derives its behaviour from hashes, random bytes and set order, twice: correct only if an interpreter is consistent
import os
import random


def f(xs):
    words = ["w%d" % i for i in range(50)]
    if list(set(words)) != list(set(list(words))) or hash("tracewright") != hash("trace" + "wright"):
        return ["hash"]
    if random.Random(7).random() != random.Random(7).random() or len(os.urandom(16)) != 16:
        return ["random"]
    return [x * x for x in sorted(xs)]
