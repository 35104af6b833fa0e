# feature: a program that uses sys.settrace, inspect and frames itself
import sys

seen = []


def watch(frame, event, argument):
    seen.append(event)
    return watch


def traced(n):
    m = n + 1
    return m


sys.settrace(watch)
traced(1)
sys.settrace(None)
names = sorted(sys._getframe().f_globals)[-1]
depth = 0
frame = sys._getframe()
while frame:
    frame = frame.f_back
    depth += 1
frame = None
assert "call" in seen
