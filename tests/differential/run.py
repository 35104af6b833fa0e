"""Runs the differential test: `run.py --tracewright BINARY --programs N` draws, judges both ways and compares, batch by batch.

Each batch lies in a folder of its own under `--out` and is drawn from `--seed` and its number. Exit status 1 where a difference is
unexplained."""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
#: Candidates drawn at a time.
BATCH = 2000


def batch(options, number, programs):
    """Runs one batch; its report."""
    folder = os.path.join(options.out, str(number))
    os.makedirs(folder, exist_ok=True)

    def python(script, *arguments):
        return subprocess.run([options.python, os.path.join(HERE, script), *arguments], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})

    steps = [lambda: python("generate.py", "--programs", str(programs), "--seed", "%s.%d" % (options.seed, number), "--out", folder), lambda: python("native.py", folder)]
    score = [options.tracewright, "score", "--dataset", os.path.join(folder, "tasks.jsonl"), "--samples", os.path.join(folder, "samples.jsonl"), "--sanitize", "never", "--fuel", "3G", "--memory", "512", "--jobs", "1", "--overwrite", "--out", os.path.join(folder, "verdicts")]
    steps.append(lambda: subprocess.run(score, capture_output=True, text=True, check=False))
    for step in steps:
        done = step()
        if done.returncode != 0:
            return False, 0, 0, "batch %d: %s\n%s" % (number, " ".join(done.args), done.stdout + done.stderr)
    done = python("compare.py", folder, *(["--all"] if options.all else []))
    counts = re.search(r"(\d+) programs, (\d+) differ, (\d+) unexplained", done.stdout)
    if counts is None:
        return False, 0, 0, done.stdout + done.stderr
    return done.returncode == 0, int(counts[1]), int(counts[2]), done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracewright", required=True, help="the binary")
    parser.add_argument("--programs", type=int, default=20000)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", default="differential")
    parser.add_argument("--python", default=sys.executable, help="the native interpreter; it draws, too")
    parser.add_argument("--all", action="store_true", help="show each unexplained difference")
    options = parser.parse_args()
    started, sizes, left = time.time(), [], options.programs
    while left > 0:
        sizes.append(min(BATCH, left))
        left -= BATCH
    held, programs, differ = True, 0, 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for good, count, different, report in pool.map(lambda pair: batch(options, *pair), enumerate(sizes)):
            print(report, flush=True)
            held, programs, differ = held and good, programs + count, differ + different
    print("in all: %d programs, %d differ, in %.0f s: %s" % (programs, differ, time.time() - started, "every difference is explained" if held else "not all explained"))
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
