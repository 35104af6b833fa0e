# feature: global variables rebound and changed in place by functions
count = 0
names = []
config = {"debug": False}


def visit(name):
    global count, last
    count += 1
    last = name
    names.append(name)
    config["debug"] = count > 1


def read():
    return count, len(names)


visit("a")
visit("b")
assert read() == (2, 2)
assert last == "b"
assert config["debug"]
