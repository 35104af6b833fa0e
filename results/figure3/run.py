"""Greedy decoding of a run's base and best model: python run.py TRACEWRIGHT RUN OUT [TASKS]

RUN is a run of `next` with `results/table2/next.toml`. Each model writes one answer a test task at temperature 0, and the base, as a proxy, a fix
to each rationale, greedily too. Writes `greedy.json`; with a number of tasks, to OUT. Needs nothing but Python 3.11.
"""

import hashlib
import json
import pathlib
import sys
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

import measure  # noqa: E402

TABLE2 = HERE.parent / "table2"


def passing(folder):
    """The tasks that are solved."""
    return " ".join(row["task_id"] for row in measure.rows(folder / "verdicts.jsonl") if row["verdict"] == "pass")


def main():
    path, run, out, *tasks = sys.argv[1:]
    program, run, out = measure.Program(path), pathlib.Path(run), pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    config = tomllib.loads((TABLE2 / "next.toml").read_text())
    count = int(tasks[0]) if tasks else config["data"]["test_tasks"]
    dataset = out / "test.jsonl"
    with (TABLE2 / config["data"]["test"]).open() as file:
        dataset.write_text("".join(line for line, _ in zip(file, range(count))))
    sampling, base = config["sampling"], TABLE2 / config["model"]
    shared = ["-d", dataset, "--shots", sampling["base_shots"], "--max-new-tokens", sampling["max_new_tokens"], "--template", TABLE2 / sampling["template"]]

    manifest, summary = (json.loads((run / name).read_text()) for name in ["manifest.json", "summary.json"])
    best = run / summary["checkpoint"] if summary["best"] else base
    sets = []
    for name, model in [("base", base), ("best", best)]:
        start = time.monotonic()
        samples = out / f"{name}.jsonl"
        program.call("sample", *shared, "-m", model, "-o", samples, "--temperature", "0", "--batch", "96", "--no-speculation")
        scored = program.call("score", "-d", dataset, "-s", samples, "--k", "1", "--fuel", config["judge"]["fuel"], "--out", out / name)
        proxied = program.call("proxy", *shared, "-m", base, "-s", samples, "-o", out / f"{name}-proxy", "--k", "1", "--fuel", config["judge"]["fuel"], "--batch", "96")
        judged = json.loads((out / name / "manifest.json").read_text())
        proxied = proxied["proxies"][0]["summary"]
        sets.append({
            "model": name,
            "base": manifest["model"],
            "seed": manifest["config"]["seed"],
            "checkpoint": hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest(),
            "guest": judged["guest"],
            "dataset_digest": judged["dataset_digest"],
            "tasks": count,
            "passing": passing(out / name),
            "proxy_passing": passing(out / f"{name}-proxy/proxy-0/verdicts"),
            "end_to_end": scored["pass_at_k"]["1"],
            "proxy": proxied["pass_at_k"]["1"],
            "seconds": round(time.monotonic() - start, 1),
        })
    command = ["python results/figure3/run.py tracewright RUN OUT", *tasks]
    measure.write((out if tasks else HERE) / "greedy.json", command, program, sets)


main()
