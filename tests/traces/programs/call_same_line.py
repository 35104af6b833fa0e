# feature: functions, calls and loops on a single line
def add(a, b): c = a + b; return c
def none(): pass
def gen(n): yield n; yield n + 1
class P: x = 1; y = [x]
print(add(1, add(2, 3))); q = add(4, 5); none()
for v in gen(1): print(v)
z = [w for w in gen(q)]; assert z == [9, 10]; del z
