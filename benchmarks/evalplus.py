"""Verdicts per CPU second on EvalPlus's sets: Tracewright against EvalPlus's own checker, on the same samples.

    python3 benchmarks/evalplus.py DATA humanevalplus|mbppplus SAMPLES.jsonl.gz EVALPLUS_SOURCE

EVALPLUS_SOURCE is a checkout of EvalPlus (its checker needs numpy and psutil). Ground truth is computed beforehand on both sides
and not counted. EvalPlus's checker executes the samples without a sandbox: give it only samples you would run natively.
"""

import os
import sys
import types

from common import Cpu, lines, table, tracewright


def checker(source, dataset, path):
    """EvalPlus's `untrusted_check` and its problems, without the parts that fetch or generate."""
    sys.path.insert(0, source)
    for name in ("wget", "tempdir", "appdirs", "datasets"):
        module = types.ModuleType(name)
        module.user_cache_dir = lambda _: "/nonexistent"
        module.load_dataset = None
        sys.modules.setdefault(name, module)
    os.environ["MBPP_OVERRIDE_PATH"] = os.environ["HUMANEVAL_OVERRIDE_PATH"] = path
    from evalplus.eval import untrusted_check
    from evalplus.eval._special_oracle import MBPP_OUTPUT_NOT_NONE_TASKS
    from evalplus.gen.util import trusted_exec

    problems = {task["task_id"]: task for task in lines(path)}
    if dataset == "mbppplus":
        from evalplus.data.mbpp import mbpp_deserialize_inputs

        for task_id, task in problems.items():
            for key in ("base_input", "plus_input"):
                task[key] = mbpp_deserialize_inputs(task_id, task[key])
    name = "mbpp" if dataset == "mbppplus" else "humaneval"
    truth = {}

    def prepare(task_id):
        task = problems[task_id]
        code = task["prompt"] + task["canonical_solution"]
        not_none = task["entry_point"] in MBPP_OUTPUT_NOT_NONE_TASKS
        truth[task_id] = {
            key: trusted_exec(code, task[key + "_input"], task["entry_point"], record_time=True, output_not_none=not_none)
            for key in ("base", "plus")
        }

    def check(task_id, solution):
        task = problems[task_id]
        for key in ("base", "plus"):
            expected, seconds = truth[task_id][key]
            status, _ = untrusted_check(
                name, solution, task[key + "_input"], task["entry_point"], expected, task["atol"], seconds, fast_check=True
            )
            if status != "pass":
                return False  # As EvalPlus counts plus; it would still run the other half.
        return True

    return problems, prepare, check


def main():
    data, dataset, samples, source = sys.argv[1:5]
    file = {"humanevalplus": "humanevalplus/HumanEvalPlus-v0.1.10.jsonl.gz", "mbppplus": "mbppplus/MbppPlus-v0.2.0.jsonl.gz"}[dataset]
    problems, prepare, check = checker(source, dataset, os.path.join(data, file))
    leave_out = set(filter(None, os.environ.get("LEAVE_OUT", "").split(",")))
    chosen = []
    for sample in lines(samples):
        number = str(sample["task_id"]).split("/")[-1]
        task_id = ("Mbpp/" if dataset == "mbppplus" else "HumanEval/") + number
        if task_id in problems and task_id not in leave_out:
            chosen.append({"task_id": task_id, "solution": sample["solution"]})
    cpu, wall, passed = tracewright(dataset, data, chosen)
    for task_id in dict.fromkeys(sample["task_id"] for sample in chosen):
        prepare(task_id)
    with Cpu() as theirs:
        verdicts = [check(sample["task_id"], sample["solution"]) for sample in chosen]
    table(
        [
            ["judge", "samples", "CPU s", "verdicts per CPU second", "passed"],
            ["EvalPlus", len(chosen), "%.1f" % theirs.seconds, "%.1f" % (len(chosen) / theirs.seconds), sum(verdicts)],
            ["tracewright", len(chosen), "%.1f" % cpu, "%.1f" % (len(chosen) / cpu), sum(passed)],
        ]
    )
    print("ratio %.2f" % (theirs.seconds / cpu))
    differing = [s["task_id"] for s, ours, other in zip(chosen, passed, verdicts) if ours != other]
    print("differing verdicts:", ", ".join(differing) or "none")


main()
