"""Verdicts per CPU second on real MBPP candidates: Tracewright against a fresh `python3 -I` process each.

    python3 benchmarks/native.py DATA [COUNT [ARGUMENTS FOR SCORE]]

DATA holds `mbpp/mbpp.jsonl` and `samples/mbpp/dev-candidates.jsonl.gz`. The native side runs real model outputs without a sandbox: only
programs that a native run is recorded for are taken, each under a time and memory limit.
"""

import os
import resource
import subprocess
import sys

from common import Cpu, lines, table, tracewright


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def main():
    data, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 400
    tasks = {task["task_id"]: task for task in lines(os.path.join(data, "mbpp/mbpp.jsonl"))}
    samples = [s for s in lines(os.path.join(data, "samples/mbpp/dev-candidates.jsonl.gz")) if "timeout" not in str(s["native"])]
    samples = samples[:: max(1, len(samples) // count)][:count]

    cpu, wall, passed = tracewright("mbpp", data, [{"task_id": s["task_id"], "solution": s["solution"]} for s in samples], *sys.argv[3:])
    native = []
    with Cpu() as native_cpu:
        for sample in samples:
            task = tasks[sample["task_id"]]
            program = "\n".join([sample["solution"], task["test_setup_code"], *task["test_list"]])
            process = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, preexec_fn=limits)
            native.append(process.returncode == 0)
    table(
        [
            ["judge", "programs", "CPU ms each", "verdicts per CPU second", "passed"],
            ["python3 -I, a process each", len(samples), "%.2f" % (1e3 * native_cpu.seconds / len(samples)), "%.0f" % (len(samples) / native_cpu.seconds), sum(native)],
            ["tracewright", len(samples), "%.2f" % (1e3 * cpu / len(samples)), "%.0f" % (len(samples) / cpu), sum(passed)],
        ]
    )
    print("ratio %.1f" % (native_cpu.seconds / cpu))


main()
