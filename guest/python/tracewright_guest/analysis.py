"""What the tests of a suite need, found once a task from trusted (or at least fixed) program text."""

import ast
import builtins
import textwrap

from . import tester, wire

#: Longest statement that is shown whole for a failure, in characters.
TEXT_BOUND = tester.TEXT_BOUND


def analyse(tests, program):
    """`{name: kind}` for the free names of the tests, those called first: kind is `function`, `class`, `exception B` (a class
    derived from the builtin exception `B`) or `other` (as `program` defines it at top level), the import statement that brings
    it, `missing`, `missing base` where the tests derive a class from it, or `missing exception` where they catch it. A syntax error in either gives what could be found."""
    free = []
    try:
        tree = ast.parse("\n".join(tests))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    bound = _bound_names(tree)
    kinds = _definitions(program)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            # A program may redefine a builtin that the tests call (`def sum(...)`): its definition counts.
            builtin = hasattr(builtins, name) and kinds.get(name) != "function"
            if name not in bound and name not in free and not builtin:
                free.append(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            name = node.id
            if name not in bound and name not in free and not hasattr(builtins, name):
                free.append(name)
    bases = {base.id for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases if isinstance(base, ast.Name)}
    caught = _caught_names(tree)
    missing = lambda name: "missing base" if name in bases else "missing exception" if name in caught else "missing"
    return {name: kinds.get(name, missing(name)) for name in free}


def direct_calls(setup, tests):
    """`(name, request, call, expected, expected-text)` for the first tests, as far as each is `assert name(literals) == literal` on
    one row: what the stub would ask, the call as text, and what the answer is compared with. Such tests touch nothing else, so
    that the host can run them (`src/judge/direct.rs`)."""
    found = []
    if setup.strip():
        return found
    for source in tests:
        call = _direct_call(source)
        if call is None:
            break
        found.append(call)
    return found


def _direct_call(source):
    try:
        statement, = ast.parse(source).body
        if not isinstance(statement, ast.Assert) or statement.msg is not None:
            return None
        compare = statement.test
        if not isinstance(compare, ast.Compare) or [type(op) for op in compare.ops] != [ast.Eq]:
            return None
        call, right = compare.left, compare.comparators[0]
        whole = statement.lineno == statement.end_lineno == 1 and ast.get_source_segment(source, statement) == source
        if not whole or len(source) > TEXT_BOUND or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return None
        # A set's order depends on how it was built.
        if any(isinstance(node, (ast.Set, ast.Starred)) for node in ast.walk(statement)):
            return None
        # `set()` is a literal to `literal_eval`, and a call to the tester.
        if sum(isinstance(node, ast.Call) for node in ast.walk(statement)) > 1:
            return None
        # What parses may still not compile.
        compile(source, tester.FILENAME, "exec", dont_inherit=True)
        if any(keyword.arg is None for keyword in call.keywords):
            return None
        name = call.func.id
        args = tuple(ast.literal_eval(argument) for argument in call.args)
        kwargs = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
        expected = ast.literal_eval(right)
        request = wire.encode(("call", name, args, kwargs, None))
        return (name, request, tester.call_text(name, args, kwargs), expected, tester.text(expected))
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, wire.NotPlainData):
        return None


def _caught_names(tree):
    """Names of what tests catch: after `except`, and what `raises(...)` and its like take first."""
    found = set()
    for node in ast.walk(tree):
        caught = None
        if isinstance(node, ast.ExceptHandler):
            caught = node.type
        elif isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            caught = node.args[0] if name in ("raises", "assertRaises", "assertRaisesRegex", "suppress") else None
        for part in caught.elts if isinstance(caught, ast.Tuple) else (caught,):
            if isinstance(part, ast.Name):
                found.add(part.id)
    return found


def _bound_names(tree):
    bound = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                bound.add((alias.asname or alias.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return bound


def _class_kind(node, kinds):
    for base in node.bases:
        if isinstance(base, ast.Name):
            known = getattr(builtins, base.id, None)
            if isinstance(known, type) and issubclass(known, BaseException):
                return "exception " + base.id
            if kinds.get(base.id, "").startswith("exception "):
                return kinds[base.id]
    return "class"


def _definitions(program):
    kinds = {}
    try:
        body = ast.parse(program).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return kinds
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            kinds[node.name] = "function"
        elif isinstance(node, ast.ClassDef):
            kinds[node.name] = _class_kind(node, kinds)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                kinds[(alias.asname or alias.name).split(".")[0]] = ast.unparse(node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    kinds[target.id] = "function" if isinstance(node.value, ast.Lambda) else "other"
    return kinds


def split_test(source):
    """The assertions of a test that is a `check` function of assertions and its call; else nothing."""
    source = textwrap.dedent(source)
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    if len(body) != 2 or not isinstance(body[0], ast.FunctionDef) or not isinstance(body[1], ast.Expr):
        return []
    check, call = body[0], body[1].value
    named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == check.name
    if not named or len(call.args) != 1 or not isinstance(call.args[0], ast.Name) or len(check.args.args) != 1:
        return []
    if not all(isinstance(statement, ast.Assert) for statement in check.body):
        return []
    parameter, function = check.args.args[0].arg, call.args[0].id
    tests = []
    for statement in check.body:
        if parameter == function:
            tests.append(textwrap.dedent(ast.get_source_segment(source, statement, padded=True)))
        else:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and node.id == parameter:
                    node.id = function
            tests.append(ast.unparse(statement))
    return tests
