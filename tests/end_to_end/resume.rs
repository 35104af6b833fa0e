//! Runs that are killed, repeated, moved to other numbers of workers, or handed damaged files.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::support::{cache, tracewright};

const FUEL: &str = "500M";

fn score(out: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    tracewright().args(["--json", "score", "--fuel", FUEL, "--out"]).arg(out).args(arguments).assert()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_same_bytes_at_any_number_of_workers() {
    let folder = tempfile::tempdir().unwrap();
    let runs: Vec<_> = ["1", "2", "5"]
        .iter()
        .map(|jobs| {
            let out = folder.path().join(jobs);
            score(&out, &["--jobs", jobs]).success();
            files(&out)
        })
        .collect();
    let names: Vec<&str> = runs[0].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["manifest.json", "mini-candidates.jsonl_results.jsonl", "summary.json", "tasks.jsonl", "verdicts.jsonl"]
    );
    assert!(runs.iter().all(|run| *run == runs[0]));
}

#[test]
fn the_same_bytes_after_kills_and_nothing_judged_twice() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    score(&whole, &[]).success();

    let killed = folder.path().join("killed");
    let journal = killed.join("journal.jsonl");
    let mut before = 0;
    for round in 1..=3 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tracewright"))
            .env("TRACEWRIGHT_CACHE", cache().path())
            .args(["score", "--fuel", FUEL, "--jobs", "2", "--out"])
            .arg(&killed)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..2000 {
            let lines = fs::read(&journal).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count());
            if lines > before + 20 || child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let text = fs::read_to_string(&journal).unwrap_or_default();
        let lines: Vec<&str> = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).collect();
        let mut ids: Vec<_> = lines
            .iter()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|row| (row["task_id"].to_string(), row["sample"].to_string()))
            .collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "round {round}: nothing is judged twice");
        assert!(count >= before, "round {round}: nothing is lost");
        before = count;
    }
    let stderr = score(&killed, &[]).success().get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&stderr).contains("from the run folder"), "{}", String::from_utf8_lossy(&stderr));
    assert_eq!(files(&killed), files(&whole));
}

#[test]
fn a_journal_cut_off_in_mid_line_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    score(&out, &[]).success();
    let whole = files(&out);
    let verdicts = fs::read(out.join("verdicts.jsonl")).unwrap();
    fs::remove_file(out.join("verdicts.jsonl")).unwrap();
    fs::write(out.join("journal.jsonl"), &verdicts[..verdicts.len() * 2 / 3]).unwrap();
    score(&out, &[]).success();
    assert_eq!(files(&out), whole);
}

#[test]
fn a_damaged_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    score(&out, &[]).success();
    let verdicts = fs::read_to_string(out.join("verdicts.jsonl")).unwrap();
    fs::remove_file(out.join("verdicts.jsonl")).unwrap();
    fs::write(
        out.join("journal.jsonl"),
        verdicts.replacen("{\"task_id\"", "{\"task", 2).replacen("{\"task\"", "{\"task_id\"", 1),
    )
    .unwrap();
    let output = score(&out, &[]).code(2).get_output().stderr.clone();
    let message = String::from_utf8_lossy(&output).into_owned();
    assert!(
        message.contains("journal.jsonl:1: not a verdict") || message.contains("journal.jsonl:2: not a verdict"),
        "{message}"
    );
    score(&out, &["--overwrite"]).success();
}

#[test]
fn another_runs_folder_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    score(&out, &[]).success();
    let before = files(&out);
    let output =
        tracewright().args(["score", "--fuel", "600M", "--out"]).arg(&out).assert().code(2).get_output().stderr.clone();
    let message = String::from_utf8_lossy(&output).into_owned();
    assert!(
        message.contains("another run") && message.contains("options") && message.contains("--overwrite"),
        "{message}"
    );
    assert_eq!(files(&out), before);
}

#[test]
fn a_finished_run_is_only_summed_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let seconds = |assert: assert_cmd::assert::Assert| {
        let summary: Value = serde_json::from_slice(&assert.success().get_output().stdout).unwrap();
        (summary["seconds"].as_f64().unwrap(), summary["pass_at_k"].clone())
    };
    let (first, estimates) = seconds(score(&out, &[]));
    let (again, same) = seconds(score(&out, &[]));
    assert_eq!(estimates, same);
    assert!(again < first, "nothing is judged again: {again} s after {first} s");
}

#[test]
fn shards_together_make_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let lines = |name: &str, arguments: &[&str]| {
        let out = folder.path().join(name);
        score(&out, arguments).success();
        let mut lines: Vec<String> =
            fs::read_to_string(out.join("verdicts.jsonl")).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let whole = lines("whole", &[]);
    let mut parts = lines("one", &["--shard", "1/2"]);
    parts.extend(lines("two", &["--shard", "2/2"]));
    parts.sort();
    assert_eq!(parts, whole);
}
