# feature: two closures over one list, and a caller's locals changed while a call is under way
def pair():
    shared = []
    limit = 2

    def put(value):
        nonlocal limit
        if len(shared) < limit:
            shared.append(value)
        else:
            limit += 1

    def get():
        return shared.pop()

    put(1)
    put(2)
    put(3)
    size = len(shared) + get()
    return size, limit


assert pair() == (4, 3)
