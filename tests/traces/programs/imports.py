# feature: imports of modules, names, with aliases, in functions; an import that fails
import math
import os.path as path
from collections import deque as queue, namedtuple
from math import *


def root(n):
    import cmath
    from math import sqrt
    value = sqrt(n) if n >= 0 else cmath.sqrt(n)
    return value


assert root(9) == 3.0
assert root(-4) == 2j
base = path.basename("/a/b")
try:
    import no_such_module
except ImportError as error:
    name = error.name
from math import no_such_name
