# feature: endless recursion, caught as RecursionError in the program
def down(n):
    return down(n + 1)


def tried():
    try:
        down(0)
    except RecursionError as error:
        message = str(error)[:32]
    return message


assert tried() == "maximum recursion depth exceeded"
