# feature: a tokenizer and a stack machine over a dict of lambdas
OPERATIONS = {"+": lambda a, b: a + b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}


def evaluate(text):
    stack = []
    for token in text.split():
        if token in OPERATIONS:
            b, a = stack.pop(), stack.pop()
            stack.append(OPERATIONS[token](a, b))
        else:
            stack.append(int(token))
    (result,) = stack
    return result


assert evaluate("2 3 + 4 *") == 20
evaluate("1 0 /")
