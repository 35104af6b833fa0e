"""What repair sets are like: python run.py TRACEWRIGHT DATA OUT [TOKENIZER.json]

Judges every buggy program of HumanEvalFix+ and of the Mbpp-R-like set on all tests (with 1 G fuel, since some never end), traces each on its first failing visible test, and writes
`datasets.json`. With a tokenizer, how many programs fit 2,000 tokens with their trace. Needs nothing but Python.
"""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SETS = ["humanevalfixplus", "mbpp-r:dev"]


def lines(command):
    output = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def quartiles(values):
    values = sorted(values)
    return [values[(len(values) - 1) * part // 4] for part in range(5)]


def measure(program, data, out, name, tokenizer):
    traces = lines([program, "trace", "--data", data, "--dataset", name])
    samples = out / f"{name.replace(':', '-')}.jsonl"
    with samples.open("w") as file:
        for row in traces:
            task = json.loads(subprocess.run([program, "--json", "dataset", "show", "--data", data, name, row["task_id"]], stdout=subprocess.PIPE, check=True).stdout)
            file.write(json.dumps({"task_id": row["task_id"], "solution": task["buggy"]}) + "\n")
    folder = samples.with_suffix("")
    subprocess.run([program, "score", "--data", data, "--dataset", name, "--samples", samples, "--sanitize", "never", "--fuel", "1G", "--test-details", "--k", "1", "--allow-partial", "--out", folder],
                   stdout=subprocess.DEVNULL, check=True)
    rows = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text().splitlines()]
    failing = [sum(test["verdict"] != "pass" for test in row["tests"]) / len(row["tests"]) for row in rows if row["tests"]]
    verdicts = {}
    for row in rows:
        verdicts[row["verdict"]] = verdicts.get(row["verdict"], 0) + 1
    found = {
        "dataset": name,
        "programs": len(rows),
        "verdicts": verdicts,
        "fail_all_tests": sum(share == 1 for share in failing),
        "fail_over_half": sum(0.5 < share < 1 for share in failing),
        "fail_up_to_half": sum(0 < share <= 0.5 for share in failing),
        "pass_visible": sum(row.get("visible") == "pass" or row.get("base") == "pass" for row in rows),
        "events": quartiles([trace["events"] for row in traces for trace in row["traces"]]),
        "tokenizer": None,
        "fit_2000_tokens": None,
    }
    if tokenizer:
        fitted = lines([program, "trace", "--data", data, "--dataset", name, "--tokenizer", tokenizer, "--max-tokens", "2000", "--events", "5K"])
        whole = [trace for row in fitted for trace in row["traces"]]
        found["tokenizer"] = json.loads(pathlib.Path(tokenizer).read_text()).get("model", {}).get("type")
        found["fit_2000_tokens"] = sum(trace["tokens"]["next"] <= 2000 for trace in whole) / len(whole)
    return found


def main():
    program, data, out, *tokenizer = sys.argv[1:]
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    found = [measure(program, data, out, name, tokenizer[0] if tokenizer else None) for name in SETS]
    (HERE / "datasets.json").write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))


main()
