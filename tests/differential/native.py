"""The native judge: each candidate and its tests in one namespace, in a process of its own with limits.

`native.py FOLDER` reads `tasks.jsonl` and `samples.jsonl` and writes `native.jsonl`: per sample its index among the task's, whether all
tests pass, the number of the first that does not, and the error."""

import argparse
import contextlib
import io
import json
import os
import resource
import signal
import sys
import time
import types
import warnings

#: Seconds of processor time and of a wall clock, bytes of memory.
SECONDS, MEMORY = 4, 1 << 30
TIMEOUT = {"pass": False, "test": None, "error": "Timeout"}


class _Tests(dict):
    """The tests' names, over the candidate's: an import of the tests is no import of the candidate's."""

    def __init__(self, candidate):
        super().__init__(__name__="tester")
        self.candidate = candidate

    def __missing__(self, name):
        return self.candidate[name]


def outcome(source, setup, tests):
    """What CPython makes of one candidate: run in this process."""
    warnings.simplefilter("ignore")
    module = types.ModuleType("candidate")
    sys.modules["candidate"] = module
    namespace = module.__dict__
    number = None
    sys.stdout, sys.stderr, sys.stdin = io.StringIO(), io.StringIO(), io.StringIO()
    try:
        exec(compile(source, "<candidate>", "exec", dont_inherit=True), namespace)
        tester = _Tests(namespace)
        exec(compile(setup, "<setup>", "exec", dont_inherit=True), tester)
        for number, test in enumerate(tests):
            exec(compile(test, "<test>", "exec", dont_inherit=True), tester)
    except BaseException as error:
        with contextlib.suppress(BaseException):
            return {"pass": False, "test": number, "error": "%s: %s" % (type(error).__name__, str(error)[:200])}
        return {"pass": False, "test": number, "error": type(error).__name__}
    return {"pass": True, "test": None, "error": None}


def contained(work, seconds=SECONDS):
    """The JSON value of `work()` in a child with limits, or None where it ran out of time or memory."""
    sys.stdout.flush()
    sys.stderr.flush()
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.close(receiver)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
            null = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(null, stream)
            answer = json.dumps(work()).encode()
            while answer:
                answer = answer[os.write(sender, answer) :]
        os._exit(0)
    os.close(sender)
    with open(receiver, "rb") as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def holding(reference, setup, tests):
    """Those of `tests` that the reference passes, run in order twice over."""
    for _ in range(len(tests) + 1):
        found = contained(lambda: outcome(reference, setup, tests), 5)
        if found is None:
            return []
        if found["pass"]:
            return tests
        if found["test"] is None:
            return []
        tests = tests[: found["test"]] + tests[found["test"] + 1 :]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    options = parser.parse_args()
    with open(os.path.join(options.folder, "tasks.jsonl")) as lines:
        tasks = {task["task_id"]: task for task in map(json.loads, lines)}
    counts = {}
    # Imported before the fork: most candidates need some of these.
    import asyncio, calendar, collections, dataclasses, datetime, decimal, enum, fractions, functools, hashlib, heapq, inspect, itertools, json as _, math, pickle, random, re, statistics, typing, unittest.mock  # noqa: E401, F401

    started = time.time()
    with open(os.path.join(options.folder, "samples.jsonl")) as lines, open(os.path.join(options.folder, "native.jsonl"), "w") as out:
        for line in lines:
            sample = json.loads(line)
            task = tasks[sample["task_id"]]
            index = counts[task["task_id"]] = counts.get(task["task_id"], -1) + 1
            found = contained(lambda: outcome(sample["solution"], task.get("setup", ""), task["visible_tests"])) or TIMEOUT
            out.write(json.dumps({"task_id": task["task_id"], "sample": index, "label": sample["label"], **found}) + "\n")
    print("%d programs natively in %.1f s" % (sum(counts.values()) + len(counts), time.time() - started))


if __name__ == "__main__":
    main()
