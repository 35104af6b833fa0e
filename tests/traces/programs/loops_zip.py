# feature: zip, enumerate, reversed, items and range in loops
def merge(names, ages):
    people = {}
    for index, (name, age) in enumerate(zip(names, ages), start=1):
        people[name] = index, age
    for name, (index, age) in people.items():
        if age > 30:
            people[name] = None
    backwards = [name for name in reversed(people)]
    for i in range(10, 0, -4):
        last = i
    return people, backwards, last


assert merge("abc", [20, 40, 30]) == ({"a": (1, 20), "b": None, "c": (3, 30)}, ["c", "b", "a"], 2)
