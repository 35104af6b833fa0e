//! Loaders, on files made here in each published form, and the forms samples come in.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::support::tracewright;

fn write(path: &Path, rows: &[Value]) {
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A data directory with one or two tasks of each published dataset.
fn data() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let prompt = "def double(x):\n    \"\"\" Twice x. \"\"\"\n";
    let check = "def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(0) == 0\n";
    write(
        &at("HumanEval.jsonl"),
        &[
            json!({"task_id": "HumanEval/0", "prompt": prompt, "entry_point": "double", "canonical_solution": "    return 2 * x\n", "test": check}),
        ],
    );
    write(
        &at("plus/HumanEvalPlus-v0.jsonl"),
        &[
            json!({"task_id": "HumanEval/0", "prompt": prompt, "entry_point": "double", "canonical_solution": "    return 2 * x\n", "test": check, "contract": "", "base_input": [[2], [0]], "plus_input": [[-1.5], [1e300]], "atol": 0}),
        ],
    );
    write(
        &at("humanevalpack_python.jsonl"),
        &[
            json!({"task_id": "Python/0", "prompt": prompt, "declaration": "def double(x):\n", "canonical_solution": "    return 2 * x\n", "buggy_solution": "    return x * x\n",
            "test": "def check(double):\n    assert double(2) == 4\n    assert double(3) == 6\n\ncheck(double)", "entry_point": "double", "docstring": "Twice x."}),
        ],
    );
    let mbpp = |id: i64| json!({"task_id": id, "text": "Twice x.", "code": "def twice(x):\r\n\treturn 2 * x", "test_setup_code": "", "test_list": ["assert twice(1) == 2", "assert twice('a') == 'aa'"], "challenge_test_list": []});
    write(&at("mbpp/mbpp.jsonl"), &[mbpp(5), mbpp(11), mbpp(511), mbpp(600), mbpp(601)]);
    write(
        &at("MbppPlus-v0.jsonl"),
        &[
            json!({"task_id": "Mbpp/2", "prompt": "", "entry_point": "similar_elements", "canonical_solution": "def similar_elements(a, b):\n    return tuple(set(a) & set(b))\n", "base_input": [[[3, 4], [4, 5]]], "plus_input": {}, "atol": 0, "contract": "", "assertion": ""}),
            json!({"task_id": "Mbpp/124", "prompt": "", "entry_point": "angle_complex", "canonical_solution": "import cmath\ndef angle_complex(a, b):\n    return cmath.phase(a + b)\n", "base_input": [["0", "1j"], ["2.0", "(-3+4.5j)"]], "plus_input": [["-0.5", "-1e-3j"]], "atol": 0, "contract": "", "assertion": ""}),
        ],
    );
    folder
}

fn verify(data: &Path, name: &str) -> Value {
    let output = tracewright().args(["--json", "dataset", "verify", name, "--data"]).arg(data).assert().success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

/// Objects too deep in what stands twice are told apart by nothing, also where the reference gives them.
#[test]
fn a_reference_that_cannot_be_held_to_its_objects_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tasks.jsonl");
    let task = |id: &str, depth: usize| {
        let reference = format!(
            "class N:\n    def ok(self): return True\ndef f():\n    rows = [N()]\n    for _ in range({depth}): rows = [rows]\n    return [rows, rows]"
        );
        let test = format!("a, b = f()\nassert a is b\nfor _ in range({depth}): a = a[0]\nassert a[0].ok()");
        json!({"task_id": id, "entry_point": "f", "reference": reference, "visible_tests": [test]}).to_string()
    };
    std::fs::write(&file, [task("shallow", 3), task("deep", 90)].join("\n")).unwrap();
    let report = verify(folder.path(), file.to_str().unwrap());
    assert_eq!((&report["references_passing"], &report["reference"]), (&json!(2), &json!(2)), "{report}");
    let [exception] = &report["exceptions"].as_array().unwrap()[..] else { panic!("{report}") };
    assert_eq!(exception["task"], "deep");
    assert!(exception["reason"].as_str().unwrap().contains("cannot be held"), "{report}");
}

#[test]
fn every_published_form_is_read_and_verified() {
    let data = data();
    for (name, tasks, buggy) in [
        ("humaneval", 1, 0),
        ("humanevalplus", 1, 0),
        ("humanevalfix", 1, 1),
        ("humanevalfixplus", 1, 1),
        ("mbpp", 5, 0),
        ("mbpp:prompt", 1, 0),
        ("mbpp:test", 1, 0),
        ("mbpp:validation", 2, 0),
        ("mbpp:train", 1, 0),
        ("mbppplus", 2, 0),
    ] {
        let report = verify(data.path(), name);
        assert_eq!(
            (&report["tasks"], &report["references_passing"], &report["buggy_failing"]),
            (&json!(tasks), &json!(tasks), &json!(buggy)),
            "{name}: {report}"
        );
        assert_eq!(report["exceptions"], json!([]), "{name}");
    }
}

fn score(data: &Path, dataset: &str, samples: &Path, out: &Path) -> (Value, Vec<Value>) {
    let output = tracewright()
        .args(["--json", "score", "--dataset", dataset, "--data"])
        .arg(data)
        .arg("--samples")
        .arg(samples)
        .arg("--out")
        .arg(out)
        .assert()
        .success();
    let rows = fs::read_to_string(out.join("verdicts.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    (serde_json::from_slice(&output.get_output().stdout).unwrap(), rows)
}

#[test]
fn completions_solutions_directories_and_generations() {
    let (data, work) = (data(), tempfile::tempdir().unwrap());
    let at = |name: &str| work.path().join(name);
    write(
        &at("completions.jsonl"),
        &[
            json!({"task_id": "HumanEval/0", "completion": "    return x + x\n"}),
            json!({"task_id": "HumanEval/0", "completion": "    return x\n"}),
        ],
    );
    write(
        &at("fix.jsonl"),
        &[
            json!({"task_id": "HumanEval/0", "completion": "    return x + x\n"}),
            json!({"task_id": "Python/0", "completion": "def double(x):\n    return x + x\n"}),
        ],
    );
    fs::create_dir_all(at("tree/HumanEval_0")).unwrap();
    for index in 0..12 {
        fs::write(
            at(&format!("tree/HumanEval_0/{index}.py")),
            if index == 10 { "def double(x): return x + x" } else { "def double(x): return 0" },
        )
        .unwrap();
    }
    fs::write(at("generations.json"), r#"[["def double(x): return x + x", "def double(x): return 1"]]"#).unwrap();
    let verdicts = |dataset: &str, samples: &str| -> Vec<String> {
        let (_, rows) = score(data.path(), dataset, &at(samples), &at(&format!("out-{samples}")));
        rows.iter().map(|row| row["verdict"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(verdicts("humaneval", "completions.jsonl"), ["pass", "wrong_answer"]);
    assert_eq!(verdicts("humanevalfix", "fix.jsonl"), ["pass", "pass"]);
    let tree = verdicts("humaneval", "tree");
    assert_eq!(tree.iter().position(|verdict| verdict == "pass"), Some(10), "files are taken by number");
    assert_eq!(verdicts("humaneval", "generations.json"), ["pass", "wrong_answer"]);
}

#[test]
fn evalplus_sets_report_base_and_plus_and_write_evalplus_results() {
    let (data, work) = (data(), tempfile::tempdir().unwrap());
    let samples = work.path().join("samples.jsonl");
    write(
        &samples,
        &[
            json!({"task_id": "HumanEval/0", "solution": "def double(x): return x * 2", "note": "mine"}),
            json!({"task_id": "HumanEval/0", "solution": "def double(x): return abs(x) * 2"}),
            json!({"task_id": "HumanEval/0", "solution": "def double(x): return 1"}),
        ],
    );
    let out = work.path().join("out");
    let (summary, rows) = score(data.path(), "humanevalplus", &samples, &out);
    let pairs: Vec<_> = rows.iter().map(|row| (row["base"].as_str().unwrap(), row["plus"].as_str().unwrap())).collect();
    assert_eq!(pairs, [("pass", "pass"), ("pass", "wrong_answer"), ("wrong_answer", "wrong_answer")]);
    let third = |key: &str| summary["pass_at_k"][key]["1"]["value"].as_f64().unwrap();
    assert!((third("base") - 2.0 / 3.0).abs() < 1e-12 && (third("plus") - 1.0 / 3.0).abs() < 1e-12);

    let results: Value = serde_json::from_slice(&fs::read(out.join("samples.eval_results.json")).unwrap()).unwrap();
    let second = &results["eval"]["HumanEval/0"][1];
    assert_eq!(
        (&second["base_status"], &second["plus_status"], &second["plus_fail_tests"]),
        (&json!("pass"), &json!("fail"), &json!([[-1.5]]))
    );
    let human_eval = fs::read_to_string(out.join("samples.jsonl_results.jsonl")).unwrap();
    let first: Value = serde_json::from_str(human_eval.lines().next().unwrap()).unwrap();
    assert_eq!((&first["passed"], &first["result"], &first["note"]), (&json!(true), &json!("passed"), &json!("mine")));
}

#[test]
fn show_prints_a_task() {
    let output = tracewright().args(["dataset", "show", "mini", "mini/stock-code-totals"]).assert().success();
    insta::assert_snapshot!(String::from_utf8_lossy(&output.get_output().stdout));
}
