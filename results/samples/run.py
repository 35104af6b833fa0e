"""Judges published model outputs and writes `sets.json`: python run.py TRACEWRIGHT DATA OUT [NAME ...]

DATA holds the datasets, and below `samples/` gzip JSON lines with `task_id`, `solution` and the verdicts of native runs; its `index.jsonl` names each
file with its published figure. OUT gets a run folder for each set. With names, those sets only, and `sets.json` goes to OUT. Needs nothing but Python.
"""

import collections
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

import measure  # noqa: E402


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
    options = ["--dataset", dataset, "--samples", data / entry["file"], "--allow-partial", "--k", "1,5,10"]
    summary = program.call("score", "--data", data, *options, "--out", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    rows = measure.rows(next(folder.glob("*_results.jsonl")))
    compared = [row for row in rows if row.get(native) is not None]
    tasks = collections.defaultdict(list)
    for row in rows:
        tasks[row["task_id"]].append(row["passed"])
    return {
        "dataset": dataset,
        "guest": manifest["guest"],
        "samples": called(entry),
        "source": entry["source"],
        "dataset_digest": manifest["dataset_digest"],
        "samples_digest": manifest["samples_digest"],
        "options": manifest["options"],
        "seconds": round(summary["seconds"], 1),
        "tasks": len(tasks),
        "count": len(rows),
        "passing": sum(row["passed"] for row in rows),
        "compared": len(compared),
        "native_passing": sum(row[native] for row in compared),
        "other": [str(row["task_id"]) for row in compared if row[native] != row["passed"]],
        "pass_at_k": summary["pass_at_k"].get("plus", summary["pass_at_k"]),
        "published": entry.get("published_pass_at_1") if native == "native_passed" else None,
        "verdicts": summary["verdicts"],
        "counts": " ".join(f"{task}:{sum(passed)}/{len(passed)}" for task, passed in tasks.items()),
    }


def main():
    path, data, out, *names = sys.argv[1:]
    program, data, out = measure.Program(path), pathlib.Path(data), pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    sets = []
    for entry in measure.rows(data / "samples/index.jsonl"):
        for dataset, native in benchmarks(entry):
            if not names or f"{dataset}-{called(entry)}" in names:
                sets.append(judge(program, data, entry, dataset, native, out))
                print(*(f"{name} {sets[-1][name]}" for name in ["dataset", "samples", "count", "passing", "other"]), flush=True)
    if not sets:
        sys.exit(f"no set of {data}/samples/index.jsonl is called {' or '.join(names)}: names are DATASET-FILE")
    command = ["python results/samples/run.py tracewright DATA OUT", *names]
    measure.write((HERE if not names else out) / "sets.json", command, program, sets)


main()
