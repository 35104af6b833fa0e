import functools, json, pickle, sys
sys.setrecursionlimit(10**7)
one = 1
def cached(n):
    @functools.lru_cache(None)
    def f(n): return 0 if n == 0 else 1 + f(n - 1)
    return f(n)
def mapped(n): return 0 if n == 0 else 1 + max(map(mapped, [n - 1]))
def by_key(n): return 0 if n == 0 else min(sorted([n - 1], key=by_key)[0], 0)
class Call:
    def __call__(self, n): return 0 if n == 0 else 1 + self(n - 1)
called = Call()
class Attribute:
    def __getattr__(self, name):
        n = int(name[1:])
        return 0 if n == 0 else 1 + getattr(self, "a%d" % (n - 1))
def attribute(n): return getattr(Attribute(), "a%d" % n)
def nested(n):
    a = []
    for _ in range(n): a = [a]
    return a
def types(n):
    t = int
    for _ in range(n): t = (t,)
    return t
class Loop:
    def __repr__(self): return repr(self)
    def __eq__(self, other): return other == self
def ladder(n):
    names = {"x": n - 1}
    exec("if x < 0: r = None\n" + "".join("elif x == %d: r = %d\n" % (i, i) for i in range(n)), names)
    return names["r"]
