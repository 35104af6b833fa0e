# class: 16 signals
# expect: missing_module
# how: kills its parent and its group: the sandbox has no processes to kill
import os
import signal


def f(xs):
    os.kill(os.getppid(), signal.SIGKILL)
    os.killpg(0, signal.SIGKILL)
    return xs
