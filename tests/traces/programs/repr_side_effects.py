# feature: a __repr__ that prints and changes the object
shown = []


class Loud:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        self.n += 1
        shown.append(self.n)
        print("shown", self.n)
        return f"Loud({self.n})"


loud = Loud(1)
pair = (loud, [loud])
loud.n = 5
assert shown == []
text = f"{loud!r}"
assert text == "Loud(6)" and shown == [6]
