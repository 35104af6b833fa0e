# feature: builtins replaced by the program
import builtins

kept = builtins.isinstance, builtins.enumerate, builtins.repr
calls = []


def fake(*arguments):
    calls.append(len(arguments))
    return kept[0](*arguments)


builtins.isinstance = fake
builtins.repr = None
x = [1, 2]
y = {"a": fake}
x.append(3)
builtins.isinstance, builtins.enumerate, builtins.repr = kept
assert calls == []
