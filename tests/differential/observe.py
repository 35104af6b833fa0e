"""What tests look at: observations of a value by its type, and the forms in which a test says what it expects."""

from values import literal

ANY = ["_", "_", "_", "type(_).__name__", "bool(_)", "_ is None", "[_]", "(_, 1)", "{'k': _}", "copy.copy(_)", "copy.deepcopy(_)", "_ == _", "not _", "repr(_)", "str(_)", "isinstance(_, (int, list, str))", "isinstance(_, object)", "'%s' % (_,)", "'{!r}'.format(_)"]
NUMBER = [
    "_ + 1", "1 + _", "_ - 3", "2 - _", "_ * 2", "3 * _", "-_", "abs(_)", "_ < 10", "0 <= _", "_ > 5 or _ <= 5", "_ == _ + 0", "max(_, 3)", "min(3, _)", "sum([_, 1])", "'{}'.format(_)", "'%r' % _", "round(_, 2)", "isinstance(_, float)", "_ in (0, 1, 2)",
    "1 <= _ < 100", "float(_)", "int(_)", "_ ** 2", "_ / 4", "sorted([_, 1, -2])", "hash(_) == hash(_)", "divmod(_, 3)", "_ // 2", "_ % 3", "_ % 2 == 0", "format(_, '.3f')", "format(_, '>8')", "abs(_ - 1) < 1e-6", "math.isclose(_, 1)", "math.floor(_)", "round(_)", "complex(_)", "str(_)",
]
INTEGER = ["_ & 7", "_ | 8", "_ ^ 5", "_ << 3", "_ >> 1", "~_", "range(3)[_ % 3]", "[5, 6, 7][_ % 3]", "hex(_)", "bin(_)", "_.bit_length()", "'%d' % _", "'abc' * (_ % 3)", "format(_, ',')", "isinstance(_, int)", "isinstance(_, bool)", "_ is True", "list(range(_ % 4))", "chr(97 + _ % 26)"]
SEQUENCE = [
    "len(_)", "list(_)", "tuple(_)", "_[0]", "_[-1]", "_[1:]", "_[::-1]", "_ + _", "_ * 2", "list(reversed(_))", "list(enumerate(_))", "list(zip(_, range(9)))", "[*_, 0]", "sorted(_, key=repr)", "sorted(map(repr, _))", "1 in _", "_.count(1)", "max(_, key=repr)",
    "all(x == x for x in _)", "any(x is None for x in _)", "sum(1 for _x in _)", "[type(x).__name__ for x in _]", "[repr(x) for x in _]", "(lambda a, *b: (a, b))(*_)", "len(set(map(repr, _)))", "_ < _", "_ == list(_)", "list(map(str, _))", "list(filter(None, _))", "_.index(_[0])", "_ == sorted(_, key=repr)",
    "next(iter(_))", "dict(enumerate(_))", "''.join(map(str, _))", "isinstance(_, list)", "isinstance(_, (list, tuple))", "_ != []", "len(_) == len(list(_))", "sorted(_)", "sum(_)", "max(_)", "functools.reduce(lambda a, b: (a, b), _, 0)",
]
MAPPING = [
    "len(_)", "list(_)", "list(_.items())", "sorted(_.items(), key=repr)", "list(_.keys())", "list(_.values())", "_.get('a')", "_.get('zz', 5)", "'a' in _", "dict(_)", "{**_, 'q': 1}", "_ | {'n': 0}", "_.copy()", "list(reversed(_))", "dict(sorted(_.items(), key=repr))", "{k: type(v).__name__ for k, v in _.items()}",
    "_.items() == _.items()", "_.keys() & {'a'}", "max(_, key=repr)", "isinstance(_, dict)", "_['a']", "_ == dict(_)", "json.dumps(_)", "sum(1 for _k in _)", "_.pop('a', None)",
]
SET = ["len(_)", "sorted(_, key=repr)", "_ | {1}", "_ & {1, 2}", "_ - {1}", "_ ^ {1}", "1 in _", "_ <= _", "_.issubset({1, 2, 3})", "_ == set(_)", "frozenset(_)", "isinstance(_, set)", "set(_)", "bool(_)", "_ < _ | {99}", "list(_)"]
TEXT = [
    "len(_)", "_.upper()", "_.lower()", "_.swapcase()", "_.title()", "_[::-1]", "_ + 'x'", "'x' + _", "_ * 2", "_.split()", "_.split(',')", "list(_)", "'a' in _", "_ in 'hello'", "_.replace('a', 'b')", "_.find('l')", "_.strip()", "_.encode('utf-8', 'surrogatepass')", "_.isalpha()", "_.isdigit()", "sorted(_)",
    "_.casefold()", "_.zfill(5)", "_.center(9, '*')", "format(_, '>6')", "'%s!' % _", "_.startswith('h')", "[ord(c) for c in _]", "_ < 'm'", "_ >= ''", "len(set(_))", "Counter(_)", "_.partition('l')", "'-'.join(_)", "_.count('a')", "isinstance(_, str)", "ascii(_)", "_ == str(_)", "re.findall('[a-z]', _)", "max(_, 'a')", "hash(_) == hash(str(_))", "_.splitlines()",
]
BYTES = ["len(_)", "_[0]", "_[::-1]", "bytes(_)", "list(_)", "_ + b'x'", "_.hex()", "97 in _", "_.find(b'a')", "isinstance(_, bytes)", "b'a' in _", "_ == bytes(_)", "_.upper()", "sum(_)"]
ERROR = ["type(_).__name__", "_.args", "str(_)", "isinstance(_, Exception)"]


def observations(found):
    """Expressions about `_`, which stands for a value like `found`."""
    kinds = list(ANY)
    if isinstance(found, bool) or isinstance(found, int):
        kinds += NUMBER + INTEGER
    elif isinstance(found, (float, complex)) or type(found).__name__ in ("Fraction", "Decimal"):
        kinds += NUMBER
    elif isinstance(found, str):
        kinds += TEXT
    elif isinstance(found, (bytes, bytearray, memoryview)):
        kinds += BYTES
    elif isinstance(found, dict):
        kinds += MAPPING
    elif isinstance(found, (set, frozenset)):
        kinds += SET
    elif isinstance(found, BaseException):
        kinds += ERROR
    elif hasattr(found, "__iter__"):
        kinds += SEQUENCE
    return kinds


def states(draw, expression, found):
    """A statement that holds if `expression` has the value `found`, in one of many forms; None where there is none."""
    expected = literal(found)
    if expected is None:
        return None
    forms = [(6, "assert {e} == {l}"), (2, "assert {l} == {e}"), (1, "assert not ({e} != {l})"), (1, "assert {e} in [{l}]"), (1, "assert [{e}] == [{l}]"), (1, "assert ({e}, 0) == ({l}, 0)"),
             (1, "if {e} != {l}:\n    raise AssertionError('differs')"), (1, "got = {e}\nassert got == {l}, got"), (1, "assert all(a == b for a, b in [({e}, {l})])"), (1, "assert {{'k': {e}}} == {{'k': {l}}}"), (1, "for got, want in zip([{e}], [{l}]):\n    assert got == want"),
             (1, "import unittest\nunittest.TestCase().assertEqual({e}, {l})"), (1, "assert any([{e} == {l}])"), (1, "assert list(map(lambda x: x == {l}, [{e}])) == [True]")]
    if found is None:
        forms += [(8, "assert {e} is None")]
    elif type(found) is bool:
        forms += [(8, "assert {e}" if found else "assert not {e}"), (2, "assert ({e}) is {l}")]
    elif type(found) is float and abs(found) < 1e300:
        forms += [(4, "assert abs({e} - {l}) < 1e-6"), (2, "assert math.isclose({e}, {l}, abs_tol=1e-9)"), (2, "assert round({e}, 3) == round({l}, 3)"), (1, "assert {l} - 1e-9 <= {e} <= {l} + 1e-9"), (1, "assert format({e}, '.4e') == format({l}, '.4e')")]
    elif type(found) in (list, tuple) and found:
        forms += [(2, "assert len({e}) == %d and {e}[-1] == {l}[-1]" % len(found)), (1, "assert sorted({e}, key=repr) == sorted({l}, key=repr)"), (1, "first, *rest = {e}\nassert [first, *rest] == list({l})"), (1, "assert str({e}) == str({l})"), (1, "assert all(a == b for a, b in zip({e}, {l}))")]
    elif type(found) is int:
        forms += [(1, "assert {l} <= {e} <= {l}"), (1, "assert {e} - {l} == 0"), (1, "assert not {e} - {l}"), (1, "assert '%d' % {e} == str({l})"), (1, "assert abs({e} - ({l})) < 0.5")]
    elif type(found) is str:
        forms += [(1, "assert {e} + '.' == {l} + '.'"), (1, "assert len({e}) == len({l})"), (1, "assert {e}.endswith({l})")]
    return draw.weighted(forms).format(e=expression, l=expected)
