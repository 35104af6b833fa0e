"""What a verdict on a trivial candidate costs, and how many pages are faulted in for it.

    python3 benchmarks/instances.py [OTHER BINARY ...]

Scores 4,000 programs that differ in a comment, on one worker and on two, with this build and, for comparison in one run, with others. Each runs
once before, to fill its cache.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

from common import BINARY, table

COUNT = 4_000
TASK = {"task_id": "t", "entry_point": "f", "reference": "def f(x): return x + 1", "visible_tests": ["assert f(1) == 2"]}


def main():
    rows = [("build", "workers", "CPU s", "seconds", "CPU ms a verdict", "page faults a verdict")]
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("tasks.jsonl", "samples.jsonl")]
        with open(paths[0], "w", encoding="utf-8") as file:
            file.write(json.dumps(TASK) + "\n")
        with open(paths[1], "w", encoding="utf-8") as file:
            for number in range(COUNT):
                file.write(json.dumps({"task_id": "t", "solution": "def f(x):\n    return x + 1  # %d\n" % number}) + "\n")
        for binary in (BINARY, *sys.argv[1:]):
            for jobs in (1, 1, 2):
                command = [binary, "score", "--dataset", paths[0], "--samples", paths[1], "--sanitize", "never", "--jobs", str(jobs)]
                before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
                subprocess.run(command, check=True, capture_output=True)
                wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
                cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                faults = (after.ru_minflt - before.ru_minflt) / COUNT
                rows.append((os.path.basename(binary), jobs, "%.1f" % cpu, "%.1f" % wall, "%.2f" % (cpu * 1e3 / COUNT), "%.1f" % faults))
            # The first filled the cache.
            del rows[-3]
    table(rows)


if __name__ == "__main__":
    main()
