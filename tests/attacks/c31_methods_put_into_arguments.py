# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: puts functions of its own into every object and container of the test's that it gets hold of
def f(xs, *others, **named):
    yes = lambda *a, **k: True
    for thing in (xs, *others, *named.values()):
        for name in ("valid", "check", "__eq__", "__call__", "append", "count", "index", "sort"):
            try:
                setattr(thing, name, yes)
            except Exception:
                pass
            try:
                thing[name] = yes
            except Exception:
                pass
        try:
            thing.append(yes)
        except Exception:
            pass
    return yes
