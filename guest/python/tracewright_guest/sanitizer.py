"""Finds the program in a model's chatty answer, to the effect of EvalPlus's sanitiser.

EvalPlus takes the longest run of lines that parses, then keeps the imports and the definitions that the entry point
reaches. This does the same with CPython's own parser, trying the fenced blocks first (which finds the same program
with a handful of parses instead of one for every pair of lines), and keeps decorated definitions, which EvalPlus
drops. It runs inside the sandbox, so hostile text meets no parser on the host.
"""

import ast
import re

_ANSI = re.compile(r"\x1b(?:[@-Z\\-_]|\[[0-?]*[ -/]*[@-~])")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.M)
#: Parses spent on finding a program outside fences.
_PARSE_BOUND = 400


def sanitize(text, entry_point):
    """The program that defines `entry_point`, or the best that could be found; never raises for any text."""
    text = _ANSI.sub("", text)
    best = None
    for block in _blocks(text):
        tree = _parse(block)
        if tree is not None and tree.body:
            size = _size(block, tree, entry_point)
            if best is None or size > best[0]:
                best = (size, block, tree)
    if best is None or not best[0][0]:
        found = _longest_run(text.split("\n"), entry_point)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return text
    return _prune(best[1], best[2], entry_point) or best[1]


def _blocks(text):
    """The text itself and what stands between fences, an unclosed last one included."""
    yield text
    parts = _FENCE.split(text)
    for inside in parts[1::2]:
        yield inside.strip("\n")


def _parse(source):
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _size(source, tree, entry_point):
    defines = any(getattr(node, "name", None) == entry_point for node in tree.body)
    return (defines, sum(1 for line in source.split("\n") if line.strip()))


def _longest_run(lines, entry_point):
    best = None
    budget = _PARSE_BOUND
    starts = [i for i, line in enumerate(lines) if line.strip() and not line[0].isspace()]
    for start in starts:
        for end in range(len(lines), start, -1):
            if not lines[end - 1].strip():
                continue
            if best is not None and best[0][0] and end - start <= best[0][1]:
                break
            if budget == 0:
                return best
            budget -= 1
            source = "\n".join(lines[start:end])
            tree = _parse(source)
            if tree is not None:
                size = _size(source, tree, entry_point)
                if best is None or size > best[0]:
                    best = (size, source, tree)
                break
    return best


def _prune(source, tree, entry_point):
    """Imports, and the definitions that `entry_point` reaches; empty where it is not defined."""
    imports = []
    definitions = {}
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.append(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            definitions.setdefault(node.name, node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        definitions.setdefault(name.id, node)
    if entry_point not in definitions:
        return ""
    reached = {entry_point}
    queue = [entry_point]
    while queue:
        for node in ast.walk(definitions[queue.pop()]):
            name = node.id if isinstance(node, ast.Name) else None
            if name in definitions and name not in reached:
                reached.add(name)
                queue.append(name)
    keep = {id(definitions[name]) for name in reached}
    kept = [n for n in tree.body if n in imports or id(n) in keep]
    lines = source.split("\n")
    out = []
    for node in kept:
        first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
        out.append("\n".join(lines[first - 1 : node.end_lineno]))
    return "\n".join(out) + "\n"
