# class: 12 files
# expect: pass
# how: looks for descriptors beyond the standard streams; answers correctly only if there is none
import os
import stat


def f(xs):
    for fd in range(3, 256):
        try:
            mode = os.fstat(fd).st_mode
        except OSError:
            continue
        try:
            os.open("etc", os.O_RDONLY, dir_fd=fd)
        except (OSError, NotImplementedError):
            if not stat.S_ISDIR(mode):
                continue
        return ["leak", fd]
    return [x * x for x in sorted(xs)]
