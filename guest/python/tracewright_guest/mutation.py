"""Mutants: programs that differ from a given one by one small mistake, as people and models make them.

Every mutant is the program's own text with one piece replaced, so that comments and layout stay. The operators are those of mutation
testing (arithmetic, relational and conditional operator replacement, statement deletion) and of studies of students' bugs.
"""

import ast
import random
import re

_COMPARISONS = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">=")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<=")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
}
_ARITHMETIC = {
    ast.Add: ("+", ("-", "*")),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("+", "**")),
    ast.Div: ("/", ("//", "*")),
    ast.FloorDiv: ("//", ("%", "/")),
    ast.Mod: ("%", ("//",)),
    ast.Pow: ("**", ("*",)),
    ast.BitAnd: ("&", ("|",)),
    ast.BitOr: ("|", ("&",)),
    ast.BitXor: ("^", ("|",)),
    ast.LShift: ("<<", (">>",)),
    ast.RShift: (">>", ("<<",)),
}
_CALLS = {
    pair[i]: pair[1 - i]
    for pair in (
        ("min", "max"), ("any", "all"), ("sum", "len"), ("upper", "lower"), ("isupper", "islower"), ("isdigit", "isalpha"),
        ("startswith", "endswith"), ("find", "rfind"), ("index", "rindex"), ("lstrip", "rstrip"), ("union", "intersection"),
        ("keys", "values"), ("ceil", "floor"),
    )
    for i in (0, 1)
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def mutants(source, most, seed):
    """At most `most` of `[(operator, line, program)]`, drawn with `seed`, but one of each operator before the second of any: half of all
    read a wrong variable. None equals `source` or another as a syntax tree. Empty where `source` does not compile."""
    try:
        tree = ast.parse(source)
        seen = {ast.dump(tree)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    text = _Text(source)
    found = []
    for start, end, operator, replacement in _drawn(sorted(set(_edits(tree, text))), random.Random(seed)):
        if len(found) >= most:
            break
        program = text.replaced(start, end, replacement)
        try:
            mutant = ast.parse(program)
            compile(mutant, "mutant", "exec")
            shape = ast.dump(mutant)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        if shape not in seen:
            seen.add(shape)
            found.append((operator, text.line(start), program))
    return found


def _drawn(edits, choice):
    """The edits in random order, by turns."""
    choice.shuffle(edits)
    turns = {}
    ranked = []
    for edit in edits:
        turns[edit[2]] = turns.get(edit[2], -1) + 1
        ranked.append((turns[edit[2]], edit))
    ranked.sort(key=lambda pair: pair[0])
    return [edit for _, edit in ranked]


def normalise(source):
    """The program's syntax tree as text, without what does not bear on what it does: layout, comments, docstrings, annotations. `None`
    where it does not compile."""
    try:
        tree = ast.parse(source)
        compile(tree, "program", "exec")
        return ast.dump(_Bare().visit(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class _Bare(ast.NodeTransformer):
    def visit(self, node):
        self.generic_visit(node)
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Module)):
            node.body = [s for i, s in enumerate(node.body) if not _is_text(s) or (i == 0 == len(node.body) - 1)]
            if len(node.body) == 1 and _is_text(node.body[0]):
                node.body = [ast.Pass()]
        if isinstance(node, _FUNCTIONS):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return ast.Assign(targets=[node.target], value=node.value)
        return node


def _is_text(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)


class _Text:
    """The source as bytes, which is what the columns of syntax trees count."""

    def __init__(self, source):
        self.bytes = source.encode("utf-8", "surrogatepass")
        # Line ends as the parser sees them: a form feed is none.
        self.starts = [0] + [m.end() for m in re.finditer(rb"\r\n|\r|\n", self.bytes)]

    def at(self, line, column):
        return self.starts[line - 1] + column

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def of(self, node):
        start, end = self.span(node)
        return self.bytes[start:end].decode("utf-8", "surrogatepass")

    def replaced(self, start, end, text):
        return (self.bytes[:start] + text.encode("utf-8", "surrogatepass") + self.bytes[end:]).decode("utf-8", "surrogatepass")

    def line(self, at):
        return sum(start <= at for start in self.starts)

    def operator(self, left, right, symbol):
        """Where the operator between two operands stands."""
        start, end = self.span(left)[1], self.span(right)[0]
        words = rb"\s+".join(re.escape(word) for word in symbol.encode().split())
        found = re.search(rb"\b%s\b" % words if symbol[0].isalpha() else words, self.bytes[start:end])
        return (start + found.start(), start + found.end()) if found else None


def _edits(tree, text):
    """All replacements, as `(start, end, operator, text)`."""
    documentation = {id(node.value) for node in ast.walk(tree) if _is_expression(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield from _constant(node, text)
        elif isinstance(node, ast.Compare):
            yield from _compare(node, text)
        elif isinstance(node, ast.BinOp):
            yield from _arithmetic(node, text)
        elif isinstance(node, ast.AugAssign):
            yield from _augmented(node, text)
        elif isinstance(node, ast.BoolOp):
            yield from _boolean(node, text)
        elif isinstance(node, ast.UnaryOp):
            yield from _unary(node, text)
        elif isinstance(node, ast.Call):
            yield from _call(node, text)
        elif isinstance(node, ast.Subscript):
            yield from _subscript(node, text)
        elif isinstance(node, (ast.If, ast.While)):
            yield from _condition(node, text)
        if isinstance(node, _FUNCTIONS):
            yield from _variables(node, text)
        for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
            if isinstance(body, list) and not isinstance(node, (ast.Module, ast.ClassDef)):
                yield from _statements(body, text)


def _is_expression(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _constant(node, text):
    start, end = text.span(node)
    if isinstance(node.value, bool):
        yield start, end, "wrong_constant", str(not node.value)
    elif isinstance(node.value, int) and abs(node.value) < 10**9:
        yield start, end, "off_by_one", str(node.value + 1)
        if node.value > 0:
            yield start, end, "off_by_one", str(node.value - 1)
    elif isinstance(node.value, str) and text.bytes[start : start + 1] in (b"'", b'"'):
        for old, new in (("", " "), (" ", "")):
            if node.value == old:
                yield start, end, "wrong_constant", repr(new)


def _compare(node, text):
    operands = [node.left, *node.comparators]
    for i, operator in enumerate(node.ops):
        symbol, others = _COMPARISONS[type(operator)]
        place = text.operator(operands[i], operands[i + 1], symbol)
        for other in others if place else ():
            yield *place, "wrong_comparison", other


def _arithmetic(node, text):
    symbol, others = _ARITHMETIC.get(type(node.op), ("", ()))
    place = text.operator(node.left, node.right, symbol) if symbol else None
    for other in others if place else ():
        yield *place, "wrong_operator", other
    if isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod)) and place:
        yield from _swap(node.left, node.right, "swapped_operands", text)


def _augmented(node, text):
    symbol, others = _ARITHMETIC.get(type(node.op), ("", ()))
    place = text.operator(node.target, node.value, symbol + "=") if symbol else None
    for other in others if place else ():
        yield *place, "wrong_operator", other + "="
    if place:
        yield *place, "wrong_operator", "="


def _boolean(node, text):
    symbol, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    places = [text.operator(left, right, symbol) for left, right in zip(node.values, node.values[1:])]
    for place in places:
        if place:
            yield *place, "wrong_connective", other
    # From operand to operand, so that no space is left to tell where something was.
    start, end = text.span(node)
    if places[0]:
        after = text.bytes[places[0][1] : end]
        yield start, end - len(after.lstrip()), "dropped_condition", ""
    if places[-1]:
        before = text.bytes[start : places[-1][0]]
        yield start + len(before.rstrip()), end, "dropped_condition", ""


def _unary(node, text):
    start, end = text.span(node)
    if isinstance(node.op, ast.Not):
        loose = isinstance(node.operand, (ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr))
        yield start, end, "negated_condition", ("(%s)" if loose else "%s") % text.of(node.operand)
    elif isinstance(node.op, ast.USub):
        yield start, end, "wrong_sign", text.of(node.operand)


def _call(node, text):
    name = node.func
    if isinstance(name, ast.Name) and name.id in _CALLS:
        yield *text.span(name), "wrong_function", _CALLS[name.id]
    elif isinstance(name, ast.Attribute) and name.attr in _CALLS:
        end = text.span(name)[1]
        yield end - len(name.attr.encode()), end, "wrong_function", _CALLS[name.attr]
    for left, right in zip(node.args, node.args[1:]):
        yield from _swap(left, right, "swapped_arguments", text)
    if isinstance(name, ast.Name) and name.id == "range":
        for bound in node.args[:2]:
            if not isinstance(bound, ast.Constant):
                yield from _beside(bound, text)


def _subscript(node, text):
    if isinstance(node.slice, ast.Name):
        yield from _beside(node.slice, text)


def _beside(node, text):
    """One more and one less than an expression."""
    place = text.span(node)
    yield *place, "off_by_one", text.of(node) + " + 1"
    yield *place, "off_by_one", text.of(node) + " - 1"


def _swap(left, right, operator, text):
    (start, first), (second, end) = text.span(left), text.span(right)
    between = text.bytes[first:second].decode("utf-8", "surrogatepass")
    # A bracket between them closes one that is outside of both.
    if not set(between) & set("()[]{}"):
        yield start, end, operator, text.of(right) + between + text.of(left)


def _condition(node, text):
    start, end = text.span(node.test)
    if not (isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)):
        yield start, end, "negated_condition", "not (%s)" % text.of(node.test)
    if isinstance(node, ast.If) and node.orelse:
        # From the end of the body to the end of the statement.
        yield text.span(node.body[-1])[1], text.span(node)[1], "dropped_branch", ""


def _statements(body, text):
    """Deletions, and a `return` behind a loop that slips into it."""
    for i, statement in enumerate(body):
        start, end = text.span(statement)
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Return, ast.Break, ast.Continue)) or (
            isinstance(statement, ast.Expr) and not _is_expression(statement)
        ):
            yield start, end, "dropped_statement", "pass"
        if i and isinstance(statement, ast.Return) and isinstance(body[i - 1], (ast.For, ast.While)) and not body[i - 1].orelse:
            inner = body[i - 1].body[-1]
            line = text.starts[statement.lineno - 1]
            # Only where each stands on lines of its own.
            if text.bytes[line:start].strip() == b"" and inner.lineno > body[i - 1].lineno:
                indent = text.bytes[text.starts[body[i - 1].body[0].lineno - 1] :][: body[i - 1].body[0].col_offset]
                if indent.strip() == b"":
                    yield line, start, "early_return", indent.decode()


def _variables(function, text):
    """Each variable that is read, by each other one that has a value by then."""
    first = {}
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None:
            first[argument.arg] = function.lineno
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    for node in nodes:
        if isinstance(node.ctx, ast.Store):
            first[node.id] = min(first.get(node.id, node.lineno), node.lineno)
    for node in nodes:
        if isinstance(node.ctx, ast.Load) and node.id in first:
            for other, line in first.items():
                if other != node.id and line < node.lineno:
                    yield *text.span(node), "wrong_variable", other
