# class: 18 reading the harness
# expect: wrong_answer
# how: searches every frame below for a list with the right squares
import sys


def f(xs):
    wanted = {x * x for x in xs}
    frame = sys._getframe(1)
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals):
            for value in list(space.values()):
                for item in value if isinstance(value, (list, tuple)) else ():
                    if isinstance(item, list) and item is not xs and xs and set(map(str, item)) == set(map(str, wanted)):
                        return item
        frame = frame.f_back
    return None
