# feature: list, dict, set, nested and conditional comprehensions
def build(rows):
    flat = [cell for row in rows for cell in row if cell]
    squares = {cell: cell**2 for cell in flat}
    odd = {cell for cell in flat if cell % 2}
    table = [[cell * factor for cell in row] for factor, row in enumerate(rows, 1)]
    long = [
        cell
        for row in table
        for cell in row
        if cell > 2
    ]
    x = "kept"
    shadow = [x for x in range(3)]
    return flat, squares, odd, table, long, x


assert build([[0, 1], [2, 3]])[-1] == "kept"
