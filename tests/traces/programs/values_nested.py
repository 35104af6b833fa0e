# feature: deep nesting, beyond what is shown
def nest(depth):
    value = []
    for level in range(depth):
        value = [value, level]
    return value


deep = nest(12)
inner = deep
while inner[0]:
    inner = inner[0]
inner.append("changed")
tree = {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}
tree["a"]["b"]["c"]["d"]["e"]["f"]["g"]["h"] = 2
pair = ((((((((((1,),),),),),),),),),)
assert inner == [[], 0, "changed"] or len(inner) == 1
