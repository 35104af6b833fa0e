"""Who shares what: inside a value, between arguments and answers, from one call to the next; and changes at any depth."""

from draw import Family
import values

#: A way to make rows, whether they are one object or many.
GRIDS = ["[[0] * m for _ in range(n)]", "[[0] * m] * n", "[list(r) for r in [[0] * m] * n]", "(lambda r: [r for _ in range(n)])([0] * m)", "list(map(list, [[0] * m] * n))", "[[0] * m for _ in range(n - 1)] + [[0] * m]", "(lambda r: [r] * (n - 1) + [r[:]])([0] * m)", "copy.deepcopy([[0] * m] * n)", "[r[:] for r in [[0] * m] * n]", "[*[[0] * m] * n]"]
KEYED = ["{i: [] for i in range(n)}", "dict.fromkeys(range(n), [])", "defaultdict(list, {i: [] for i in range(n)})", "dict(zip(range(n), [[]] * n))", "(lambda r: {i: r for i in range(n)})([])"]


def grid(draw):
    keyed = draw.chance(0.4)
    ways = KEYED if keyed else GRIDS
    make = lambda way: "import copy\nfrom collections import defaultdict\ndef f(n, m):\n    return %s\n" % way
    n, m = draw.between(2, 4), draw.between(1, 3)
    change = "g[%d].append(7)" % draw.below(n) if keyed or draw.chance(0.3) else "g[%d][%d] = 7" % (draw.below(n), draw.below(m))
    look = draw.one(["? g", "? [g[i] for i in range(len(g))]", "? g[0] is g[1]", "? sum(map(len, (g[i] for i in range(len(g)))))", "? len({id(g[i]) for i in range(len(g))})", "? list(map(list, (g[i] for i in range(len(g)))))"])
    script = ["g = f(%d, %d)" % (n, m), change, look]
    if draw.chance(0.3):
        script.insert(1, "h = copy.deepcopy(g)")
        script.append("? h")
    reference, *others = draw.shuffled(ways)[:4]
    return Family(make(reference), [script], [("other way", make(way)) for way in others], mutate=False)


#: Statements that change nested data `x`; what does not fit the value raises and is not taken.
CHANGES = [
    "x.append(9)", "x.insert(0, 8)", "x.pop()", "x.clear()", "x.sort(key=repr)", "x.reverse()", "x[0] = 5", "x[1:2] = [6, 6]", "del x[0]", "x += [4]", "x.extend(x[:1])", "x[0].append(3)", "x[-1].append(2)", "x[0], x[-1] = x[-1], x[0]", "x.append(x[0])", "x[0] = x[-1]", "x['a'] = 1", "x['n'] = [1]", "del x['a']",
    "x.update(b=2)", "x['a'].append(1)", "x.setdefault('z', []).append(0)", "x.pop('a')", "x['m'] = x['a']", "x.popitem()", "x['a'] += [5]", "x['a']['b'] = 0", "x.add(11)", "x.discard(1)", "x |= {12}", "x.remove(1)", "x[0].clear()", "x[0] += [1]", "x['a'].clear()", "x[1][0] = 'w'", "x.appendleft(0)", "x.rotate(1)", "x[:] = x[::-1]", "x *= 2", "x = [1]", "x = list(x)", "x = x + [1]", "for y in x: y.append(0)",
]
STARTS = ["[1, 2, 3]", "[[1], [2]]", "[[1], [2], 3]", "{'a': [1], 'b': 2}", "{'a': {'b': 1}}", "{1, 2}", "[[]]", "deque([1, 2])", "bytearray(b'abc')", "[{'a': 1}, {'a': 2}]", "([1], [2])", "{'a': [1, [2]]}", "[(1, [2])]", "[{1}, {2}]", "defaultdict(list, a=[1])", "OrderedDict(a=[1])", "Counter('aab')", "[[[1]]]", "array.array('i', [1, 2])"]


def _works(start, statements):
    space = {}
    exec(values.IMPORTS + "x = " + start, space)
    try:
        exec("\n".join(statements), space)
    except Exception:
        return False
    return True


def changed(draw):
    """Arguments changed in place, at any depth."""
    start = draw.one(STARTS)
    body = []
    for _ in range(30):
        candidate = draw.one(CHANGES)
        if len(body) < 3 and _works(start, body + [candidate]):
            body.append(candidate)
    result = draw.one(["x", "None", "len(x)", "(x, x)", "x == x", "[x]", "list(x)", "copy.copy(x)", "copy.deepcopy(x)", "x[0]", "next(iter(x), None)", "x['a']"])
    if result in ("x[0]", "x['a']") and not _works(start, body + ["y = " + result]):
        result = "x"
    reference = values.IMPORTS + "def f(x):\n%s    return %s\n" % ("".join("    %s\n" % line for line in body), result)
    script = ["v = " + start, "w = v" if draw.chance(0.4) else "w = copy.deepcopy(v)", "r = f(v)", "? v", "? w", "? r"] + draw.some(["? r is v", "? r == v", "? type(r).__name__", "? w is v", "? len(v)", "? repr(v)"], 2)
    scripts = [script]
    if draw.chance(0.5):
        scripts.append(["v = %s" % start, "inner = v[0]", "f(v)", "? inner", "? v"] if start.startswith("[[") else ["v = %s" % start, "outer = {'in': v}", "f(outer['in'])", "? outer"])
    if draw.chance(0.3):
        scripts.append(["v = " + start, "f(v)", "f(v)", "? v"] if _works(start, body + body) else ["? 1"])
    return Family(reference, scripts)


def twice(draw):
    """One object as two arguments, as a part of another, in a cycle."""
    body = draw.one(["a.append(1)\n    return len(b)", "return a is b", "b.append(a[:])\n    return a", "a += [1]\n    return b == a", "b[:] = [5]\n    return a", "a.clear()\n    return b", "return (a, b)", "return [a, b, a]", "c = a\n    c.append(2)\n    return [a, b]", "return a + b", "a.extend(b)\n    return a", "return {'a': a, 'b': b}", "return b if a is b else None", "a.append(b)\n    return len(a)"])
    reference = "def f(a, b):\n    %s\n" % body
    pool = [
        ["v = [3]", "r = f(v, v)", "? r", "? v"], ["v = [3]", "r = f(v, v[:])", "? r", "? v"], ["v = [3]", "r = f(v, b=v)", "? r", "? v"], ["v = [3]", "w = [v, v]", "r = f(*w)", "? w", "? r"], ["v = [3]", "w = [v, [0]]", "r = f(w[0], w[1])", "? w", "? v"],
        ["v = [3]", "r = f(v, v)", "? type(r).__name__", "v.append(100)", "? r"], ["v, w = [1], [1]", "r = f(v, w)", "? v", "? w", "? v is w"], ["v = [[1]]", "r = f(v[0], v)", "? len(v)", "? v[0]"], ["v = [3]", "r = f(v, v)", "? r is v", "? len(v)"],
    ]
    return Family(reference, draw.some(pool, 3))


KEPT = [
    ("kept = []\ndef f(x):\n    kept.append(x)\n    return kept\n", ["a = [1]", "r = f(a)", "a.append(2)", "? f(3)", "? r", "? r[0] is a"]), ("kept = {}\ndef f(k, v=None):\n    if v is None:\n        return kept.get(k)\n    kept[k] = v\n    return v\n", ["a = [1]", "f('x', a)", "a.append(5)", "? f('x')", "? f('x') is a", "f('x').append(6)", "? a"]),
    ("def f(x, seen=[]):\n    seen.append(x)\n    return seen\n", ["a = f(1)", "b = f(2)", "? a", "? b", "? a is b", "? f(3, [])", "? f(4)"]), ("def f(x, seen={}):\n    seen[x] = seen.get(x, 0) + 1\n    return seen\n", ["? f('a')", "? f('a')", "r = f('b')", "r['a'] = 50", "? f('a')"]), ("ONE = [1, 2]\ndef f():\n    return ONE\n", ["a = f()", "b = f()", "? a is b", "a.append(3)", "? b", "? f()"]),
    ("def f():\n    return [1, 2]\n", ["a = f()", "b = f()", "? a is b", "? a == b", "a.append(3)", "? b"]), ("table = {'k': [1]}\ndef f(k):\n    return table[k]\n", ["f('k').append(2)", "? f('k')", "x = f('k')", "x.clear()", "? f('k')"]), ("last = None\ndef f(x):\n    global last\n    old, last = last, x\n    return old\n", ["a, b = [1], [2]", "? f(a)", "? f(b)", "a.append(9)", "? f(None)", "? f(None)"]),
    ("cell = [0]\ndef f(x):\n    y = list(x)\n    cell[0] = y\n    return y\n", ["a = [1]", "r = f(a)", "? r is a", "r.append(2)", "? a", "? r"]), ("def f(x):\n    x.append(x)\n    return x\n", ["a = [1]", "r = f(a)", "? r[1] is r", "? len(r)", "? r is a", "? r[1][1][0]"]), ("def f(n):\n    a = {}\n    a['me'] = a\n    a['n'] = n\n    return a\n", ["r = f(3)", "? r['me'] is r", "? r['me']['me']['n']", "? len(r)"]),
    ("def f(n):\n    a, b = [n], []\n    a.append(b)\n    b.append(a)\n    return a\n", ["r = f(3)", "? r[1][0] is r", "? r[0]"]), ("def f(t):\n    return [t, t]\n", ["r = f({'l': None, 'r': None})", "? r[0] is r[1]", "r[0]['l'] = 5", "? r[1]['l']"]), ("def f(xs):\n    ys = [[x] for x in xs]\n    ys.append(ys[0])\n    return ys\n", ["r = f([1, 2])", "r[-1].append(0)", "? r", "? r[0] is r[-1]", "? r[1] is r[-1]"]),
    ("def f(tree):\n    tree['kids'].append({'up': len(tree)})\n    return tree['kids'][-1]\n", ["t = {'kids': []}", "k = f(t)", "k['x'] = 1", "? t", "? t['kids'][0] is k"]), ("memo = {}\ndef f(n):\n    if n not in memo:\n        memo[n] = [n] * n\n    return memo[n]\n", ["a = f(2)", "a.append(0)", "? f(2)", "? f(2) is a", "? f(3)"]),
    ("import itertools\nnumbers = itertools.count(1)\ndef f():\n    return next(numbers)\n", ["? f()", "? f()", "? [f(), f()]"]), ("def f(pairs):\n    return {k: v for k, v in pairs}\n", ["v = [1]", "r = f([('a', v), ('b', v)])", "? r['a'] is v", "? r['a'] is r['b']", "v.append(2)", "? r"]), ("def f(x):\n    return x, [x], {'x': x}\n", ["v = [1]", "a, b, c = f(v)", "v.append(2)", "? (a, b, c)", "? a is v", "? b[0] is c['x']"]),
]


def kept(draw):
    """Objects that a candidate keeps, gives out again, or makes anew."""
    reference, script = draw.one(KEPT)
    return Family(reference, [script])


FAMILIES = [(6, grid), (10, changed), (5, twice), (6, kept)]
