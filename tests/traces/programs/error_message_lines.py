# feature: an assertion message with newlines and quotes
def render(rows):
    return "\n".join(", ".join(row) for row in rows)


text = render([["a", "b"], ["c\t", "'d'"]])
assert text == "a, b", "got:\n" + text + '\n"quoted"  # (1) x=1;'
