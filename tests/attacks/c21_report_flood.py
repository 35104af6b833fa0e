# class: 21 forged result records
# expect: runtime_error or out_of_fuel
# how: floods the report import and ignores being told to stop
from wit_world.imports import host


def f(xs):
    block = b"x" * 1_000_000
    while True:
        host.report(str(block, 'latin-1'))
