"""What the interpreter in the sandbox costs against a native one, on programs that do one thing over and over.

    python3 benchmarks/loops.py [BINARY...]

Each program runs in a process of its own, natively (`python3 -I`) and by `tracewright run` of each binary, turn by turn; the best of five
CPU times counts, less that of an empty program. The last line is the geometric mean.
"""

import math
import os
import subprocess
import sys
import tempfile

from common import BINARY, Cpu, table

ROUNDS = 5

PROGRAMS = {
    "integers": "t = i = 0\nwhile i < 3_000_000:\n    t += i & 7\n    i += 1",
    "floats": "x = 0.5\nfor i in range(3_000_000):\n    x = x * 1.0000001 + 0.25\n    if x > 1000.0: x -= 999.0",
    "lists": "s, a = 12345, []\nfor _ in range(250_000):\n    s = (s * 1103515245 + 12345) % 2147483648\n    a.append(s)\na.sort()\na.sort(key=lambda v: v & 1023)",
    "dictionaries": "c = {}\nfor i in range(900_000):\n    k = i % 1009\n    c[k] = c.get(k, 0) + 1\nw = {}\nfor i in range(200_000):\n    k = 'w%d' % (i % 500)\n    w[k] = w.get(k, 0) + 1",
    "strings": "p = []\nfor i in range(250_000):\n    s = str(i)\n    p.append(s[::-1] + '-' + s.upper())\nt = ','.join(p)\nn = len(t.split(',')) + t.count('9')",
    "calls": "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nf(30)",
    "methods": "class P:\n    def __init__(self, x, y): self.x, self.y = x, y\n    def add(self, o): return P(self.x + o.x, self.y + o.y)\n    def norm(self): return self.x * self.x + self.y * self.y\np, d, t = P(0, 0), P(1, 2), 0\nfor _ in range(500_000):\n    p = p.add(d)\n    t += p.norm() & 1",
    "comprehensions": "t = 0\nfor k in range(2000):\n    t += sum([x * x for x in range(1500) if x % 3 == 0])\n    t += len({x % 7: x for x in range(300)})",
    "large integers": "t = 0\nfor i in range(1, 1000):\n    t += pow(3, i * 7) % (10**9 + 7) + (12345678901234567890**9 * i) // 987654321987654321\nf = 1\nfor i in range(2, 4000): f *= i\nfor i in range(20): t += pow(7, 1 << 600, (1 << 521) - 1)",
    "regular expressions": "import re\np = re.compile(r'(\\w+)@(\\w+)\\.(com|org)|\\d{2,4}-\\d\\d')\ns = 'mail bob@site.com or ann@place.org on 2024-07 and not x@y.net ' * 3\nfor _ in range(8000): p.findall(s)",
    "generators": "def g(n):\n    for i in range(n): yield i * 2\nt = 0\nfor _ in range(10):\n    for x in g(200_000): t += x",
    "primes": "def is_prime(n):\n    i = 2\n    while i * i <= n:\n        if n % i == 0: return False\n        i += 1\n    return True\nt = sum(is_prime(n) for n in range(60_000))",
    "tuples": "t = [(x * x % 97, y * 7 % 89, x ^ y) for x in range(600) for y in range(600)]\nt.sort()\ns = {a for a in t}\nn = max(t)[0] + len(s)",
    "matrix": "n = 120\na = [[i * j % 7 for j in range(n)] for i in range(n)]\nb = [[sum(a[i][k] * a[k][j] for k in range(n)) for j in range(n)] for i in range(n)]",
    "exceptions": "t = 0\nfor i in range(700_000):\n    try:\n        if i % 3 == 0: raise ValueError(i)\n        t += 1\n    except ValueError as e:\n        t += e.args[0] & 1",
}


def cpu(command):
    with Cpu() as taken:
        subprocess.run(command, check=True, capture_output=True)
    return taken.seconds


def main():
    binaries = sys.argv[1:] or [BINARY]
    runners = [[sys.executable, "-I"], *([binary, "run"] for binary in binaries)]
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, source in {"": "", **PROGRAMS}.items():
            paths[name] = os.path.join(folder, name.replace(" ", "_") + ".py")
            with open(paths[name], "w", encoding="utf-8") as file:
                file.write(source + "\n")
        best = {}
        for _ in range(ROUNDS):
            for name, path in paths.items():
                for at, runner in enumerate(runners):
                    best[name, at] = min(best.get((name, at), math.inf), cpu([*runner, path]))
    rows, ratios = [["program", "native s", *(os.path.basename(binary) for binary in binaries)]], []
    for name in PROGRAMS:
        native, *ours = (best[name, at] - best["", at] for at in range(len(runners)))
        ratios.append([seconds / native for seconds in ours])
        rows.append([name, "%.3f" % native, *("%.2f" % ratio for ratio in ratios[-1])])
    means = [math.exp(sum(math.log(row[at]) for row in ratios) / len(ratios)) for at in range(len(binaries))]
    table([*rows, ["geometric mean", "", *("%.2f" % mean for mean in means)]])


if __name__ == "__main__":
    main()
