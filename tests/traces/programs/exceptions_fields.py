# feature: exceptions with fields, causes, notes and odd arguments
class Problem(Exception):
    code = 0

    def __init__(self, text, code):
        super().__init__(text)
        self.code = code


class Silent(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def check(n):
    if n > 1:
        problem = Problem("too many", n)
        problem.extra = [n]
        raise problem
    raise Silent(n, "x" * 300)


for n in (2, 1):
    try:
        check(n)
    except Exception as error:
        error.code = 7
        kept = error
raise kept
