# feature: a metaclass that intercepts attribute access, and a callable object as method
import types

asked = []


class Meta(type):
    def __getattribute__(cls, name):
        asked.append(name)
        return super().__getattribute__(name)


class Watched(metaclass=Meta):
    pass


class Proxy:
    def __getattr__(self, name):
        asked.append(name)
        return name

    def __call__(self, *arguments):
        return len(arguments)


thing = Watched()
del asked[:]
method = types.MethodType(Proxy(), thing)
pair = [thing, method]
assert method(1) == 2
assert asked == []
