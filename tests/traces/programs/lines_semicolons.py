# feature: several statements on one line with semicolons
def swap(a, b):
    c = a; a = b; b = c
    a += 1; a -= 1; return a, b


x = 1; y = 2; x, y = swap(x, y); z = x;
import math; r = math.floor(2.5); print(r)
if x: x = 0; y = 0
assert (x, y) == (0, 0); assert z == 2; w = 1; assert w == 2; w = 3
