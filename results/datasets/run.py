"""What repair sets are like: python run.py TRACEWRIGHT DATA OUT [TOKENIZER.json [SET ...]]

Judges every buggy program of HumanEvalFix+ and of the Mbpp-R-like set on all tests, traces each on its first failing visible test (its first, where none fails), and writes
`datasets.json`. With a tokenizer, how many programs fit 2,000 tokens with their trace. With sets, those only, and `datasets.json` goes to OUT. Needs
nothing but Python.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SETS = ["humanevalfixplus", "mbpp-r:dev"]
# Programs that do not end meet this limit at every input, or four times what the reference needs.
FUEL = "300M"


def lines(*command):
    output = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def quartiles(values):
    values = sorted(values)
    return [values[(len(values) - 1) * part // 4] for part in range(5)]


def judge(program, data, out, name, traces):
    """Every buggy program on all tests: the manifest of the run and its rows."""
    samples = out / f"{name.replace(':', '-')}.jsonl"
    with samples.open("w") as file:
        for row in traces:
            (task,) = lines(program, "--json", "dataset", "show", "--data", data, name, row["task_id"])
            file.write(json.dumps({"task_id": row["task_id"], "solution": task["buggy"]}) + "\n")
    folder = samples.with_suffix("")
    options = ["--sanitize", "never", "--fuel", FUEL, "--test-details", "--k", "1", "--allow-partial"]
    command = [program, "score", "--data", data, "--dataset", name, "--samples", samples, *options, "--out", folder]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    rows = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text().splitlines()]
    return json.loads((folder / "manifest.json").read_text()), rows


def measure(program, data, out, name, tokenizer):
    start = time.monotonic()
    traces = lines(program, "trace", "--data", data, "--dataset", name)
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
        fitted = lines(program, "trace", "--data", data, "--dataset", name, "--tokenizer", tokenizer, "--max-tokens", "2000", "--events", "5K")
        whole = [trace for row in fitted for trace in row["traces"]]
        found["tokenizer"] = hashlib.sha256(pathlib.Path(tokenizer).read_bytes()).hexdigest()
        found["fit_2000_tokens"] = sum(trace["tokens"]["next"] <= 2000 for trace in whole) / len(whole)
    return found | {"seconds": round(time.monotonic() - start, 1)}


def main():
    program, data, out, *rest = sys.argv[1:]
    tokenizer, names = (rest[0], rest[1:]) if rest else (None, [])
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    found = [measure(program, data, out, name, tokenizer) for name in names or SETS]
    version = subprocess.run([program, "--version"], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
    measured = {"command": " ".join(["python results/datasets/run.py tracewright DATA OUT", *(["TOKENIZER.json"] if rest else []), *names]), "program": version, "sets": found}
    text = json.dumps(measured, indent=1) + "\n"
    (out if names else HERE).joinpath("datasets.json").write_text(text)
    print(text, end="")


main()
