# feature: string formatting in several ways
def report(name, amount, ratio):
    line = f"{name!r:>8}|{amount:06.2f}|{ratio:.1%}|{amount=}"
    old = "%s has %d (%5.1f%%)" % (name, amount, ratio * 100)
    new = "{0} {n:>{w}} {{}}".format(name, n=amount, w=6)
    nested = f"{f'{name}'.upper():*^9}"
    joined = ", ".join(f"{i}:{c}" for i, c in enumerate(name))
    return [line, old, new, nested, joined]


out = report("ann", 3.5, 0.25)
assert out[0] == "   'ann'|003.50|25.0%|amount=3.5"
print(*out, sep="\n")
