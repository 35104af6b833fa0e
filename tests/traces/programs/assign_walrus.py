# feature: assignment expressions in conditions, comprehensions and calls
def chunks(data):
    out = []
    while (chunk := data[:2]):
        out.append(chunk)
        data = data[2:]
    if (n := len(out)) > 2:
        out.append(n)
    squares = [last := k * k for k in range(4)]
    print(size := len(squares), last)
    return out if any((hit := v) == "cd" for v in out) else hit


assert chunks("abcde") == ["ab", "cd", "e", 3]
