# feature: lines that already have comments, and # inside strings
# (0) x=1;
def parse(line):  # takes a line
    # a comment of its own
    line = line.split("#")[0]  # drops "# ..." from it
    parts = line.split(";")  # (7) parts=['a'];
    tag = "# (3) not a comment"  #no blank
    mark = '  # (12) y=2;'
    pass  # NO_CHANGE
    return parts  #


x = 1  # noqa  # (1) x=5; y=6;
assert parse("a;b # (1) c") == ["a", "b "]  # NO_CHANGE
