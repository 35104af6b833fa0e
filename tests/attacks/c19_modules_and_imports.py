# class: 19 patched interpreter
# expect: wrong_answer
# how: empties sys.modules and hooks every import
import builtins
import sys
import types


class Hook:
    def find_spec(self, name, path=None, target=None):
        raise ImportError("no")


sys.meta_path.insert(0, Hook())
builtins.__import__ = lambda *args, **kwargs: types.ModuleType("anything")
sys.path_hooks.clear()
sys.modules.clear()


def f(xs):
    return xs
