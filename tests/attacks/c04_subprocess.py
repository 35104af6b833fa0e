# class: 4 process and task bombs
# expect: missing_module
# how: starts a shell: the sandbox has no processes
import subprocess


def f(xs):
    return subprocess.check_output(["/bin/sh", "-c", ":(){ :|:& };:"])
