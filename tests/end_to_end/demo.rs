//! The first thing a user runs, and the bundled benchmark behind it.

use std::collections::BTreeMap;

use serde_json::Value;
use tracewright::internals::dataset::MINI_CANDIDATES;

use crate::support::tracewright;

/// Everything but the time it took.
fn without_time(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("took ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn demo_prints_what_the_readme_shows() {
    let output = tracewright().args(["demo", "--quick"]).assert().success();
    insta::assert_snapshot!(without_time(&String::from_utf8_lossy(&output.get_output().stdout)));
}

#[test]
fn bundled_candidates_have_the_verdicts_they_claim() {
    let folder = tempfile::tempdir().unwrap();
    tracewright().args(["score", "--fuel", "3G", "--out"]).arg(folder.path()).assert().success();
    let rows: Vec<Value> = std::fs::read_to_string(folder.path().join("verdicts.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let claimed: Vec<Value> = MINI_CANDIDATES.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), claimed.len());
    assert!(rows.len() >= 200);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, claim) in rows.iter().zip(&claimed) {
        assert_eq!((&row["task_id"], &row["verdict"]), (&claim["task_id"], &claim["expected_verdict"]), "{claim}");
        *kinds.entry(row["verdict"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(kinds.len(), 7, "every kind of verdict occurs: {kinds:?}");
}

#[test]
fn the_bundled_benchmark_is_sound() {
    let output = tracewright().args(["--json", "dataset", "verify", "mini", "--fuel", "3G"]).assert().success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert!(report["tasks"].as_u64().unwrap() >= 40);
    assert_eq!(report["references_passing"], report["tasks"]);
    assert_eq!(report["buggy_failing"], report["tasks"]);
    assert_eq!(report["exceptions"], Value::Array(vec![]));
}
