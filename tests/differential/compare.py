"""Compares verdicts with native outcomes: `compare.py FOLDER` reads `native.jsonl`, `tasks.jsonl`, `samples.jsonl` and `verdicts/verdicts.jsonl`.

A difference is *explained* where an entry of `explained.json` covers it; the others are listed, grouped by kind, and the exit status is 1."""

import argparse
import collections
import json
import os
import re
import sys

#: The fields of an entry that are regular expressions over the field of the same name of a difference.
FIELDS = ("family", "label", "test", "native", "ours", "source", "isolation")


def lines(path):
    with open(path) as text:
        yield from map(json.loads, text)


def differences(folder):
    """Every sample on which the two judges differ, and how many there were in all."""
    tasks = {task["task_id"]: task for task in lines(os.path.join(folder, "tasks.jsonl"))}
    numbers, sources = collections.Counter(), {}
    for sample in lines(os.path.join(folder, "samples.jsonl")):
        sources[sample["task_id"], numbers[sample["task_id"]]] = sample["solution"]
        numbers[sample["task_id"]] += 1
    natively = {(row["task_id"], row["sample"]): row for row in lines(os.path.join(folder, "native.jsonl"))}
    found, count = [], 0
    for row in lines(os.path.join(folder, "verdicts", "verdicts.jsonl")):
        key = row["task_id"], row["sample"]
        native = natively.pop(key)
        count += 1
        task = tasks[key[0]]
        passed = row["verdict"] == "pass"
        if passed == native["pass"]:
            continue
        tests = task["visible_tests"]
        number = native["test"] if passed else len(row["tests"]) - 1
        error = row.get("error") or {}
        found.append({
            "task": key[0], "sample": key[1], "family": key[0].partition("/")[0], "label": native["label"], "native": "pass" if native["pass"] else native["error"],
            "ours": row["verdict"] + (": %s: %s" % (error.get("type"), error.get("message")) if error and not passed else ""), "isolation": row["isolation"] + ("" if "reference" in task else ", no reference"),
            "test": "" if number is None or number < 0 or number >= len(tests) else tests[number], "source": sources[key], "reference": task.get("reference"),
        })
    if natively:
        raise SystemExit("%d samples have no verdict" % len(natively))
    return found, count


def explanation(entries, difference):
    """The first entry that covers it, or None."""
    for entry in entries:
        if all(re.search(entry[field], difference[field], re.DOTALL) for field in FIELDS if field in entry):
            return entry
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--all", action="store_true", help="show each difference, not three of a kind")
    parser.add_argument("--json", help="write the unexplained ones there, one a line")
    options = parser.parse_args()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "explained.json")) as text:
        entries = json.load(text)
    found, count = differences(options.folder)
    kinds, why = collections.defaultdict(list), collections.Counter()
    for difference in found:
        entry = explanation(entries, difference)
        if entry is not None:
            why[entry["why"]] += 1
        else:
            error = re.sub(r"[0-9]+|'[^']*'", "_", difference["ours"])[:80]
            kinds["native %s, here %s (%s)" % (difference["native"].partition(":")[0], error, difference["family"])].append(difference)
    unexplained = sum(map(len, kinds.values()))
    for reason, times in why.most_common():
        print("explained %d: %s" % (times, reason))
    for kind, group in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        print("\n%d x %s" % (len(group), kind))
        for one in group if options.all else group[:3]:
            print("  %(task)s sample %(sample)d (%(label)s, %(isolation)s): natively %(native)s, here %(ours)s" % one)
            for part in ("test", "source"):
                print("".join("    %s\n" % line for line in one[part].splitlines()[-12:]), end="    --\n")
    if options.json:
        with open(options.json, "w") as out:
            for group in kinds.values():
                for one in group:
                    out.write(json.dumps(one) + "\n")
    print("\n%d programs, %d differ, %d unexplained" % (count, len(found), unexplained))
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
