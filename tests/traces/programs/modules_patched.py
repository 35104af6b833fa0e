# feature: the program changes sys.modules, sys.path, sys.stdout and its own __name__
import sys

sys.modules["json"] = None
try:
    import json
except ImportError as error:
    missing = error.name
del sys.modules["json"]
sys.path.clear()
__name__ = "renamed"
del sys.modules["candidate"]
x = 1
sys.stdout = None
print("nowhere")
assert x == 1
