# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: an object that raises StopIteration from whatever a test asks it
def stop(*a, **k):
    raise StopIteration


class Stops:
    value = property(stop)


for name in "len hash eq ne bool iter getitem contains sub rsub abs round lt gt add radd call getattr format str repr int float index mod".split():
    setattr(Stops, "__%s__" % name, stop)


def f(*a, **k):
    return Stops()
