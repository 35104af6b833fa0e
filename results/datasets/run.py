"""What repair sets are like: python run.py TRACEWRIGHT DATA OUT [TOKENIZER.json [SET ...]]

Judges every buggy program of HumanEvalFix+ and of the Mbpp-R-like set on all tests, traces each on its first failing visible test (its first, where none fails), and writes
`datasets.json`. With a tokenizer, how many programs fit 2,000 tokens with their trace. With sets, those only, and `datasets.json` goes to OUT. Needs
nothing but Python.
"""

import hashlib
import json
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

import measure  # noqa: E402

SETS = ["humanevalfixplus", "mbpp-r:dev"]
# Programs that do not end meet this limit at every input, or four times what the reference needs.
FUEL = "300M"


def quartiles(values):
    values = sorted(values)
    return [values[(len(values) - 1) * part // 4] for part in range(5)]


def judge(program, data, out, name, traces):
    """Every buggy program on all tests: the manifest of the run and its rows."""
    samples = out / f"{name.replace(':', '-')}.jsonl"
    with samples.open("w") as file:
        for row in traces:
            task = program.call("dataset", "show", "--data", data, name, row["task_id"])
            file.write(json.dumps({"task_id": row["task_id"], "solution": task["buggy"]}) + "\n")
    folder = samples.with_suffix("")
    options = ["--sanitize", "never", "--fuel", FUEL, "--test-details", "--k", "1", "--allow-partial"]
    program.call("score", "--data", data, "--dataset", name, "--samples", samples, *options, "--out", folder)
    return json.loads((folder / "manifest.json").read_text()), measure.rows(folder / "verdicts.jsonl")


def measured(program, data, out, name, tokenizer):
    start = time.monotonic()
    traces = program.lines("trace", "--data", data, "--dataset", name)
    manifest, rows = judge(program, data, out, name, traces)
    tests = [(sum(test["verdict"] != "pass" for test in row["tests"]), len(row["tests"])) for row in rows if row["tests"]]
    failing = [failed / count for failed, count in tests]
    verdicts = {}
    for row in rows:
        verdicts[row["verdict"]] = verdicts.get(row["verdict"], 0) + 1
    found = {
        "dataset": name,
        "guest": manifest["guest"],
        "dataset_digest": manifest["dataset_digest"],
        "options": manifest["options"],
        "programs": len(rows),
        "verdicts": verdicts,
        "fail_all_tests": sum(share == 1 for share in failing),
        "fail_over_half": sum(0.5 < share < 1 for share in failing),
        "fail_up_to_half": sum(0 < share <= 0.5 for share in failing),
        "pass_visible": sum(row.get("visible") == "pass" or row.get("base") == "pass" for row in rows),
        "events": quartiles([trace["events"] for row in traces for trace in row["traces"]]),
        "tokenizer": None,
        "fit_2000_tokens": None,
        "failing": " ".join(f"{failed}/{count}" for failed, count in tests),
    }
    if tokenizer:
        fitted = program.lines("trace", "--data", data, "--dataset", name, "--tokenizer", tokenizer, "--max-tokens", "2000", "--events", "5K")
        whole = [trace for row in fitted for trace in row["traces"]]
        found["tokenizer"] = hashlib.sha256(pathlib.Path(tokenizer).read_bytes()).hexdigest()
        found["fit_2000_tokens"] = sum(trace["tokens"]["next"] <= 2000 for trace in whole) / len(whole)
    return found | {"seconds": round(time.monotonic() - start, 1)}


def main():
    path, data, out, *rest = sys.argv[1:]
    tokenizer, names = (rest[0], rest[1:]) if rest else (None, [])
    program, out = measure.Program(path), pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    found = [measured(program, data, out, name, tokenizer) for name in names or SETS]
    command = ["python results/datasets/run.py tracewright DATA OUT", *(["TOKENIZER.json"] if rest else []), *names]
    measure.write((out if names else HERE) / "datasets.json", command, program, found)


main()
