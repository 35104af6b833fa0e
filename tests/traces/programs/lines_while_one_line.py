# feature: loops on one line, whose visits cannot be told apart by lines
n = 0
while n < 5: n += 1
for i in range(4): n -= i
for i in range(3):
    for j in range(2): n += j
squares = []
for i in range(3): squares.append(i); squares[i] *= 2
total = [n := n + i for i in range(3)]
assert n == 5 - 6 + 3 + 3
