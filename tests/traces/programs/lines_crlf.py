# feature: CRLF line endings
def add(a, b):
    total = (
        a
        + b
    )
    text = """x
y"""
    return total


for n in range(2):
    assert add(n, 1) == n + 1
