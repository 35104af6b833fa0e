# class: 19 patched interpreter
# expect: runtime_error
# how: traces and profiles the harness to rewrite the locals of its frames
import sys


def tracer(frame, event, arg):
    for name in ("value", "outcome", "changed", "before"):
        if name in frame.f_locals:
            frame.f_locals[name] = b"T" if name == "outcome" else None
    return tracer


def f(xs):
    frame = sys._getframe(1)
    frame.f_trace = tracer
    sys.settrace(tracer)
    sys.setprofile(tracer)
    return xs
