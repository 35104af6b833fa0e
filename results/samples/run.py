"""Judges published model outputs and writes `sets.json`: python run.py TRACEWRIGHT DATA OUT [NAME ...]

DATA holds the datasets, and below `samples/` gzip JSON lines with `task_id`, `solution` and the verdicts of native runs; its `index.jsonl` names each
file with its published figure. OUT gets a run folder for each set. With names, those sets only. Needs nothing but Python.
"""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def benchmarks(entry):
    """The datasets that a file is judged on, with the field of its native verdicts."""
    if entry["benchmark"].startswith("humanevalfix"):
        yield "humanevalfix", "native_passed"
        yield "humanevalfixplus", "native_plus_passed"
    else:
        yield entry["benchmark"].split()[0], "native_passed"


def called(entry):
    return pathlib.Path(entry["file"]).name.removesuffix(".jsonl.gz")


def judge(program, data, entry, dataset, native, out):
    folder = out / f"{dataset}-{called(entry)}"
    command = [program, "--json", "score", "--data", data, "--dataset", dataset, "--samples", data / entry["file"], "--allow-partial", "--k", "1", "--out", folder]
    summary = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    results = next(folder.glob("*_results.jsonl"))
    rows = [json.loads(line) for line in results.read_text().splitlines()]
    compared = [row for row in rows if row.get(native) is not None]
    estimates = summary["pass_at_k"].get("plus", summary["pass_at_k"])
    one = estimates["1"]
    return {
        "dataset": dataset,
        "samples": called(entry),
        "count": len(rows),
        "passing": sum(row["passed"] for row in rows),
        "compared": len(compared),
        "native_passing": sum(row[native] for row in compared),
        "disagreeing": sum(row[native] != row["passed"] for row in compared),
        "pass_at_1": one,
        "published": entry.get("published_pass_at_1") if native == "native_passed" else None,
    }


def main():
    program, data, out, *names = sys.argv[1:]
    data, out = pathlib.Path(data), pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    sets = []
    for line in (data / "samples/index.jsonl").read_text().splitlines():
        entry = json.loads(line)
        for dataset, native in benchmarks(entry):
            if not names or f"{dataset}-{called(entry)}" in names:
                sets.append(judge(program, data, entry, dataset, native, out))
                print(sets[-1], flush=True)
    (HERE if not names else out).joinpath("sets.json").write_text(json.dumps(sets, indent=1) + "\n")


main()
