//! Bad input meets a message that names the file and the line and says what to do, with exit code 2; nothing written is lost.

use std::fs;

use serde_json::Value;

use crate::support::tracewright;

const GOOD: &str = r#"{"task_id": "mini/stock-code-totals", "solution": "def stock_totals(code): return {}"}"#;

/// Scores `samples` on `mini` and returns the exit code and the standard error.
fn score(samples: &[u8], arguments: &[&str]) -> (i32, String, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("samples.jsonl");
    fs::write(&file, samples).unwrap();
    let output = tracewright()
        .args(["--json", "score", "--fuel", "500M", "--samples"])
        .arg(&file)
        .args(arguments)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).replace(folder.path().to_str().unwrap(), "DIR");
    (output.status.code().unwrap(), stderr, output.stdout)
}

#[test]
fn each_mistake_has_its_message() {
    let two = |second: &str| format!("{GOOD}\n{second}\n").into_bytes();
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("malformed JSON", two("{\"task_id\": "), &[]),
        ("not an object", two("3"), &[]),
        ("no task_id", two("{\"solution\": \"x\"}"), &[]),
        ("no program", two("{\"task_id\": \"mini/stock-code-totals\"}"), &[]),
        ("program not text", two("{\"task_id\": \"mini/stock-code-totals\", \"solution\": [\"a\"]}"), &[]),
        ("unknown task", two("{\"task_id\": \"HumanEval/0\", \"solution\": \"x\"}"), &[]),
        ("hostile task id", two("{\"task_id\": \"../../etc/passwd\", \"solution\": \"x\"}"), &[]),
        ("empty", Vec::new(), &[]),
        ("blank", b"\n\n".to_vec(), &[]),
        ("not UTF-8", [GOOD.as_bytes(), b"\n\xff\xfe\n"].concat(), &[]),
        ("truncated gzip", vec![0x1F, 0x8B, 8, 0, 0], &[]),
        ("too many generations", format!("[{}]", vec!["[\"x\"]"; 51].join(",")).into_bytes(), &[]),
        ("k of zero", GOOD.as_bytes().to_vec(), &["--k", "0"]),
        ("shard", GOOD.as_bytes().to_vec(), &["--shard", "3/2"]),
        ("memory", GOOD.as_bytes().to_vec(), &["--memory", "1"]),
        ("jobs", GOOD.as_bytes().to_vec(), &["--jobs", "0"]),
    ];
    let mut report = String::new();
    for (name, samples, arguments) in cases {
        let (code, message, _) = score(&samples, arguments);
        assert_eq!(code, 2, "{name}: {message}");
        report.push_str(&format!("{name}\n  {}\n", message.trim().replace('\n', "\n  ")));
    }
    insta::assert_snapshot!(report);
}

#[test]
fn datasets_say_what_is_wrong_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let task = r#"{"task_id": "a", "entry_point": "f", "visible_tests": ["assert f()"]}"#;
    let cases = [
        "nowhere".to_owned(),
        "humaneval".to_owned(),
        "mbpp:nosplit".to_owned(),
        folder.path().to_str().unwrap().to_owned(),
        write("empty.jsonl", ""),
        write("broken.jsonl", &format!("{task}\n{{\"task_id\"\n")),
        write("unknown.jsonl", "{\"question\": 1}\n"),
        write("twice.jsonl", &format!("{task}\n{task}\n")),
        write("no-tests.jsonl", "{\"task_id\": \"a\", \"entry_point\": \"f\", \"visible_tests\": []}\n"),
        write("wrong-field.jsonl", "{\"task_id\": \"a\", \"entry_point\": \"f\", \"visible_tests\": \"assert f()\"}\n"),
        write(
            "numpy.jsonl",
            "{\"task_id\": \"HumanEval/0\", \"prompt\": \"\", \"entry_point\": \"f\", \"canonical_solution\": \"\", \"test\": \"import numpy\"}\n",
        ),
        write("debugbench.jsonl", "{\"buggy_code\": \"\", \"oracle_code\": \"\"}\n"),
    ];
    let mut report = String::new();
    for dataset in cases {
        let output = tracewright().args(["dataset", "verify", &dataset]).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr).replace(folder.path().to_str().unwrap(), "DIR");
        assert_eq!(output.status.code(), Some(2), "{dataset}: {message}");
        report.push_str(&format!(
            "{}\n  {}\n",
            dataset.replace(folder.path().to_str().unwrap(), "DIR"),
            message.trim().replace('\n', "\n  ")
        ));
    }
    insta::assert_snapshot!(report);
}

#[test]
fn odd_but_sound_files_are_read() {
    let expect = |samples: &[u8], arguments: &[&str], count: u64| {
        let (code, message, stdout) = score(samples, arguments);
        assert_eq!(code, 0, "{message}");
        let summary: Value = serde_json::from_slice(&stdout).unwrap();
        assert_eq!(summary["samples"].as_u64(), Some(count));
        summary
    };
    expect(format!("\u{FEFF}{GOOD}\r\n\r\n{GOOD}").as_bytes(), &[], 2);
    expect(&zstd::bulk::compress(GOOD.as_bytes(), 1).unwrap(), &[], 1);
    expect(format!("[{GOOD}, {GOOD}]").as_bytes(), &[], 2);
    expect(b"[[\"def stock_totals(code): return {}\"], []]", &[], 1);
    let unknown = format!("{GOOD}\n{{\"task_id\": \"no/such\", \"completion\": \"x\"}}\n");
    expect(unknown.as_bytes(), &["--skip-unknown"], 1);
    // Ten megabytes of program are judged like any other.
    let big = format!(
        "{{\"task_id\": \"mini/stock-code-totals\", \"solution\": \"x = 0\\n{}\"}}",
        "x += 1\\n".repeat(1_250_000)
    );
    let summary = expect(big.as_bytes(), &["--allow-partial"], 1);
    assert_eq!(summary["verdicts"]["pass"], 0);
}

#[test]
fn missing_tasks_are_named_and_the_denominator_stated() {
    let (_, _, stdout) = score(GOOD.as_bytes(), &[]);
    let summary: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!((summary["tasks"].as_u64(), summary["missing"].as_array().map(Vec::len)), (Some(50), Some(49)));
    let (_, _, stdout) = score(GOOD.as_bytes(), &["--allow-partial", "--k", "1,5"]);
    let summary: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!(summary["tasks"], 1);
    assert_eq!(summary["k_too_large"], serde_json::json!([5]), "k above n is said, not guessed");
}

/// The words of the system stand in a message once, with the name of the file.
#[test]
fn what_the_system_says_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("pairs.jsonl"), r#"{"prompt": "a", "completion": "b"}"#).unwrap();
    let mini = ["--dataset", "mini", "--out", "out.jsonl"];
    let cases: &[(&[&str], &str)] = &[
        (&["score", "--samples", "none.jsonl"], "none.jsonl"),
        (&["sample", "--model", "none", mini[0], mini[1], mini[2], mini[3]], "none/config.json"),
        (&["sample", "--model", "empty", mini[0], mini[1], mini[2], mini[3]], "empty/config.json"),
        (&["sample", "--model", "none", "--template", "none.jinja", mini[2], mini[3]], "none.jinja"),
        (&["sample", "--model", "none", "--exemplars", "none.toml", mini[2], mini[3]], "none.toml"),
        (&["train", "--model", "none", "--data", "pairs.jsonl", "--out", "out"], "none/config.json"),
        (&["train", "--model", "none", "--data", "pairs.jsonl", "--out", "out", "--config", "none.toml"], "none.toml"),
        (&["export", "--model", "none", "--out", "out"], "none/config.json"),
        (&["init", "--config", "none.json", "--fit-tokenizer", "pairs.jsonl", "--out", "out"], "none.json"),
        (&["next", "--config", "none.toml"], "none.toml"),
        (&["trace", "--dataset", "mini", "--task", "mini/stock-code-totals", "--program", "none.py"], "none.py"),
        (&["run", "none.py"], "none.py"),
    ];
    for (arguments, file) in cases {
        let output = tracewright().current_dir(folder.path()).args(*arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert_eq!(said.matches("os error").count(), 1, "{arguments:?}: {said}");
        assert_eq!(said.matches(file).count(), 1, "{arguments:?}: {said}");
    }
}

#[test]
fn a_fault_of_the_machine_is_said_once_with_its_cause_before_the_advice() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    fs::write(folder.path().join("samples.jsonl"), GOOD).unwrap();
    let output = tracewright()
        .current_dir(folder.path())
        .args(["score", "--samples", "samples.jsonl", "--allow-partial", "--out", "file/run"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("os error").count(), 1, "{said}");
    let error = said.lines().position(|line| line.starts_with("error: cannot make the run folder file/run: ")).unwrap();
    let lines: Vec<&str> = said.lines().skip(error).collect();
    assert!(lines[0].contains("os error") && lines[1].starts_with("Choose another --out"), "{said}");
}

#[test]
fn a_folder_below_a_file_cannot_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let output = tracewright().args(["score", "--fuel", "500M", "--out"]).arg(blocked.join("run")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot make the run folder"));
}
