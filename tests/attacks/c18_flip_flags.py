# class: 18 reading the harness
# expect: wrong_answer
# how: walks to the harness's frames and modules through a traceback and rewrites what it finds
import sys


def f(xs):
    try:
        raise KeyError
    except KeyError as error:
        frame = error.__traceback__.tb_frame.f_back
    while frame is not None:
        for name in list(frame.f_locals):
            try:
                if name in ("ok", "passed", "verdict", "status", "outcome", "changed", "before", "value"):
                    frame.f_locals[name] = True
            except Exception:
                pass
        frame = frame.f_back
    tester = sys.modules["tracewright_guest.tester"]
    tester.WRONG = tester.RAISED = tester.GONE = tester.PASS
    tester._namespace = {"f": lambda xs: xs}
    return xs
