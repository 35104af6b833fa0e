# feature: match, case and type as names, at the start of statements
match = [1, 2]
case = {"a": 1}
match.append(3)
match[0] = 9
case["b"] = match[1:
2]
type = lambda x: x
match (len(match)):
    case 3: size = "three"
print(match, case)
assert size == "three"
