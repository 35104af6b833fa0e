# feature: compound statements on one line
def sign(n):
    if n < 0: return -1
    elif n == 0: return 0
    else: return 1


def drain(items):
    out = []
    while items: out.append(items.pop())
    for item in out: item += 1; items.append(item)
    return out


class Flag: value = True


try: n = int("x")
except ValueError: n = 0
finally: m = 1
for i in range(3): n += i
with open("/dev/null") if False else __import__("io").StringIO() as f: f.write("a")
assert [sign(v) for v in (-2, 0, 2)] == [-1, 0, 1] and drain([1, 2]) == [2, 1]
