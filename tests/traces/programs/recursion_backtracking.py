# feature: backtracking with a board shared by all calls
def queens(n, row=0, columns=None, found=None):
    columns = [] if columns is None else columns
    found = [] if found is None else found
    if row == n:
        found.append(columns[:])
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(columns)):
            columns.append(column)
            queens(n, row + 1, columns, found)
            columns.pop()
    return found


assert queens(4) == [[1, 3, 0, 2], [2, 0, 3, 1]]
