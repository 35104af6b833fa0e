//! `dataset build-mbpp-r` and `dataset synth`: repair sets made here.

use std::{collections::HashSet, path::Path};

use serde_json::Value;
use tracewright::internals::{
    sandbox::pool,
    syntax::{mutants, normalised},
};

use crate::support::{SANDBOX, published_data, tracewright};

fn lines(path: &Path) -> Vec<Value> {
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const PROGRAM: &str = r#"def f(xs, k):
    """How many."""
    # A comment stays.
    total = 0
    for i in range(len(xs)):
        if xs[i] % 2 == 0 and k > 1:
            total += min(xs[i], k)
        else:
            total -= -1
    return total
"#;

#[test]
fn mutants_differ_by_one_mistake_and_keep_the_rest() {
    let all = pool::run_one(|| mutants(&SANDBOX, PROGRAM, 10_000, 1)).unwrap().unwrap();
    let operators: HashSet<&str> = all.iter().map(|mutant| mutant.operator.as_str()).collect();
    for operator in [
        "dropped_branch",
        "dropped_condition",
        "dropped_statement",
        "early_return",
        "negated_condition",
        "off_by_one",
        "swapped_arguments",
        "swapped_operands",
        "wrong_comparison",
        "wrong_connective",
        "wrong_function",
        "wrong_operator",
        "wrong_sign",
        "wrong_variable",
    ] {
        assert!(operators.contains(operator), "{operator} is missing of {operators:?}");
    }
    let mut programs = HashSet::new();
    for mutant in &all {
        assert!(mutant.program.contains("# A comment stays.") && mutant.program.contains("How many."));
        assert!(programs.insert(&mutant.program), "twice:\n{}", mutant.program);
        let changed = |text: &str| text.lines().map(str::to_owned).collect::<HashSet<String>>();
        let lost = changed(PROGRAM).difference(&changed(&mutant.program)).count();
        let most = if mutant.operator == "dropped_branch" { 3 } else { 1 };
        assert!(lost <= most, "{} changed {lost} lines:\n{}", mutant.operator, mutant.program);
    }
    let line = |operator: &str, text: &str| {
        all.iter().any(|mutant| mutant.operator == operator && mutant.program.contains(text))
    };
    assert!(line("off_by_one", "range(len(xs) - 1)") && line("wrong_comparison", "% 2 != 0"));
    assert!(line("dropped_condition", "if k > 1:") && line("dropped_condition", "if xs[i] % 2 == 0:"));
    assert!(line("early_return", "            total -= -1\n        return total\n"));

    // Few: one of each operator first; the same seed, the same ones.
    let few = |seed| pool::run_one(|| mutants(&SANDBOX, PROGRAM, 10, seed)).unwrap().unwrap();
    let kinds: HashSet<String> = few(1).into_iter().map(|mutant| mutant.operator).collect();
    assert_eq!(kinds.len(), 10);
    assert_eq!(few(2), few(2));
    assert_ne!(few(2), few(3));
    assert_eq!(pool::run_one(|| mutants(&SANDBOX, "def f(:", 10, 0)).unwrap().unwrap(), []);
}

#[test]
fn programs_are_compared_by_what_they_do() {
    let shape = |program: &str| pool::run_one(|| normalised(&SANDBOX, program)).unwrap().unwrap();
    let plain = shape("def f(a):\n    x = 1\n    return a + x\n");
    assert_eq!(plain, shape("# One.\ndef f(a: int) -> int:\n  \"Doc.\"\n  x: int = 1\n\n  return (a+x)"));
    assert_ne!(plain, shape("def f(a):\n    x = 1\n    return x + a\n"));
    assert_eq!(shape("return 1"), None);
    assert_ne!(shape("def f():\n    'Doc.'"), None);
}

#[test]
fn synth_makes_the_same_verified_disjoint_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let synth = |out: &str, extra: &[&str]| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["dataset", "synth", "--out", out]);
        command.args(["--train", "30", "--dev", "6", "--test", "6", "--seed", "5"]).args(extra).assert().success();
    };
    synth("one", &["--jobs", "1"]);
    synth("two", &["--jobs", "3"]);
    let mut references = HashSet::new();
    for (file, count) in [("train.jsonl", 30), ("dev.jsonl", 6), ("test.jsonl", 6)] {
        let path = folder.path().join("one").join(file);
        assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(folder.path().join("two").join(file)).unwrap());
        let tasks = lines(&path);
        assert_eq!(tasks.len(), count);
        for task in &tasks {
            assert!(references.insert(task["reference"].as_str().unwrap().to_owned()));
            assert_ne!(task["reference"], task["buggy"]);
            assert_eq!(task["visible_tests"].as_array().unwrap().len(), 3);
            assert!(!task["hidden_tests"].as_array().unwrap().is_empty());
        }
        let verified = tracewright().args(["--json", "dataset", "verify"]).arg(&path).assert().success();
        let report: Value = serde_json::from_slice(&verified.get_output().stdout).unwrap();
        assert_eq!((&report["references_passing"], &report["buggy_failing"]), (&count.into(), &count.into()));
        // The first visible test fails: a trace begins there.
        let traced = tracewright().args(["--json", "trace", "--dataset"]).arg(&path).assert().success();
        assert!(!traced.get_output().stdout.is_empty());
    }
    let manifest = json(&folder.path().join("one/manifest.json"));
    assert_eq!(manifest["counts"]["train"]["tasks"], 30);
    let train = lines(&folder.path().join("one/train.jsonl"));
    let levels: HashSet<u64> = train.iter().map(|task| task["level"].as_u64().unwrap()).collect();
    assert_eq!(levels, HashSet::from([1, 2, 3]));

    // Another seed's tests are of no training program here: the split follows the program.
    let mut command = tracewright();
    command.current_dir(folder.path()).args(["dataset", "synth", "--out", "other", "--levels", "1"]);
    command.args(["--train", "0", "--dev", "0", "--test", "20", "--seed", "6"]).assert().success();
    let bodies = |path: &str| -> HashSet<String> {
        let body = |task: &Value| task["reference"].as_str().unwrap().lines().skip(1).collect::<String>();
        lines(&folder.path().join(path)).iter().map(body).collect()
    };
    assert!(bodies("other/test.jsonl").is_disjoint(&bodies("one/train.jsonl")));

    // Nothing is replaced unasked.
    let mut again = tracewright();
    let refused = again.current_dir(folder.path()).args(["dataset", "synth", "--out", "one"]).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--overwrite"));
}

const MBPP: &str = r#"{"task_id": 5, "text": "Write f.", "code": "def f(a):\n    return a", "test_list": ["assert f(1) == 1"], "test_setup_code": ""}
{"task_id": 515, "text": "Write g.", "code": "def g(a, b):\n    if a > b:\n        return a - b\n    return b", "test_list": ["assert g(1, 2) == 2", "assert g(5, 2) == 3"], "test_setup_code": ""}
{"task_id": 700, "text": "Write h.", "code": "def h(a):\n    return a * 2 + 1", "test_list": ["assert h(1) == 3", "assert h(0) == 1"], "test_setup_code": ""}
"#;

const SAMPLES: &str = r#"{"task_id": 5, "solution": "def f(a):\n    return 0"}
{"task_id": 700, "solution": "def h(a):\n    return a * 2 + 1"}
{"task_id": 700, "solution": "def h(a):\n    return a * 2", "model": "m"}
{"task_id": 700, "solution": "def h(a):\n    # twice\n    return (a * 2)"}
{"task_id": 700, "solution": "def h(a) return"}
{"task_id": 700, "solution": "raise ValueError\ndef h(a):\n    return a"}
{"task_id": 700, "solution": "def other(a):\n    return a"}
{"task_id": 700, "solution": "Here it is:\n```python\ndef h(a):\n    return a + 1\n```\nDone."}
{"task_id": 515, "solution": "def g(a, b):\n    return b"}
"#;

#[test]
fn mbpp_r_is_built_from_samples_and_mutants() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mbpp.jsonl"), MBPP).unwrap();
    std::fs::write(folder.path().join("samples.jsonl"), SAMPLES).unwrap();
    let build = |out: &str, extra: &[&str]| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["dataset", "build-mbpp-r", "--data", ".", "--out", out]).args(extra);
        command
    };
    build("sampled", &["--samples", "samples.jsonl"]).assert().success();
    let train = lines(&folder.path().join("sampled/train.jsonl"));
    let programs: Vec<&str> = train.iter().map(|task| task["buggy_code"].as_str().unwrap()).collect();
    assert_eq!(programs, ["def h(a):\n    return a * 2", "def h(a):\n    return a + 1\n"]);
    assert_eq!(
        (&train[0]["id"], &train[0]["n_identical"], &train[0]["model"]),
        (&"Mbpp/700-0".into(), &2.into(), &"m".into())
    );
    assert_eq!(lines(&folder.path().join("sampled/dev.jsonl")).len(), 1);
    let manifest = json(&folder.path().join("sampled/manifest.json"));
    let counts = &manifest["counts"]["train"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!((count("samples"), count("passing"), count("not_compiling")), (7, 1, 1));
    assert_eq!((count("never_running"), count("duplicates"), count("kept"), count("problems")), (2, 1, 2, 1));
    assert_eq!((&manifest["paper"]["train"], &manifest["paper"]["dev"]), (&10047.into(), &1468.into()));

    build("capped", &["--samples", "samples.jsonl", "--per-problem", "1"]).assert().success();
    let manifest = json(&folder.path().join("capped/manifest.json"));
    assert_eq!(
        (&manifest["counts"]["train"]["kept"], &manifest["counts"]["train"]["over_cap"]),
        (&1.into(), &1.into())
    );

    build("mutated", &["--mutants", "3"]).assert().success();
    for (file, expected) in [("train.jsonl", 3), ("dev.jsonl", 3)] {
        let path = folder.path().join("mutated").join(file);
        let tasks = lines(&path);
        assert_eq!(tasks.len(), expected);
        assert!(tasks.iter().all(|task| task["source"] == "mutant" && task["operator"].is_string()));
        let verified = tracewright().args(["--json", "dataset", "verify"]).arg(&path).assert().success();
        let report: Value = serde_json::from_slice(&verified.get_output().stdout).unwrap();
        assert_eq!(report["buggy_failing"], expected);
    }
    let refused = build("none", &[]).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--mutants"));
}

/// The published candidates: 962 pass and 902 fail natively, as they stand. Four of the failing ones are whole programs behind a margin, which
/// are programs here.
#[test]
fn the_failing_dev_candidates_are_found() {
    let Some(data) = published_data("the_failing_dev_candidates_are_found") else { return };
    let folder = tempfile::tempdir().unwrap();
    let samples = data.join("samples/mbpp/dev-candidates.jsonl.gz");
    let mut command = tracewright();
    command.args(["dataset", "build-mbpp-r", "--data"]).arg(&data).arg("--samples").arg(samples);
    command.arg("--out").arg(folder.path()).assert().success();
    let manifest = json(&folder.path().join("manifest.json"));
    let counts = &manifest["counts"]["dev"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!((count("samples"), count("passing")), (1864, 966));
    let failing = count("not_compiling") + count("never_running") + count("duplicates") + count("kept");
    assert_eq!(failing, 898);
    assert_eq!((count("not_compiling"), count("never_running"), count("duplicates")), (5, 12, 26));
}
