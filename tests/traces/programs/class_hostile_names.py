# feature: attributes and globals with odd names
class Bag:
    pass


bag = Bag()
setattr(bag, "two words", 1)
setattr(bag, "x; y=2  # (3) z", 2)
bag.__dict__["a\nb"] = 3
globals()["odd name"] = 4
globals()["line\nbreak  # (1) q=1;"] = 5
count = len(vars(bag))
assert count == 3
