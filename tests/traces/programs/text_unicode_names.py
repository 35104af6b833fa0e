# feature: non-ASCII identifiers, strings and comments
def größe(länge, 幅=2):  # Fläche – 面積
    π = 3
    fläche = länge * 幅 * π
    ﬁ = 1
    名前 = "太郎 🙂"
    return fläche, 名前


class Élan:
    énergie = 1


x1 = größe(2)
assert x1 == (12, "太郎 🙂")
assert Élan().énergie == 1
