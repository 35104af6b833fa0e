"""Programs compiled so that annotations are evaluated where they stand, as up to Python 3.13.

Since Python 3.14 an annotation is evaluated when it is first asked for, so a program that forgot to import `List` runs. Every
published score stands on a Python where it is a `NameError`. A program with annotations is therefore rewritten as a syntax tree, where every
node keeps its place in the text:

- a function gets one more, innermost decorator, which asks for its annotations: the interpreter evaluates them in their own scopes,
  after the defaults and before the other decorators are called;
- `x: T = v` of a module or class becomes `x = v` and `__annotations__["x"] = T`, which is what older compilers made of it.

Local variables' annotations are never evaluated, and `from __future__ import annotations` leaves all as text: both stay as they are.
"""

import ast
import builtins
import re

#: What the decorator is called: nothing that a program can spell.
_DECORATOR = "<annotations>"

#: Finds nearly all programs that have annotations, and some that have none: both are compiled from their trees.
_LIKELY = re.compile(r"->|\bdef[ \t]+\w+[ \t]*\([^()]*:|^[ \t]*(?!(?:else|try|finally)\b)[\w.()\[\]]+[ \t]*:[ \t]*\w", re.M)
_SCOPES = re.compile(r"\b(?:global|nonlocal)\b")

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_compile = compile
_parse = ast.parse
_type = type
_CodeType = _type(compile("", "", "exec"))


def _evaluate(function):
    function.__annotations__
    return function


builtins.__dict__[_DECORATOR] = _evaluate


#: Whether annotations are evaluated when they are asked for, as Python 3.14 does.
_deferred = False


def defer():
    """See `defer-annotations` in `wit/world.wit`."""
    global _deferred
    _deferred = True


def compile_program(source, filename):
    """A program's code."""
    if _deferred or not _LIKELY.search(source):
        code = _compile(source, filename, "exec", dont_inherit=True)
        if _deferred or not _annotates(code):
            return code
    try:
        tree = _parse(source, filename)
        if _SCOPES.search(source):
            # For its error where an annotated name is declared global or nonlocal, which the rewritten tree would not have.
            _compile(source, filename, "exec", dont_inherit=True)
        if not _rewrite(tree):
            return _compile(source, filename, "exec", dont_inherit=True)
        return _compile(tree, filename, "exec", dont_inherit=True)
    except (RecursionError, MemoryError):
        # Nested deeper than syntax trees can be: as it stands, or the error that the text itself gives.
        return _compile(source, filename, "exec", dont_inherit=True)


def _annotates(code):
    """Whether the compiler found an annotation."""
    return code.co_name == "__annotate__" or any(_annotates(c) for c in code.co_consts if _type(c) is _CodeType)


def _rewrite(tree):
    """Rewrites the tree in place; whether anything was to be done."""
    for statement in tree.body:
        if _type(statement) is ast.ImportFrom and statement.module == "__future__":
            if any(alias.name == "annotations" for alias in statement.names):
                return False
    done = False
    # No recursion: an `elif` is a statement within one. The scope is its module, class or function.
    waiting = [(tree, tree)]
    annotated = []
    while waiting:
        node, scope = waiting.pop()
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            waiting.append((part, scope))
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if _type(block) is not list:
                continue
            made = []
            for statement in block:
                kind = _type(statement)
                if kind in _FUNCTIONS:
                    waiting.append((statement, statement))
                    if _has_annotations(statement):
                        name = ast.Name(_DECORATOR, ast.Load())
                        statement.decorator_list.append(_at(name, statement, statement.col_offset + 3))
                        done = True
                elif kind is ast.ClassDef:
                    waiting.append((statement, statement))
                elif kind is ast.AnnAssign and _type(scope) not in _FUNCTIONS:
                    if statement.simple and scope not in annotated:
                        annotated.append(scope)
                    made += _assigned(statement, scope)
                    done = True
                    continue
                elif hasattr(statement, "body") or kind is ast.Match:
                    waiting.append((statement, scope))
                made.append(statement)
            block[:] = made
    for scope in annotated:
        _prepare(scope)
    return done


def _has_annotations(function):
    arguments = function.args
    if function.returns is not None:
        return True
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None and argument.annotation is not None:
            return True
    return False


def _at(node, place, end=None):
    """The node, standing where another does; with `end`, at the beginning of it."""
    node.lineno, node.col_offset = place.lineno, place.col_offset
    node.end_lineno, node.end_col_offset = (place.end_lineno, place.end_col_offset) if end is None else (place.lineno, end)
    return node


def _assigned(statement, scope):
    """What older compilers made of `target: annotation = value` in a module or class."""
    target, annotation = statement.target, statement.annotation
    made = []
    if statement.value is not None:
        made.append(_at(ast.Assign([target], statement.value), statement))
    elif _type(target) is ast.Attribute:
        made.append(_at(ast.Expr(target.value), statement))
    elif _type(target) is ast.Subscript:
        made += [_at(ast.Expr(target.value), statement), _at(ast.Expr(target.slice), statement)]
    if statement.simple:
        key = _at(ast.Constant(_mangled(target.id, scope)), statement)
        found = _at(ast.Subscript(_annotations(ast.Load(), statement), key, ast.Store()), statement)
        made.append(_at(ast.Assign([found], annotation), statement))
    else:
        made.append(_at(ast.Expr(annotation), statement))
    return made


def _annotations(context, place):
    return _at(ast.Name("__annotations__", context), place)


def _mangled(name, scope):
    owner = getattr(scope, "name", "").lstrip("_")
    return "_%s%s" % (owner, name) if owner and name.startswith("__") and not name.endswith("__") else name


def _prepare(scope):
    """Puts `__annotations__ = {}` before the first statement that may follow it, on a line that is executed anyway."""
    body = scope.body
    index = 0
    if _type(body[0]) is ast.Expr and _type(body[0].value) is ast.Constant and _type(body[0].value.value) is str:
        index = 1
    while index < len(body) and _type(body[index]) is ast.ImportFrom and body[index].module == "__future__":
        index += 1
    place = body[min(index, len(body) - 1)]
    statement = ast.Assign([_annotations(ast.Store(), place)], _at(ast.Dict([], []), place))
    body.insert(index, _at(statement, place))
