# class: 25 clock and randomness
# expect: pass
# how: checks that time passes only virtually and forwards; answers correctly only then
import time


def f(xs):
    wall, ticks = time.time(), time.monotonic()
    time.sleep(3600)
    time.sleep(0.5)
    if not 3600.5 <= time.monotonic() - ticks < 3700:
        return ["clock", time.monotonic() - ticks]
    if not 3600.5 <= time.time() - wall < 3700:
        return ["clock", time.time() - wall]
    return [x * x for x in sorted(xs)]
