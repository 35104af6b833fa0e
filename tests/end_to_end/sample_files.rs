//! Samples in the files people have: what Python's `json` writes, any layout, any packing; one bad sample costs itself.

use std::{fs, io::Write, path::Path};

use serde_json::Value;

use crate::support::tracewright;

/// A task that doubles, and a right answer to it.
fn dataset(folder: &Path, tasks: usize) -> String {
    let task = |index: usize| {
        format!(
            r#"{{"task_id": "twice/{index}", "description": "doubles", "entry_point": "twice", "buggy": "def twice(n):\n    return n\n", "reference": "def twice(n):\n    return 2 * n\n", "visible_tests": ["assert twice(3) == 6"]}}"#
        )
    };
    let path = folder.join("tasks.jsonl");
    fs::write(&path, (0..tasks).map(|index| task(index) + "\n").collect::<String>()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn right(index: usize, more: &str) -> String {
    format!(r#"{{"task_id": "twice/{index}", "solution": "def twice(n):\n    return n + n\n"{more}}}"#)
}

struct Scored {
    code: Option<i32>,
    summary: Value,
    said: String,
    rows: Vec<Value>,
}

fn score(folder: &Path, source: &str, stdin: Option<&[u8]>, tasks: usize) -> Scored {
    let out = tempfile::tempdir().unwrap();
    let mut command = tracewright();
    command
        .args([
            "--json",
            "score",
            "--fuel",
            "500M",
            "--jobs",
            "1",
            "--dataset",
            &dataset(folder, tasks),
            "--samples",
            source,
        ])
        .arg("--out")
        .arg(out.path().join("run"));
    if let Some(bytes) = stdin {
        command.write_stdin(bytes);
    }
    let output = command.output().unwrap();
    let rows = fs::read_to_string(out.path().join("run/verdicts.jsonl")).unwrap_or_default();
    Scored {
        code: output.status.code(),
        summary: serde_json::from_slice(&output.stdout).unwrap_or_default(),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        rows: rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}

/// The verdicts of the samples in a file with these bytes, in order.
fn verdicts(bytes: &[u8], tasks: usize) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.jsonl");
    fs::write(&file, bytes).unwrap();
    let scored = score(folder.path(), file.to_str().unwrap(), None, tasks);
    assert_eq!(scored.code, Some(0), "{}", scored.said);
    (scored.rows.iter().map(|row| row["verdict"].as_str().unwrap().to_owned()).collect(), scored.said)
}

#[test]
fn what_python_writes_costs_nothing() {
    let deep = format!(r#", "m": {}{}"#, "[".repeat(50_000), "]".repeat(50_000));
    let long = format!(r#", "n": {}"#, "7".repeat(20_000));
    let odd = [
        r#", "a": NaN"#,
        r#", "a": [1, -Infinity, {"b": Infinity}]"#,
        r#", "NaN": "Infinity, \"NaN\"""#,
        r#", "x": 1e999, "y": -1E+4000, "z": 1e-999"#,
        r#", "note": "cut \ud83d", "\udc00": 1"#,
        r#", "a": 1, "a": NaN"#,
        &deep,
        &long,
    ];
    let lines: String = odd.iter().map(|more| right(0, more) + "\n").collect();
    let (found, said) = verdicts(lines.as_bytes(), 1);
    assert_eq!(found, vec!["pass"; odd.len()], "{said}");
    assert!(!said.contains("note:"), "{said}");
}

#[test]
fn a_bad_sample_costs_itself() {
    let half = |program: &str| format!(r#"{{"task_id": "twice/0", "solution": "{program}"}}"#);
    let lines = [
        right(0, ""),
        half(r"def twice(n):\n    return 2 * n  # \ud83d\n"),
        half(r"def twice(n):\n    '\udc00\ud800'\n    return 2 * n\n"),
        half(r"def twice(n):\n    x = '\ud83d\ude00 \\ud83d \ufdd0'\n    return 2 * n\n"),
        r#"{"task_id": "twice/0", "completion": null}"#.to_owned(),
        r#"{"task_id": "twice/0", "solution": null, "completion": null}"#.to_owned(),
        right(0, ""),
    ];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend(b"\n{\"task_id\": \"twice/0\", \"solution\": \"def twice(n):\\n    return 2 * n  # \xE9\\n\"}\n");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.jsonl");
    fs::write(&file, &bytes).unwrap();
    let scored = score(folder.path(), file.to_str().unwrap(), None, 1);
    let found: Vec<&str> = scored.rows.iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(found[..4], ["pass", "compile_error", "compile_error", "pass"], "{}", scored.said);
    assert!(found[4] != "pass" && found[5] != "pass" && found[6] == "pass" && found[7] == "compile_error", "{found:?}");
    let error = &scored.rows[1]["error"];
    assert_eq!((error["type"].as_str(), error["line"].as_u64()), (Some("UnicodeEncodeError"), Some(2)), "{error}");
    for line in [":2: ", ":3: ", ":5: ", ":6: ", ":8: "] {
        assert!(scored.said.contains(line), "{line} is named: {}", scored.said);
    }
    assert!(!scored.said.contains(":4: "), "{}", scored.said);
}

#[test]
fn a_half_character_beside_the_program_costs_nothing() {
    let answer =
        r#"{"task_id": "twice/0", "solution": "Here \ud83d:\n```python\ndef twice(n):\n    return 2 * n\n```\n"}"#;
    assert_eq!(verdicts(answer.as_bytes(), 1).0, ["pass"]);
}

#[test]
fn any_layout_and_packing_holds_the_same_samples() {
    let lines = format!("{}\n{}\n", right(0, ""), right(1, ""));
    let objects: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let pretty: Vec<String> = objects.iter().map(|row| serde_json::to_string_pretty(row).unwrap()).collect();
    let program = "def twice(n):\n    return n + n\n";
    let packed = |text: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let utf16: Vec<u8> = format!("\u{FEFF}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("lines", lines.clone().into_bytes()),
        ("a mark before each line", format!("\u{FEFF}{}", lines.replace('\n', "\n\u{FEFF}")).into_bytes()),
        ("carriage returns", lines.replace('\n', "\r\n").into_bytes()),
        ("old line ends", lines.replace('\n', "\r").into_bytes()),
        ("no line ends", lines.replace('\n', "").into_bytes()),
        ("pretty", pretty.join("\n").into_bytes()),
        ("a pretty list", serde_json::to_vec_pretty(&objects).unwrap()),
        ("lists by position", serde_json::to_vec(&[[program], [program]]).unwrap()),
        (
            "lists by name",
            serde_json::to_vec_pretty(&serde_json::json!({"twice/0": [program], "twice/1": [program]})).unwrap(),
        ),
        ("gzip", packed(&lines)),
        ("zstd", zstd::bulk::compress(lines.as_bytes(), 3).unwrap()),
        ("UTF-16", utf16),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.jsonl");
    for (name, bytes) in forms {
        fs::write(&file, &bytes).unwrap();
        let from_file = score(folder.path(), file.to_str().unwrap(), None, 2);
        let from_stdin = score(folder.path(), "-", Some(&bytes), 2);
        for scored in [from_file, from_stdin] {
            assert_eq!(scored.code, Some(0), "{name}: {}", scored.said);
            assert_eq!(scored.summary["verdicts"]["pass"], 2, "{name}: {}", scored.said);
        }
    }
}

#[test]
fn what_is_not_read_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.jsonl");
    let forms: [(&[u8], &str); 5] = [
        (b"BZh91AY&SY\x01\x02", "bunzip2"),
        (b"\xFD7zXZ\0\0\x04", "unxz"),
        (b"PK\x03\x04\x14\0", "unzip"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"{\0\"\0t\0", "UTF-16"),
    ];
    for (bytes, word) in forms {
        fs::write(&file, bytes).unwrap();
        for (source, stdin) in [(file.to_str().unwrap(), None), ("-", Some(bytes))] {
            let scored = score(folder.path(), source, stdin, 1);
            assert_eq!(scored.code, Some(2), "{word}: {}", scored.said);
            assert!(scored.said.contains(word), "{word}: {}", scored.said);
        }
    }
}

#[test]
fn a_source_that_cannot_be_decoded_costs_itself() {
    let folder = tempfile::tempdir().unwrap();
    let write = |task: usize, sample: usize, bytes: &[u8]| {
        let place = folder.path().join(format!("dir/twice_{task}"));
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join(format!("{sample}.py")), bytes).unwrap();
    };
    let source = |head: &[u8], text: &[u8]| [head, b"def twice(n):\n    return 2 * n  # ", text, b"\n"].concat();
    write(0, 0, &source(b"", b""));
    write(0, 1, &source(b"# -*- coding: latin-1 -*-\n", b"\xE9"));
    write(0, 2, &source(b"# coding: cp1251\n", b"\xE9"));
    write(1, 0, &source(b"", b"\xE9"));
    write(1, 1, &source(b"\xEF\xBB\xBF", "é".as_bytes()));
    write(1, 2, &source(b"# coding: nonsense\n", b""));
    let scored = score(folder.path(), folder.path().join("dir").to_str().unwrap(), None, 2);
    let found: Vec<&str> = scored.rows.iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(found, ["pass", "pass", "pass", "compile_error", "pass", "compile_error"], "{}", scored.said);
    assert!(scored.said.contains("twice_1/0.py") && scored.said.contains("0xe9"), "{}", scored.said);
}

#[test]
fn verdicts_are_compared_with_expected_ones() {
    let folder = tempfile::tempdir().unwrap();
    let data = dataset(folder.path(), 1);
    let wrong = |more: &str| format!(r#"{{"task_id": "twice/0", "solution": "def twice(n):\n    return n\n"{more}}}"#);
    let lines = [
        right(0, r#", "was": "pass", "model": "a", "lp": -0.30000000000000004, "big": 1e999"#),
        right(0, r#", "was": false, "model": "b""#),
        wrong(r#", "was": "wrong_answer|runtime_error", "model": "a""#),
        wrong(r#", "was": true, "model": "b", "lp": NaN"#),
        wrong(r#", "was": null"#),
        wrong(r#", "model": "a", "was": "timed out""#),
    ];
    let file = folder.path().join("s.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let out = folder.path().join("run");
    let run = |arguments: &[&str]| {
        let mut command = tracewright();
        command.args(["score", "--fuel", "500M", "--dataset", &data, "--samples"]).arg(&file).args(arguments);
        command.output().unwrap()
    };
    let out_text = out.to_str().unwrap();
    let output = run(&["--json", "--out", out_text, "--expect", "was", "--group-by", "model", "--k", "1"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        summary["expect"],
        serde_json::json!({"field": "was", "compared": 5, "agree": 2, "differ": 3, "without": 1})
    );
    let differences: Vec<Value> = fs::read_to_string(out.join("differences.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let places: Vec<(u64, &str)> =
        differences.iter().map(|row| (row["sample"].as_u64().unwrap(), row["verdict"].as_str().unwrap())).collect();
    assert_eq!(places, [(1, "pass"), (3, "wrong_answer"), (5, "wrong_answer")]);
    let groups = summary["groups"]["values"].as_array().unwrap();
    let of = |index: usize| {
        let group: &Value = &groups[index];
        (
            group["value"].as_str(),
            group["samples"].as_u64().unwrap(),
            group["pass_at_k"]["1"]["value"].as_f64().unwrap(),
        )
    };
    assert_eq!(groups.len(), 3);
    let (name, samples, value) = of(0);
    assert_eq!((name, samples), (Some("a"), 3));
    assert!((value - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!((of(1).0, of(1).1), (Some("b"), 2));
    assert_eq!((of(2).0, of(2).1), (None, 1));
    // Fields travel as they stood, each with its own sample though the programs are the same.
    let rows = fs::read_to_string(out.join("verdicts.jsonl")).unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    assert!(
        rows[0].contains(r#""fields":{"was":"pass","model":"a","lp":-0.30000000000000004,"big":null}"#),
        "{}",
        rows[0]
    );
    assert!(rows[1].contains(r#""fields":{"was":false,"model":"b"}"#), "{}", rows[1]);
    // People see the same; a later run without the question leaves no stale answer.
    let text = String::from_utf8(run(&["--expect", "was", "--group-by", "model", "--k", "1"]).stdout).unwrap();
    assert!(
        text.contains("of 5 verdicts 2 are as expected, 3 differ")
            && text.contains("sample 3: expected true, got wrong_answer"),
        "{text}"
    );
    assert!(text.contains("by `model`"), "{text}");
    run(&["--out", out_text]);
    assert!(!out.join("differences.jsonl").exists());
    for (arguments, word) in [
        (["--expect", "nothing"], "no sample has this field; the first has task_id"),
        (["--expect", "lp"], "is no verdict"),
        (["--group-by", "nothing"], "no sample has this field"),
    ] {
        let output = run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(word), "{said}");
    }
}

#[test]
fn the_bundled_candidates_have_the_verdicts_they_should() {
    let output = tracewright().args(["--json", "score", "--expect", "expected_verdict"]).output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["expect"]["differ"], 0, "{}", summary["expect"]);
    assert!(summary["expect"]["agree"].as_u64().unwrap() > 100);
}
