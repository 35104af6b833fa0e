# class: 16 signals
# expect: runtime_error or missing_module
# how: kills its parent and its group
import os
import signal


def f(xs):
    os.kill(os.getppid(), signal.SIGKILL)
    os.killpg(0, signal.SIGKILL)
    return xs
