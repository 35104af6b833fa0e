"""Replaces functions of the standard library wherever a module has taken them."""

import sys


def replace(pairs):
    """Puts the second of each pair in the place of the first in every module, whatever name it goes by there."""
    by_id = {id(old): new for old, new in pairs}
    for name, module in list(sys.modules.items()):
        if name.startswith("tracewright_guest"):
            continue
        namespace = vars(module)
        for key, value in list(namespace.items()):
            new = by_id.get(id(value))
            if new is not None:
                namespace[key] = new
