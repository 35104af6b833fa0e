"""What a program defines, what it lacks, and whether it only shows a signature."""

import ast
import builtins
import symtable

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)
_SCOPES = (*DEFINITIONS, ast.Lambda)
IMPORTS = (ast.Import, ast.ImportFrom)
_GIVEN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "__builtins__", "__package__", "__spec__", "__loader__", "__annotations__"}


def bound(statements):
    """The names that these top-level statements bind, wherever in them; `*` where an import brings names that nobody can tell."""
    names = set()
    stack = list(statements)
    while stack:
        node = stack.pop()
        if isinstance(node, DEFINITIONS):
            names.add(node.name)
            stack.extend(node.decorator_list)
            # A function may bind a name of the module.
            names.update(name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, IMPORTS):
            names.update((alias.asname or alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
        stack.extend(ast.iter_child_nodes(node))
    return names


def used(nodes):
    """The names that are read anywhere in these."""
    return {one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def lacking(code, tree):
    """The global names that a program reads and does not bind."""
    defined = bound(tree.body)
    if "*" in defined:
        return set()
    try:
        top = symtable.symtable(code, "answer", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    wanted, stack = set(), [top]
    while stack:
        table = stack.pop()
        stack.extend(table.get_children())
        is_module = table.get_type() == "module"
        wanted.update(one.get_name() for one in table.get_symbols() if one.is_referenced() and (is_module or one.is_global()))
    return {name for name in wanted - defined - _GIVEN if not name.startswith(".")}


def last_definition(tree, name):
    """The last top-level function or class of that name."""
    return next((one for one in reversed(tree.body) if isinstance(one, DEFINITIONS) and one.name == name), None)


def is_stub(node):
    """Whether a function or class has no body: a docstring, `pass`, `...` or `raise NotImplementedError` at most."""
    return all(_says_nothing(one) for one in node.body)


def _says_nothing(node):
    if isinstance(node, ast.Pass):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, _FUNCTIONS) and is_stub(node)


def is_wordy(node):
    """Whether a statement is prose that happens to parse: `Done`, `Note: this`, `yes, really`. It would do nothing but raise."""
    if isinstance(node, ast.AnnAssign):
        return node.value is None
    if not isinstance(node, ast.Expr):
        return False
    value = node.value
    while isinstance(value, ast.UnaryOp):
        value = value.operand
    if isinstance(value, (ast.Tuple, ast.List, ast.Set)):
        return bool(value.elts) and all(isinstance(one, (ast.Name, ast.Attribute, ast.BinOp, ast.Starred)) for one in value.elts)
    return isinstance(value, (ast.Name, ast.Attribute, ast.BinOp, ast.Compare, ast.BoolOp, ast.Starred))


def reads_input(node, readers=frozenset()):
    """Whether running a statement asks for standard input or the command line, itself or by calling one of `readers`."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, _SCOPES):
            continue
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and (one.func.id == "input" or one.func.id in readers):
            return True
        if isinstance(one, ast.Attribute) and one.attr in ("stdin", "argv"):
            return True
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "open" and one.args:
            if isinstance(one.args[0], ast.Constant) and one.args[0].value == 0:
                return True
        stack.extend(ast.iter_child_nodes(one))
    return False


def input_readers(tree):
    """The functions that ask for standard input when they are called, directly or through others."""
    functions = {one.name: one for one in tree.body if isinstance(one, _FUNCTIONS)}
    readers = set()
    while True:
        found = {
            name
            for name, node in functions.items()
            if name not in readers and any(reads_input(one, readers) for one in node.body)
        }
        if not found:
            return readers
        readers |= found


def reach(tree, names):
    """The names of top-level definitions that `names` lead to, themselves included."""
    uses = {}
    for node in tree.body:
        for name in bound([node]):
            uses.setdefault(name, set()).update(used([node]))
    reached, queue = set(), [name for name in names if name in uses]
    while queue:
        name = queue.pop()
        if name not in reached:
            reached.add(name)
            queue.extend(one for one in uses[name] if one in uses)
    return reached
