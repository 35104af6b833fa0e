# class: 19 patched interpreter
# expect: wrong_answer
# how: takes every monitoring tool id and disables events
import sys

monitoring = sys.monitoring
for tool in range(6):
    try:
        monitoring.use_tool_id(tool, "mine")
    except ValueError:
        monitoring.free_tool_id(tool)
        monitoring.use_tool_id(tool, "mine")
    monitoring.set_events(tool, monitoring.events.PY_RETURN | monitoring.events.CALL)
    monitoring.register_callback(tool, monitoring.events.PY_RETURN, lambda *a: monitoring.DISABLE)


def f(xs):
    return xs
