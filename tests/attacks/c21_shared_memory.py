# class: 21 forged result records
# expect: runtime_error
# how: writes "all passed" over every inherited descriptor, one of which is EvalPlus's shared memory, then leaves
import os
import struct


def f(xs):
    record = struct.pack("<qq", 3, 0) + b"\1" * 8
    for descriptor in range(3, 64):
        try:
            os.pwrite(descriptor, record, 0)
        except (OSError, AttributeError):
            pass
    os._exit(0)
