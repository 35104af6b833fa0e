"""What EvalPlus's sanitiser keeps of a program."""

from . import names
from .pieces import first_line


def prune(source, tree, asked):
    """Imports, and the definitions that what is asked reaches, the last of each name; empty where nothing of it is defined."""
    last, imports = {}, []
    for node in tree.body:
        if isinstance(node, names.IMPORTS):
            imports.append(node)
        elif isinstance(node, names.DEFINITIONS):
            last[node.name] = [node]
        elif type(node).__name__ in ("Assign", "AnnAssign"):
            for name in names.bound([node]):
                last[name] = [node]
    reached, queue = set(), [name for name in asked if name in last]
    if not queue:
        return ""
    while queue:
        name = queue.pop()
        if name not in reached:
            reached.add(name)
            queue.extend(one for one in names.used(last[name]) if one in last)
    keep = {id(node) for name in reached for node in last[name]} | {id(node) for node in imports}
    lines = source.split("\n")
    kept = ["\n".join(lines[first_line(node) - 1 : node.end_lineno]) for node in tree.body if id(node) in keep]
    return "\n".join(kept) + "\n"
