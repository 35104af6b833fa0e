# feature: heads of compound statements over several lines that bind and change names
def scan(rows):
    seen = []
    for (
        index,
        row,
    ) in enumerate(
        rows
    ):
        while (
            row
            and (item := row.pop()) > 0
        ):
            seen.append(
                item
            )
        if (
            seen
            and (last := seen[-1])
            > 2
        ): seen.append(-last)
    return seen


assert scan([[1, 2], [3, 0, 4]]) == [2, 1, 4, -4]
