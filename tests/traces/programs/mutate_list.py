# feature: in-place mutation of a list by its methods
def churn(items):
    items.append(4)
    items.extend([5, 6])
    items.insert(0, 0)
    items.pop()
    items.remove(2)
    items.reverse()
    items.sort()
    items.append(items.pop(0))
    items.sort()
    items.clear()
    return items


assert churn([3, 1, 2]) == []
