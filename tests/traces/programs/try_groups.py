# feature: exception groups, except*, add_note
def fail(kinds):
    errors = [kind(str(i)) for i, kind in enumerate(kinds)]
    errors[0].add_note("first")
    raise ExceptionGroup("several", errors)


caught = []
try:
    fail([ValueError, TypeError, ValueError])
except* ValueError as group:
    caught.append(len(group.exceptions))
except* TypeError as group:
    caught.append("type")
assert caught == [2, "type"]
