"""Candidates made from a reference: the same program in another style, and one small change that may or may not matter."""

import ast
import copy

_COMPARE = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}
_BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.FloorDiv, ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "list": "tuple", "tuple": "list", "set": "frozenset", "map": "filter", "int": "float", "float": "int", "sum": "len", "ValueError": "KeyError", "KeyError": "ValueError", "IndexError": "LookupError", "TypeError": "ValueError", "next": "list"}
_METHODS = {"append": "extend", "extend": "append", "upper": "lower", "lower": "upper", "keys": "values", "values": "keys", "items": "keys", "pop": "remove", "add": "discard", "update": "clear", "sort": "reverse", "popleft": "pop", "get": "pop", "strip": "lstrip", "find": "index", "index": "find", "appendleft": "append"}
#: What a candidate may make of what it returns: what is natively equal, nearly so, or not at all.
_WRAPPERS = [
    "list(_)", "tuple(_)", "iter(_)", "[_]", "str(_)", "copy.copy(_)", "copy.deepcopy(_)", "None", "(_, _)", "int(_)", "float(_)", "bool(_)", "set(_)", "dict(_)", "_ or None", "_ and _", "(x for x in _)", "map(lambda x: x, _)", "reversed(_)", "sorted(_)", "[*_]", "_ + _",
    "_[:]", "-_", "_ + 0", "_ * 1.0", "complex(_)", "deque(_)", "frozenset(_)", "subclass(_)", "subclass(_)", "subclass(_)", "nested(_)", "lambda: _", "Fraction(_)", "Decimal(_)", "bytearray(_)", "bytes(_)", "OrderedDict(_)", "Counter(_)", "filter(lambda x: True, _)", "enumerate(_)", "zip(_, _)",
    "_.keys()", "member(_)", "(yield_from(_))", "float('nan')", "pow(_, 1)", "'%s' % (_,)", "type(_)(_)", "array.array('l', _)", "memoryview(_)", "range(*_)", "print(_)",
]
_PRELUDE = """import array, copy, enum
from collections import Counter, OrderedDict, deque
from decimal import Decimal
from fractions import Fraction
class Int(int): pass
class Float(float): pass
class Text(str): pass
class List(list): pass
class Tuple(tuple): pass
class Dict(dict): pass
class Set(set): pass
class Bytes(bytes): pass
_KINDS = {int: Int, float: Float, str: Text, list: List, tuple: Tuple, dict: Dict, set: Set, bytes: Bytes}
def subclass(x):
    return _KINDS.get(type(x), lambda same: same)(x)
def nested(x):
    if type(x) in (list, tuple, set):
        return subclass(type(x)(nested(y) for y in x))
    if type(x) is dict:
        return Dict((k, nested(v)) for k, v in x.items())
    return subclass(x)
def member(x):
    if type(x) is int:
        return enum.IntEnum('Number', {'ONE': x}).ONE
    if type(x) is str:
        return enum.StrEnum('Word', {'ONE': x}).ONE
    return x
def yield_from(x):
    yield from x
"""


def styled(source, draw):
    """The same program, written in another style."""
    tree = ast.parse(source)
    names = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    calls = {keyword.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords}
    text = ast.unparse(tree)
    if draw.chance(0.4):
        text = "# rewritten\n" + text
    if draw.chance(0.3):
        text += "\n\nif __name__ == '__main__':\n    raise SystemExit('not a script')\n"
    if draw.chance(0.2) and not names & calls:
        text = "unused = object()\n" + text
    return text + "\n"


def mutants(source, draw, count):
    """`(label, source)` of programs with one change each."""
    made = []
    for _ in range(count * 3):
        if len(made) == count:
            break
        tree = ast.parse(source)
        label = draw.weighted([(5, _wrap_return), (6, _one_node), (2, _drop_statement), (1, _drop_import), (1, _share), (1, _raise)])(tree, draw)
        if label is None:
            continue
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        if label.startswith("return "):
            text = _PRELUDE + text
        if text not in [other for _, other in made]:
            made.append((label, text))
    return made


def _wrap_return(tree, draw):
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    if not returns:
        return None
    node, wrapper = draw.one(returns), draw.one(_WRAPPERS)
    value, wrapped = node.value, ast.parse(wrapper, mode="eval").body
    twice = sum(isinstance(part, ast.Name) and part.id == "_" for part in ast.walk(wrapped)) > 1
    if twice:
        call = ast.parse("(lambda _: %s)(0)" % wrapper, mode="eval").body
        call.args = [value]
        node.value = call
    else:
        node.value = _Put(value).visit(wrapped)
    return "return " + wrapper


class _Put(ast.NodeTransformer):
    def __init__(self, value):
        self.value = value

    def visit_Name(self, node):
        return copy.deepcopy(self.value) if node.id == "_" else node


def _one_node(tree, draw):
    changes = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, str, bool, bytes):
            changes.append((_constant, node))
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
            changes.append((_compare, node))
        elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in _BINARY:
            changes.append((_binary, node))
        elif isinstance(node, ast.BoolOp):
            changes.append((_boolean, node))
        elif isinstance(node, ast.Name) and node.id in _NAMES and isinstance(node.ctx, ast.Load):
            changes.append((_name, node))
        elif isinstance(node, ast.Attribute) and node.attr in _METHODS:
            changes.append((_method, node))
        elif isinstance(node, ast.Call) and len(node.args) > 1:
            changes.append((_arguments, node))
        elif isinstance(node, (ast.If, ast.While, ast.IfExp)) and not isinstance(node, ast.While):
            changes.append((_condition, node))
    if not changes:
        return None
    change, node = draw.one(changes)
    return change(node, draw)


def _constant(node, draw):
    old = node.value
    if type(old) is bool:
        node.value = not old
    elif type(old) is int:
        node.value = old + draw.one([-1, 1])
    elif type(old) is float:
        node.value = draw.one([-old, old + 1e-9, old + 1])
    else:
        node.value = draw.one([old + old[:1], old[1:]])
    return "constant %r" % (old,)


def _compare(node, draw):
    node.ops[0] = _COMPARE[type(node.ops[0])]()
    return "comparison"


def _binary(node, draw):
    node.op = _BINARY[type(node.op)]()
    return "operator"


def _boolean(node, draw):
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return "and/or"


def _name(node, draw):
    old, node.id = node.id, _NAMES[node.id]
    return "name %s" % old


def _method(node, draw):
    old, node.attr = node.attr, _METHODS[node.attr]
    return "method %s" % old


def _arguments(node, draw):
    node.args[0], node.args[1] = node.args[1], node.args[0]
    return "arguments swapped"


def _condition(node, draw):
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return "condition negated"


def _drop_statement(tree, draw):
    bodies = [node.body for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list) and not isinstance(node, ast.Module)]
    if not bodies:
        return None
    body = draw.one(bodies)
    index = draw.below(len(body))
    if isinstance(body[index], (ast.While, ast.For)) or any(isinstance(other, ast.While) for other in body):
        return None
    body[index] = ast.Pass()
    return "statement dropped"


def _drop_import(tree, draw):
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    if not imports:
        return None
    tree.body.remove(draw.one(imports))
    return "import dropped"


def _share(tree, draw):
    """`[e for _ in range(n)]` becomes `[e] * n`; `x[:]`, `list(x)` and `x.copy()` become `x`."""
    for node in ast.walk(tree):
        for name, child in ast.iter_fields(node):
            if isinstance(child, ast.ListComp) and isinstance(child.generators[0].iter, ast.Call) and getattr(child.generators[0].iter.func, "id", "") == "range":
                count = child.generators[0].iter.args[0]
                setattr(node, name, ast.BinOp(ast.List([child.elt], ast.Load()), ast.Mult(), count))
                return "shared"
            if isinstance(child, ast.Call) and getattr(child.func, "id", "") in ("list", "dict", "sorted") and len(child.args) == 1:
                setattr(node, name, child.args[0])
                return "not copied"
            if isinstance(child, ast.Call) and getattr(child.func, "attr", "") == "copy" and not child.args:
                setattr(node, name, child.func.value)
                return "not copied"
    return None


def _raise(tree, draw):
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    if not functions:
        return None
    error = draw.one(["ValueError('no')", "StopIteration", "KeyError('k')", "AssertionError", "IndexError()", "Exception('x', 1)", "RuntimeError('r')", "ZeroDivisionError", "SystemExit(0)", "OSError(2, 'gone')", "RecursionError"])
    function = draw.one(functions)
    function.body.insert(draw.below(len(function.body) + 1), ast.parse("raise " + error).body[0])
    return "raise " + error
