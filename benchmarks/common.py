"""What the comparisons share: CPU time of child processes, and Tracewright's own figures on the same samples."""

import gzip
import json
import os
import resource
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.environ.get("TRACEWRIGHT", os.path.join(ROOT, "target/debug/tracewright"))


def lines(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


class Cpu:
    """CPU seconds of this process and its children between two points."""

    def __enter__(self):
        self.start, self.wall = self._now(), time.time()
        return self

    def __exit__(self, *_):
        self.seconds, self.wall = self._now() - self.start, time.time() - self.wall

    @staticmethod
    def _now():
        total = 0
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
            usage = resource.getrusage(who)
            total += usage.ru_utime + usage.ru_stime
        return total


def tracewright(dataset, data, samples, *arguments):
    """CPU seconds, wall seconds and verdicts of one `score` with a warm cache."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "samples.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for sample in samples:
                file.write(json.dumps(sample) + "\n")
        base = [BINARY, "--json", "score", "--dataset", dataset, "--data", data, "--samples", path, "--allow-partial"]
        # Once to fill the cache of tasks, which a user pays for once.
        subprocess.run([*base, *arguments], check=True, capture_output=True)
        out = os.path.join(folder, "run")
        with Cpu() as cpu:
            subprocess.run([*base, *arguments, "--out", out], check=True, capture_output=True)
        return cpu.seconds, cpu.wall, [row["verdict"] == "pass" for row in lines(os.path.join(out, "verdicts.jsonl"))]


def table(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for index, row in enumerate(rows):
        print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |")
        if index == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
