"""Exceptions: raised, caught, chained, grouped, with their own classes, texts and attributes, from either side."""

from draw import Family

RAISES = ["ValueError('bad')", "ValueError('bad', 3)", "ValueError", "KeyError('k')", "KeyError(('a', 1))", "IndexError('i')", "ZeroDivisionError('z')", "TypeError('t')", "OSError(2, 'gone')", "OSError(2, 'gone', 'file')", "RuntimeError()", "NotImplementedError('later')", "AttributeError('a')", "LookupError([1, 2])", "ArithmeticError(1.5)", "UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')",
          "StopIteration(5)", "AssertionError('claim')", "Exception({'a': 1})", "FileNotFoundError(2, 'no')", "TimeoutError('slow')", "OverflowError('o')", "RecursionError('deep')", "EOFError", "ImportError('m', name='n')", "NameError('n')", "Own('o', 1)", "Own()", "Coded(7)", "Coded(code=7)", "Loud('x')", "Child('c')", "ExceptionGroup('g', [ValueError(1), KeyError(2)])", "Note()", "ConnectionError('c')", "SyntaxError('s')", "PermissionError(13, 'p')", "Warning('w')", "BufferError('b')"]
_CLASSES = """class Own(Exception):
    pass
class Child(Own):
    pass
class Coded(ValueError):
    def __init__(self, code=0):
        super().__init__('code %d' % code)
        self.code = code
class Loud(Exception):
    def __init__(self, what):
        self.what = what
    def __str__(self):
        return self.what.upper() + '!'
class Note(Exception):
    def __init__(self):
        super().__init__('noted', 1)
        self.add_note('a note')
"""
CATCH = [
    ["try:\n    f({n})\nexcept {t} as e:\n    caught = e", "? str(caught)", "? caught.args"], ["try:\n    f({n})\nexcept {t}:\n    ok = True\nelse:\n    ok = False", "? ok"], ["try:\n    f({n})\nexcept Exception as e:\n    name = type(e).__name__", "? name"], ["try:\n    f({n})\nexcept ({t}, MemoryError) as e:\n    r = repr(e)", "? r"], ["? f({n})"], ["? f(100)"], ["with contextlib.suppress({t}):\n    f({n})\n    assert False, 'no error'"],
    ["import unittest\nwith unittest.TestCase().assertRaises({t}) as c:\n    f({n})", "? str(c.exception)"], ["got = None\ntry:\n    got = f({n})\nexcept {t}:\n    pass\nfinally:\n    done = 1", "? got", "? done"], ["def outcome(g, *a):\n    try:\n        return g(*a)\n    except Exception as e:\n        return type(e).__name__, e.args", "? outcome(f, {n})", "? [outcome(f, i) for i in (100, {n})]"], ["try:\n    f({n})\nexcept {t} as e:\n    cause = e.__cause__", "? type(cause).__name__"],
    ["import unittest\nwith unittest.TestCase().assertRaisesRegex({t}, ''):\n    f({n})"], ["try:\n    f({n})\nexcept {t} as e:\n    x = isinstance(e, Exception), isinstance(e, LookupError), isinstance(e, ValueError)", "? x"], ["try:\n    f({n})\nexcept {t} as e:\n    r = getattr(e, 'code', 'none'), getattr(e, 'errno', 'none'), getattr(e, 'what', 'none')", "? r"], ["for i in range(3):\n    try:\n        f({n})\n    except {t}:\n        continue\n    assert False", "? i"],
    ["try:\n    f({n})\nexcept {t} as e:\n    try:\n        raise RuntimeError('outer') from e\n    except RuntimeError as o:\n        m = type(o.__cause__).__name__", "? m"], ["r = []\ntry:\n    r.append(f(100))\n    r.append(f({n}))\nexcept {t} as e:\n    r.append('%s' % e)", "? r"], ["try:\n    f({n})\nexcept BaseException as e:\n    r = f'{{e}}'", "? r"],
]


def raised(draw):
    """A function that raises for some arguments."""
    error, n = draw.one(RAISES), draw.between(0, 5)
    name = error.partition("(")[0]
    way = draw.one(["    if x == {n}:\n        raise {e}\n    return x\n", "    return x if x != {n} else fail()\ndef fail():\n    raise {e}\n", "    try:\n        1 // (x - {n})\n    except ZeroDivisionError as z:\n        raise {e} from z\n    return x\n", "    try:\n        {{}}[x]\n    except KeyError:\n        if x == {n}:\n            raise {e} from None\n    return x\n", "    assert x != {n} or throw()\n    return x\ndef throw():\n    raise {e}\n", "    try:\n        if x == {n}:\n            raise {e}\n    finally:\n        log.append(x)\n    return x\n"])
    make = lambda error: _CLASSES + "log = []\ndef f(x):\n" + way.format(n=n, e=error)
    others = [("other error", make(draw.one(RAISES))), ("other error", make(draw.one(RAISES))), ("caught", make(error).replace("    return x\n", "    return str(x)\n", 1))]
    catch = draw.one([name, name, name, "Exception", "LookupError", "(ValueError, KeyError)", "OSError", "Own"]) if draw.chance(0.3) else name
    scripts = [[line.format(n=n, t=catch) if not line.startswith("? ") else line.replace("{n}", str(n)) for line in script] for script in draw.some(CATCH, 3)]
    return Family(make(error), scripts, others)


CALLED = [
    ("def f(g):\n    try:\n        return g()\n    except ValueError as e:\n        return str(e)\n", ["def f(g):\n    try:\n        return g()\n    except Exception as e:\n        return str(e)\n", "def f(g):\n    return g()\n"]), ("def f(g):\n    return g()\n", ["def f(g):\n    r = g()\n    return r\n", "def f(g):\n    try:\n        return g()\n    except Exception:\n        return None\n"]),
    ("def f(g):\n    try:\n        g()\n    except Exception as e:\n        return e\n", ["def f(g):\n    try:\n        g()\n    except ValueError as e:\n        return e\n"]), ("def f(g):\n    try:\n        g()\n    except Exception as e:\n        raise RuntimeError('wrapped') from e\n", ["def f(g):\n    try:\n        g()\n    except Exception:\n        raise RuntimeError('wrapped')\n", "def f(g):\n    g()\n"]),
    ("def f(g, tries=3):\n    for i in range(tries):\n        try:\n            return i, g()\n        except Exception as e:\n            last = e\n    raise last\n", ["def f(g, tries=3):\n    for i in range(tries):\n        try:\n            return (i, g())\n        except Exception:\n            if i == tries - 1:\n                raise\n", "def f(g, tries=3):\n    return 0, g()\n"]), ("def f(g):\n    try:\n        return g()\n    finally:\n        log.append('done')\nlog = []\ndef done():\n    return log\n", ["log = []\ndef f(g):\n    r = g()\n    log.append('done')\n    return r\ndef done():\n    return log\n"]),
]
FAILS = ["def g():\n    raise ValueError('from g')", "def g():\n    raise KeyError('k')", "class Mine(Exception):\n    pass\ndef g():\n    raise Mine('m', 2)", "class Mine(ValueError):\n    def __str__(self):\n        return 'mine'\ndef g():\n    raise Mine()", "state = []\ndef g():\n    state.append(1)\n    if len(state) % 3:\n        raise OSError('try again')\n    return 'fine'", "def g():\n    return 1 / 0", "def g():\n    return 5", "g = lambda: [][1]", "def g():\n    assert False, 'inner'"]


def called(draw):
    """Errors of a test's function that pass through the candidate."""
    reference, others = draw.one(CALLED)
    fail = draw.one(FAILS)
    pool = [["? f(g)"], ["try:\n    r = f(g)\nexcept Exception as e:\n    r = type(e).__name__, e.args", "? r if not isinstance(r, Exception) else (type(r).__name__, r.args)"], ["try:\n    f(g)\nexcept Exception as e:\n    r = type(e.__cause__).__name__, str(e)\nelse:\n    r = None", "? r"], ["try:\n    g()\nexcept Exception as e:\n    kind = type(e)\nelse:\n    kind = ()", "try:\n    f(g)\nexcept kind:\n    same = True\nexcept Exception:\n    same = False\nelse:\n    same = None", "? same"]]
    if "def done" in reference:
        pool.append(["with contextlib.suppress(Exception):\n    f(g)", "? done()"])
    return Family(reference, [[fail, *script] for script in draw.some(pool, 2)], [("other way", other) for other in others])


RETURNED = ["ValueError('v')", "KeyError(1)", "Own('o', [1])", "Coded(3)", "Loud('x')", "OSError(2, 'gone')", "ZeroDivisionError", "StopIteration(1)", "ExceptionGroup('g', [ValueError(1)])", "[ValueError('a'), None]", "(KeyError('k'), 1)", "{'e': Own()}"]


def returned(draw):
    """Exceptions as values."""
    expression = draw.one(RETURNED)
    reference = _CLASSES + "def f():\n    return %s\n" % expression
    pool = ["? type(f()).__name__", "? repr(f())", "? str(f())", "? f().args", "? isinstance(f(), Exception)", "? getattr(f(), 'code', None)", "? isinstance(f(), ValueError)", "? f() is f()", "? len(f())", "? type(f()[0]).__name__", "? bool(f())"]
    scripts = [[one] for one in draw.some(pool, 3)] + [["try:\n    raise f()\nexcept Exception as e:\n    r = type(e).__name__", "? r"]]
    return Family(reference, scripts, [("other", _CLASSES + "def f():\n    return %s\n" % draw.one(RETURNED))])


FAMILIES = [(12, raised), (6, called), (4, returned)]
