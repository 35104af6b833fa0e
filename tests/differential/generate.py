"""Draws tasks and candidates: `generate.py --programs N --seed S --out FOLDER` writes `tasks.jsonl` and `samples.jsonl`.

A task is the same for the same seed, number and version of Python, whatever else is drawn."""

import argparse
import json
import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import families  # noqa: E402
import mutants  # noqa: E402
import native  # noqa: E402
import script  # noqa: E402
from draw import Draw  # noqa: E402

#: Seconds that drawing one task may take.
PATIENCE = 5


class Late(BaseException):
    """Drawing takes too long. No drawn program catches it, and where one does, it comes again."""


def task(seed, number):
    """`(task, samples)` of one number; tries until a draw can be used."""
    for attempt in range(20):
        draw = Draw(seed, number, attempt)
        family = draw.weighted(families.FAMILIES)
        name = "%s.%s" % (family.__module__.rpartition(".")[2], family.__name__)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE, 1)
        try:
            made = family(draw)
            tests = script.tests_of(draw, made)
        except Late:
            continue
        except (script.Unusable, SyntaxError, MemoryError, RecursionError):
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        found = _finished(draw, "%s/%s/%d" % (name, seed, number), made, tests)
        if found is not None:
            return found
    return None


def _finished(draw, name, made, tests):
    setup = script.IMPORTS + made.setup
    # A test that does not hold twice in a row is not one: it looks at what looking changes.
    tests = native.holding(made.reference, setup, [test for test in tests if test])
    if not tests or all(test.startswith(("def ", "class ", "out, seen")) for test in tests):
        return None
    record = {"task_id": name, "entry_point": made.entry, "visible_tests": tests, "setup": setup, "reference": made.reference}
    labelled = [("reference", mutants.styled(made.reference, draw))] + made.others
    if made.mutate:
        labelled += mutants.mutants(made.reference, draw, draw.between(3, 6))
    if draw.chance(0.04):
        del record["reference"]
    samples, seen = [], set()
    for label, source in labelled:
        if source not in seen:
            seen.add(source)
            samples.append({"task_id": name, "solution": source, "label": label})
    return record, samples


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=1000, help="candidates to draw (the last task may go beyond)")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--family", help="only families whose name holds this")
    parser.add_argument("--task", type=int, help="only the task of this number")
    parser.add_argument("--out", default=".")
    options = parser.parse_args()
    if options.family:
        families.FAMILIES[:] = [pair for pair in families.FAMILIES if options.family in "%s.%s" % (pair[1].__module__, pair[1].__name__)]

    def late(*_):
        raise Late

    signal.signal(signal.SIGALRM, late)
    os.makedirs(options.out, exist_ok=True)
    programs, number = 0, 0 if options.task is None else options.task
    with open(os.path.join(options.out, "tasks.jsonl"), "w") as tasks, open(os.path.join(options.out, "samples.jsonl"), "w") as candidates:
        while programs < options.programs:
            found = task(options.seed, number)
            number += 1
            if found is not None:
                tasks.write(json.dumps(found[0]) + "\n")
                for sample in found[1]:
                    candidates.write(json.dumps(sample) + "\n")
                programs += len(found[1])
            if options.task is not None:
                break
    print("%d programs of %d tasks" % (programs, number))


if __name__ == "__main__":
    main()
