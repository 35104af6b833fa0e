# feature: a __repr__ that never ends, which nothing in the program calls
class Spin:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        while True:
            self.n += 1


def use(spin):
    spin.n = 2
    box = [spin]
    return box


assert use(Spin(1))[0].n == 2
