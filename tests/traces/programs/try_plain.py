# feature: try, except, else and finally, each path taken
def divide(a, b):
    steps = []
    try:
        result = a / b
    except ZeroDivisionError as error:
        steps.append(str(error))
        result = None
    except (TypeError, ValueError):
        result = "type"
    else:
        steps.append("else")
    finally:
        steps.append("finally")
    return result, steps


assert divide(4, 2) == (2.0, ["else", "finally"])
assert divide(1, 0) == (None, ["division by zero", "finally"])
assert divide("a", 1) == ("type", ["finally"])
