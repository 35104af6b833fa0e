# feature: matrix multiplication and transposition
def multiply(a, b):
    rows, inner, columns = len(a), len(b), len(b[0])
    out = [[0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            for k in range(inner):
                out[i][j] += a[i][k] * b[k][j]
    return out


turned = [list(row) for row in zip(*[[1, 2], [3, 4]])]
assert multiply([[1, 2]], turned) == [[5, 11]]
assert multiply([[1, 2], [3, 4]], [[1, 0], [0, 1]]) == [[1, 2], [3, 5]]
