"""Resident memory over many candidates: it must stay flat.

    python3 benchmarks/memory.py [COUNT]

Scores COUNT (default 100,000) distinct trivial candidates of the bundled benchmark and samples the resident memory of the process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from common import BINARY


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "samples.jsonl")
        with open(path, "w") as file:
            for index in range(count):
                solution = "def stock_totals(code):\n    return {'n': %d}\n" % index
                file.write(json.dumps({"task_id": "mini/stock-code-totals", "solution": solution}) + "\n")
        process = subprocess.Popen(
            [BINARY, "score", "--samples", path, "--allow-partial", "--out", os.path.join(folder, "run")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        seen = []
        journal = os.path.join(folder, "run", "journal.jsonl")
        started = time.time()
        while process.poll() is None:
            time.sleep(2)
            try:
                with open("/proc/%d/status" % process.pid) as status:
                    resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
                done = os.path.getsize(journal)
                seen.append((done, resident))
            except (OSError, StopIteration):
                pass
        assert process.returncode == 0
        print("%d candidates in %.0f s" % (count, time.time() - started))
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            print("after %3.0f %% of the time: %d MiB resident" % (100 * share, seen[int(len(seen) * share)][1] >> 10))


main()
