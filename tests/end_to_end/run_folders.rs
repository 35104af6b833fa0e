//! Run folders: one process at a time, going on with what is the same, and reports from anywhere.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::{cache, tracewright};

const FUEL: &str = "500M";

fn spawn(arguments: &[&str], out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tracewright"))
        .env("TRACEWRIGHT_CACHE", cache().path())
        .args(arguments)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until `path` is there; false where the process ends before.
fn appears(path: &Path, child: &mut Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_mins(1) {
        if path.exists() {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

#[test]
fn a_second_process_stops_with_a_message_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    // Long enough to be met: with much fuel, endless loops take seconds.
    let arguments = ["score", "--fuel", "30G", "--jobs", "1"];
    let mut first = spawn(&arguments, &out);
    assert!(appears(&out.join(".lock"), &mut first), "the first run locks its folder");
    let mut second = tracewright();
    let output = second.args(arguments).arg("--out").arg(&out).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("being written by another") && said.contains(&first.id().to_string()), "{said}");
    let output = tracewright().args(arguments).arg("--overwrite").arg("--out").arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "nor does it take the folder from a run under way");
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(out.join(".lock").exists(), "a kill leaves the file");
    tracewright().args(["score", "--fuel", FUEL, "--overwrite", "--out"]).arg(&out).assert().success();
    assert!(!out.join(".lock").exists() && out.join("verdicts.jsonl").exists());
}

/// A dataset of two tasks, and samples for them: `same` times one program, and one other.
fn small(folder: &Path, same: usize) -> (PathBuf, PathBuf) {
    let task = |id: usize| {
        format!(
            "{{\"task_id\": \"n/{id}\", \"description\": \"negates\", \"entry_point\": \"neg\", \"buggy\": \"def neg(n):\\n    return n\\n\", \"reference\": \"def neg(n):\\n    return -n\\n\", \"visible_tests\": [\"assert neg(3) == -3\"]}}\n"
        )
    };
    let right = "{\"task_id\": \"n/0\", \"solution\": \"def neg(n):\\n    return -n\\n\"}\n";
    let wrong = "{\"task_id\": \"n/1\", \"solution\": \"def neg(n):\\n    return n + 0\\n\"}\n";
    let (data, samples) = (folder.join("data.jsonl"), folder.join("samples.jsonl"));
    fs::write(&data, task(0) + &task(1)).unwrap();
    fs::write(&samples, right.repeat(same) + wrong).unwrap();
    (data, samples)
}

fn score(data: &Path, samples: &Path, out: &Path) -> (Option<i32>, String, Value) {
    let mut command = tracewright();
    command.args(["--json", "score", "--fuel", FUEL, "--jobs", "1", "--k", "1", "--dataset"]).arg(data);
    let output = command.arg("--samples").arg(samples).arg("--out").arg(out).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said, serde_json::from_slice(&output.stdout).unwrap_or_default())
}

#[test]
fn another_name_or_more_samples_go_on_and_others_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let (data, samples) = small(folder.path(), 2);
    let out = folder.path().join("run");
    assert_eq!(score(&data, &samples, &out).0, Some(0));
    // The same file by another path, and a copy of it with another name.
    let other = folder.path().join("sub/../data.jsonl");
    fs::create_dir(folder.path().join("sub")).unwrap();
    let copy = folder.path().join("copy.jsonl");
    fs::copy(&data, &copy).unwrap();
    for data in [&other, &copy] {
        let (code, said, _) = score(data, &samples, &out);
        assert_eq!(code, Some(0), "{said}");
    }
    // More samples, in another order: the same as in a folder of their own, and what was judged is not judged again.
    let before = fs::read_to_string(&samples).unwrap();
    let new = "{\"task_id\": \"n/1\", \"solution\": \"def neg(n):\\n    return 0 - n\\n\"}\n";
    fs::write(&samples, format!("{new}{before}{new}{}", before.lines().next().unwrap())).unwrap();
    let (code, said, summary) = score(&copy, &samples, &out);
    assert_eq!((code, summary["samples"].as_u64()), (Some(0), Some(6)), "{said}");
    let alone = folder.path().join("alone");
    assert_eq!(score(&copy, &samples, &alone).0, Some(0));
    for name in ["verdicts.jsonl", "summary.json", "manifest.json", "tasks.jsonl", "samples.jsonl_results.jsonl"] {
        assert_eq!(fs::read(out.join(name)).unwrap(), fs::read(alone.join(name)).unwrap(), "{name}");
    }
    // Other samples would throw away what is there.
    fs::write(&samples, new).unwrap();
    let before = fs::read(out.join("verdicts.jsonl")).unwrap();
    let (code, said, _) = score(&copy, &samples, &out);
    assert!(code == Some(2) && said.contains("different samples: 2 of its programs"), "{said}");
    assert_eq!(fs::read(out.join("verdicts.jsonl")).unwrap(), before);
    // And a dataset with other content is another one.
    fs::write(&copy, fs::read_to_string(&copy).unwrap().replace("neg(3) == -3", "neg(4) == -4")).unwrap();
    let (code, said, _) = score(&copy, &samples, &out);
    assert!(code == Some(2) && said.contains("the content of"), "{said}");
}

#[test]
fn a_report_counts_samples_not_programs_before_the_end_too() {
    let folder = tempfile::tempdir().unwrap();
    let (data, samples) = small(folder.path(), 7);
    let out = folder.path().join("run");
    assert_eq!(score(&data, &samples, &out).0, Some(0));
    // As a kill before the end leaves it: a journal with a row a program.
    let rows = fs::read_to_string(out.join("verdicts.jsonl")).unwrap();
    let mut row: Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    row["same"] = serde_json::json!([1, 2, 3, 4, 5, 6]);
    let last = rows.lines().last().unwrap();
    for name in ["verdicts.jsonl", "summary.json"] {
        fs::remove_file(out.join(name)).unwrap();
    }
    fs::write(out.join("journal.jsonl"), format!("{row}\n{last}\n")).unwrap();
    let output = tracewright().arg("report").arg(&out).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("8 candidates by verdict") && text.contains("87.5"), "{text}");
}

#[test]
fn what_a_kill_leaves_says_how_many_samples_each_row_is() {
    let folder = tempfile::tempdir().unwrap();
    let (data, samples) = small(folder.path(), 5);
    // A program that does not end, last: the journal has the others meanwhile.
    let endless = "{\"task_id\": \"n/1\", \"solution\": \"def neg(n):\\n    while True: pass\\n\"}\n";
    fs::write(&samples, fs::read_to_string(&samples).unwrap() + endless).unwrap();
    let out = folder.path().join("run");
    let (data, samples) = (data.to_str().unwrap(), samples.to_str().unwrap());
    let arguments = ["score", "--fuel", "900G", "--jobs", "1", "--dataset", data, "--samples", samples];
    let mut child = spawn(&arguments, &out);
    let journal = out.join("journal.jsonl");
    let start = Instant::now();
    while fs::read_to_string(&journal).map_or(0, |text| text.lines().count()) < 2 {
        assert!(start.elapsed() < Duration::from_mins(1) && child.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let output = tracewright().arg("report").arg(&out).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("6 candidates by verdict"), "{text}");
}

#[test]
fn a_folder_can_be_moved_and_reported_on_from_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let (data, _) = small(folder.path(), 2);
    let away = tempfile::tempdir().unwrap();
    let mut command = tracewright();
    command.current_dir(folder.path()).args(["score", "--fuel", FUEL, "--out", "run", "--dataset", "data.jsonl"]);
    command.args(["--samples", "samples.jsonl"]).assert().success();
    fs::rename(folder.path().join("run"), away.path().join("moved")).unwrap();
    fs::remove_file(data).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = tracewright();
    command.current_dir(elsewhere.path()).arg("report").arg(away.path().join("moved")).args(["--html", "page.html"]);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !said.contains("warning"), "{said}");
    let page = fs::read_to_string(elsewhere.path().join("page.html")).unwrap();
    assert!(page.contains("def neg(n):\\n    return n\\n") && page.contains("negates"), "the page shows the tasks");
}

#[test]
fn a_row_keeps_its_numbers_to_the_last_bit() {
    let text =
        "[0.1, 1.7976931348623157e308, 5e-324, 0.30000000000000004, -2.2250738585072011e-308, 123456789.12345679]";
    let numbers: Vec<f64> = serde_json::from_str(text).unwrap();
    let exact: Vec<f64> = text.trim_matches(['[', ']']).split(", ").map(|number| number.parse().unwrap()).collect();
    assert!(numbers.iter().zip(&exact).all(|(read, exact)| read.to_bits() == exact.to_bits()), "{numbers:?}");
}
