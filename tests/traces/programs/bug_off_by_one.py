# feature: a typical wrong program: an index beyond the end
def pairs(values):
    out = []
    for i in range(len(values)):
        out.append(values[i] + values[i + 1])
    return out


assert pairs([1, 2, 3]) == [3, 5]
