# feature: __repr__, __eq__, __hash__, __len__ and __getattribute__ that raise
class Hostile:
    def __init__(self):
        self.value = 1

    def __repr__(self):
        raise ValueError("no repr")

    def __eq__(self, other):
        raise ValueError("no eq")

    def __len__(self):
        raise ValueError("no len")

    def __getattribute__(self, name):
        if name == "__class__":
            raise ValueError("no class")
        return object.__getattribute__(self, name)


thing = Hostile()
thing.value = 2
things = [thing]
try:
    text = repr(thing)
except ValueError as error:
    text = str(error)
assert text == "no repr"
