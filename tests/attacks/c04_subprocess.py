# class: 4 process and task bombs
# expect: runtime_error or missing_module
# how: starts a shell
import subprocess


def f(xs):
    return subprocess.check_output(["/bin/sh", "-c", ":(){ :|:& };:"])
