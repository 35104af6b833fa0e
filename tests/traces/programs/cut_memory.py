# feature: a list that grows until memory is out
def grow():
    items = []
    while True:
        items = items + [items] + [0] * 10_000_000


grow()
