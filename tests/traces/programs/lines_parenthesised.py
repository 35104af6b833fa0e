# feature: statements over several lines, in brackets
def total(
    first,
    second=2,
    *,
    third=(
        3
    ),
):
    values = [
        first,  # the first
        second,

        third,
    ]
    result = (
        sum(values)
        + len(
            values
        )
    )
    if (
        result > 3
        and first
    ):
        return (
            result
        )
    return None


assert total(
    1,
    second=2,
) == 9, (
    "never"
)
