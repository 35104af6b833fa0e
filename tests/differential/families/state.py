"""What lasts and what shows beside values: printing, standard input, module state, recursion, coroutines."""

from draw import Family
import values

_CAPTURE = "def shown(g, *a):\n    with contextlib.redirect_stdout(io.StringIO()) as out:\n        r = g(*a)\n    return out.getvalue(), r"
PRINTS = [
    ("def f(xs):\n    for x in xs:\n        print(x)\n", ["import sys\ndef f(xs):\n    for x in xs:\n        sys.stdout.write(str(x) + '\\n')\n", "def f(xs):\n    print(*xs, sep='\\n')\n", "def f(xs):\n    print('\\n'.join(map(str, xs)))\n", "def f(xs):\n    for x in xs:\n        print(x, end=' ')\n", "def f(xs):\n    return xs\n", "import sys\ndef f(xs):\n    for x in xs:\n        print(x, file=sys.stderr)\n", "import sys\ndef f(xs):\n    print(*xs, sep='\\n', file=sys.stdout, flush=True)\n"]),
    ("def f(xs):\n    print('sum:', sum(xs))\n    return sum(xs)\n", ["def f(xs):\n    t = sum(xs)\n    print(f'sum: {t}')\n    return t\n", "def f(xs):\n    print('sum:', end=' ')\n    print(sum(xs))\n    return sum(xs)\n", "def f(xs):\n    return sum(xs)\n", "def f(xs):\n    print('Sum:', sum(xs))\n    return sum(xs)\n", "def f(xs):\n    import builtins\n    builtins.print('sum:', sum(xs))\n    return sum(xs)\n"]),
    ("def f(xs):\n    print(xs)\n", ["def f(xs):\n    print(repr(xs))\n", "def f(xs):\n    print('[' + ', '.join(map(str, xs)) + ']')\n", "import pprint\ndef f(xs):\n    pprint.pprint(xs)\n", "def f(xs):\n    print(tuple(xs))\n", "import sys\ndef f(xs):\n    sys.stdout.writelines([str(xs), '\\n'])\n"]),
    ("def f(xs):\n    print('é日😀\\t', len(xs))\n    return None\n", ["def f(xs):\n    print('é日😀\\t %d' % len(xs))\n", "def f(xs):\n    print('é日😀 ', len(xs))\n"]),
]
SHOWN = [["? shown(f, [1, 2])"], ["? shown(f, [])"], ["? shown(f, [3])[0].split()"], ["? shown(f, [3])[0].strip()"], ["out = io.StringIO()", "old, sys.stdout = sys.stdout, out", "try:\n    f([7])\nfinally:\n    sys.stdout = old", "? out.getvalue()"], ["? f([1])"], ["lines = []", "class W:\n    def write(self, s):\n        lines.append(s)\n    def flush(self): pass", "with contextlib.redirect_stdout(W()):\n    f([4])", "? ''.join(lines)"], ["? shown(f, [1])[1]", "? shown(f, [2])[0]"], ["with contextlib.redirect_stdout(io.StringIO()) as out:\n    print('before')\n    f([1])\n    print('after')", "? out.getvalue()"], ["with contextlib.redirect_stderr(io.StringIO()) as err:\n    shown(f, [1])", "? err.getvalue()"],
         ["import unittest.mock as mock", "with mock.patch('sys.stdout', new_callable=io.StringIO) as out:\n    f([5])", "? out.getvalue()"], ["import unittest.mock as mock", "with mock.patch('builtins.print') as p:\n    with contextlib.redirect_stdout(io.StringIO()):\n        f([5])", "? p.called"]]


def printed(draw):
    """What a candidate prints, captured by the test."""
    reference, others = draw.one(PRINTS)
    return Family(reference, [[_CAPTURE]] + draw.some(SHOWN, 3), [("other way", other) for other in others])


STATES = [
    ("total = 0\ndef f(x):\n    global total\n    total += x\n    return total\n", ["def f(x):\n    f.total = getattr(f, 'total', 0) + x\n    return f.total\n", "def f(x, t=[0]):\n    t[0] += x\n    return t[0]\n", "def f(x):\n    return x\n", "class S:\n    total = 0\ndef f(x):\n    S.total += x\n    return S.total\n"], [["? f(1)"], ["? f(2)", "? f(3)"], ["? [f(1), f(1)]"]]),
    ("items = {}\ndef f(k, v):\n    items[k] = v\n    return len(items)\ndef look(k):\n    return items.get(k)\n", ["items = []\ndef f(k, v):\n    items[:] = [i for i in items if i[0] != k] + [(k, v)]\n    return len(items)\ndef look(k):\n    return dict(items).get(k)\n", "items = {}\ndef f(k, v):\n    items.setdefault(k, v)\n    return len(items)\ndef look(k):\n    return items.get(k)\n", "def f(k, v):\n    return 1\n"], [["? f('a', 1)"], ["? f('b', [2])", "? look('b')"], ["f('a', 5)", "? look('a')"], ["? look('zz')"], ["look('b').append(3)", "? look('b')"]]),
    ("LIMIT = 10\nNAMES = ['a', 'b']\ndef f(x):\n    return min(x, LIMIT)\n", ["LIMIT = 11\nNAMES = ['a', 'b']\ndef f(x):\n    return min(x, 10)\n", "LIMIT, NAMES = 10, ('a', 'b')\ndef f(x):\n    return x if x < LIMIT else LIMIT\n"], [["? f(3)"], ["? f(30)"], ["? LIMIT"], ["? NAMES"], ["? f(LIMIT + 1)"], ["? len(NAMES)"]]),
    ("import random\nrandom.seed({n})\ndef f(k):\n    random.seed(k)\n    return [random.randint(0, 99) for _ in range(3)]\n", ["import random\ndef f(k):\n    r = random.Random(k)\n    return [r.randint(0, 99) for _ in range(3)]\n", "import random\ndef f(k):\n    random.seed(k + 1)\n    return [random.randint(0, 99) for _ in range(3)]\n"], [["? f({n})"], ["? f(1) == f(1)"], ["? f('s')"], ["? all(0 <= x < 100 for x in f(3))"]]),
    ("def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\n", ["def f(n):\n    r = 0\n    while n:\n        n -= 1\n        r += 1\n    return r\n", "import sys\nsys.setrecursionlimit(100000)\ndef f(n):\n    return n and 1 + f(n - 1)\n", "import functools\n@functools.lru_cache(None)\ndef f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\n", "f = lambda n: 0 if not n else f(n - 1) + 1\n", "def f(n, a=0):\n    return a if n == 0 else f(n - 1, a + 1)\n"], [["? f(10)"], ["? f({deep})"], ["try:\n    f(-1) if {n} % 2 else f(10 ** 4 * 50)\nexcept RecursionError:\n    r = 'deep'\nelse:\n    r = 'flat'", "? r"]]),
    ("def even(n):\n    return n == 0 or odd(n - 1)\ndef odd(n):\n    return n != 0 and even(n - 1)\ndef f(n):\n    return even(n), odd(n)\n", ["def f(n):\n    return n % 2 == 0, n % 2 == 1\ndef even(n):\n    return f(n)[0]\ndef odd(n):\n    return f(n)[1]\n", "def even(n): return True\ndef odd(n): return False\ndef f(n):\n    return even(n), odd(n)\n", "def even(n):\n    return n % 2 == 0\ndef f(n):\n    return (n % 2 == 0, n % 2 == 1)\n"], [["? f({n})"], ["? even({n})"], ["? odd({n})"], ["? [even(i) for i in range(4)]"], ["? even(f(2)[0])"], ["? list(filter(odd, range(6)))"]]),
    ("def encode(s):\n    return ''.join(chr(ord(c) + 1) for c in s)\ndef decode(s):\n    return ''.join(chr(ord(c) - 1) for c in s)\ndef f(s):\n    return decode(encode(s))\n", ["def encode(s):\n    return s.translate({i: i + 1 for i in range(1, 0x3000)})\ndef decode(s):\n    return s.translate({i + 1: i for i in range(1, 0x3000)})\ndef f(s):\n    return s\n", "def encode(s):\n    return ''.join(chr(ord(c) + 1) for c in s)\ndef decode(s):\n    return s\ndef f(s):\n    return s\n", "def f(s):\n    return s\n"], [["? encode('ab')"], ["? decode('bc')"], ["? f('xyz')"], ["? decode(encode('é'))"], ["? all(decode(encode(w)) == w for w in ['a', 'bb', ''])"]]),
    ("import asyncio\nasync def f(n):\n    await asyncio.sleep(0)\n    return n * 2\nasync def both(a, b):\n    return await asyncio.gather(f(a), f(b))\n", ["import asyncio\nasync def f(n):\n    await asyncio.sleep(0.01)\n    return n + n\nasync def both(a, b):\n    return [await f(a), await f(b)]\n", "import asyncio\nasync def f(n):\n    return n * 2\nasync def both(a, b):\n    t = asyncio.create_task(f(b))\n    return [await f(a), await t]\n", "async def f(n):\n    return n\nasync def both(a, b):\n    return [a, b]\n", "def f(n):\n    return n * 2\nasync def both(a, b):\n    return [a * 2, b * 2]\n"], [["import asyncio", "? asyncio.run(f(3))"], ["import asyncio", "? asyncio.run(both(1, 2))"], ["import asyncio, inspect", "c = f(1)", "? inspect.iscoroutine(c)", "c.close()"], ["import asyncio", "async def main():\n    return await f(5) + sum(await both(1, 1))", "? asyncio.run(main())"]]),
    ("def f():\n    name = input()\n    n = int(input('n? '))\n    print(name * n)\n", ["import sys\ndef f():\n    name = sys.stdin.readline().rstrip('\\n')\n    n = int(sys.stdin.readline())\n    print('n? ', end='')\n    print(name * n)\n", "def f():\n    print(input() * int(input('n? ')))\n", "def f():\n    print(input())\n"], [["def feed(text):\n    old_in, old_out = sys.stdin, sys.stdout\n    sys.stdin, sys.stdout = io.StringIO(text), io.StringIO()\n    try:\n        f()\n        return sys.stdout.getvalue()\n    finally:\n        sys.stdin, sys.stdout = old_in, old_out", "? feed('ab\\n2\\n')", "? feed('x\\n0\\n')"]]),
    ("import sys\ndef f(x):\n    if x < 0:\n        sys.exit(3)\n    return x\n", ["def f(x):\n    if x < 0:\n        raise SystemExit(3)\n    return x\n", "def f(x):\n    return x\n", "def f(x):\n    if x < 0:\n        raise ValueError(3)\n    return x\n"], [["? f(1)"], ["? f(0)"]]),
    ("def f(x):\n    \"\"\"Doubles.\"\"\"\n    return x * 2\nf.tag = 'double'\n", ["def f(x):\n    'Doubles.'\n    return x + x\nf.tag = 'double'\n", "f = lambda x: x * 2\n", "def f(x: int) -> int:\n    \"\"\"Doubles.\"\"\"\n    return 2 * x\nsetattr(f, 'tag', 'double')\n"], [["? f(2)"], ["? f.__name__"], ["? f.__doc__"], ["? f.tag"], ["import inspect", "? str(inspect.signature(f))"], ["? callable(f)"], ["? f.__code__.co_argcount"], ["? f.__defaults__"]]),
    ("try:\n    import {missing}\nexcept ImportError:\n    {missing} = None\ndef f(x):\n    return x + 1\n", ["import {missing}\ndef f(x):\n    return x + 1\n", "def f(x):\n    import importlib\n    importlib.import_module('{missing}')\n    return x + 1\n", "from typing import List\ndef f(x: List[int]) -> List[int]:\n    return x + 1\n", "def f(x: List[int]) -> int:\n    return x + 1\n", "from __future__ import annotations\ndef f(x: List[int]) -> Nope:\n    return x + 1\n"], [["? f(1)"], ["? f(1.5)"]]),
]


def lasting(draw):
    reference, others, scripts = draw.one(STATES)
    fill = {"{n}": str(draw.between(2, 60)), "{deep}": str(draw.one([50, 300, 700, 900])), "{missing}": draw.one(["nosuchmodule", "json", "heapq"])}

    def filled(text):
        for name, by in fill.items():
            text = text.replace(name, by)
        return text

    scripts = [[filled(line) for line in script] for script in scripts]
    return Family(filled(reference), draw.some(scripts, 4), [("other way", filled(other)) for other in others])


FAMILIES = [(6, printed), (12, lasting)]
