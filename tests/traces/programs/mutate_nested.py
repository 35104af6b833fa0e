# feature: in-place mutation deep inside nested containers
def fill(n):
    grid = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            grid[i][j] = i * n + j
    tree = {"left": {"items": [1, (2, [3])]}, "right": None}
    tree["left"]["items"][1][1].append(4)
    tree["right"] = tree["left"]
    tree["right"]["new"] = grid
    grid[0][0] = -1
    return grid


wrong = [[0] * 2] * 2
wrong[0][0] = 5
assert fill(2) == [[-1, 1], [2, 3]]
assert wrong == [[5, 0], [0, 0]]
