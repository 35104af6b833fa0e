# feature: triple-quoted strings, docstrings, f-strings over lines
def page(name):
    """Says hello.

    Not a comment: # (1) x=1;
    """
    text = """Dear {},
  # not a comment
""".format(name)
    more = f"""{name
    } and {
        len(name)
    }"""
    """a string statement
    over two lines"""
    '''one'''
    return text + more


assert page("ann") == """Dear ann,
  # not a comment
ann and 3"""
