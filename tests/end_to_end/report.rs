//! `report`: one run, two runs, records, pages, and runs that are not whole.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{next::whole, support::tracewright};

fn candidates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/mini/candidates.jsonl")
}

/// Runs the program and returns its exit code, output and messages.
pub(crate) fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = tracewright().args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn score(samples: &Path, out: &Path) {
    let (code, _, errors) = said(&[
        "score",
        "--dataset",
        "mini",
        "--allow-partial",
        "--samples",
        &samples.display().to_string(),
        "--out",
        &out.display().to_string(),
    ]);
    assert_eq!(code, Some(0), "{errors}");
}

/// Two runs over the first ten tasks: the first candidate of each, and the second. The folder is kept with them.
static TWO: LazyLock<(TempDir, PathBuf, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let all = fs::read_to_string(candidates()).unwrap();
    let mut seen: Vec<(String, usize)> = Vec::new();
    let (mut a, mut b) = (String::new(), String::new());
    for line in all.lines() {
        let task = serde_json::from_str::<Value>(line).unwrap()["task_id"].as_str().unwrap().to_owned();
        let nth = seen.iter().filter(|(known, _)| *known == task).count();
        if seen.iter().map(|(known, _)| known).collect::<std::collections::HashSet<_>>().len() >= 10 && nth == 0 {
            break;
        }
        seen.push((task, nth));
        match nth {
            0 => a.push_str(&format!("{line}\n")),
            1 => b.push_str(&format!("{line}\n")),
            _ => {}
        }
    }
    let (path_a, path_b) = (folder.path().join("a"), folder.path().join("b"));
    for (text, path) in [(a, &path_a), (b, &path_b)] {
        let samples = path.with_extension("jsonl");
        fs::write(&samples, text).unwrap();
        score(&samples, path);
    }
    (folder, path_a, path_b)
});

fn verdicts(run: &Path) -> Vec<Value> {
    let text = fs::read_to_string(run.join("verdicts.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn one_run_in_every_format() {
    let (_folder, run, _) = &*TWO;
    let path = run.display().to_string();
    let passing = verdicts(run).iter().filter(|row| row["verdict"] == "pass").count();
    let (code, text, _) = said(&["report", &path]);
    assert_eq!(code, Some(0));
    let shown = format!("{:.1}", 10.0 * f64::from(u32::try_from(passing).unwrap()));
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(text.contains("pass@1") && text.contains(&shown) && text.contains("10 candidates by verdict"), "{text}");
    let (_, markdown, _) = said(&["report", &path, "--format", "markdown"]);
    assert!(markdown.starts_with("# ") && markdown.contains("\n## Verdicts\n") && markdown.contains("| pass@1 |"));
    let (_, latex, _) = said(&["report", &path, "--format", "latex"]);
    assert!(latex.contains("\\toprule") && !latex.contains("wrong_answer"), "{latex}");
    let (_, csv, _) = said(&["report", &path, "--format", "csv"]);
    assert!(csv.starts_with("row,label,group,column,unit,text,value,low,high,gain,provenance"), "{csv}");
    let (_, json, _) = said(&["--json", "report", &path]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["sections"][0]["heading"], "pass@k");
    assert_eq!(json["about"][0][0], "dataset");
}

#[test]
fn two_runs_name_the_tasks_that_flipped() {
    let (folder, a, b) = &*TWO;
    let (code, text, errors) = said(&["report", &a.display().to_string(), &b.display().to_string()]);
    assert_eq!(code, Some(0), "{errors}");
    let (mut gained, mut lost) = (0, 0);
    for (before, after) in verdicts(a).iter().zip(&verdicts(b)) {
        assert_eq!(before["task_id"], after["task_id"]);
        let task = before["task_id"].as_str().unwrap();
        match (before["verdict"] == "pass", after["verdict"] == "pass") {
            (false, true) => gained += 1,
            (true, false) => lost += 1,
            _ => {
                assert!(!text.contains(task), "{task} did not flip: {text}");
                continue;
            }
        }
        assert!(text.contains(task), "{task}: {text}");
    }
    assert!(gained + lost > 0, "the candidates do not differ");
    assert!(text.contains(&format!("{gained} gained, {lost} lost")), "{text}");
    // With nothing in common there is nothing to compare.
    let other = folder.path().join("other");
    fs::create_dir_all(&other).unwrap();
    fs::copy(a.join("manifest.json"), other.join("manifest.json")).unwrap();
    let row = fs::read_to_string(a.join("verdicts.jsonl")).unwrap().lines().next().unwrap().replace("mini/", "else/");
    fs::write(other.join("verdicts.jsonl"), row + "\n").unwrap();
    let (code, _, errors) = said(&["report", &a.display().to_string(), &other.display().to_string()]);
    assert!(code == Some(2) && errors.contains("no task in common"), "{errors}");
}

#[test]
fn a_loop_and_its_record_say_the_same() {
    let run = whole();
    let folder = tempfile::tempdir().unwrap();
    let (record, plots) = (folder.path().join("record"), folder.path().join("plots"));
    let (code, text, errors) = said(&[
        "report",
        &run.display().to_string(),
        "--record",
        &record.display().to_string(),
        "--plots",
        &plots.display().to_string(),
    ]);
    assert_eq!(code, Some(0), "{errors}");
    for words in ["Iterations", "iteration 1", "Test set", "Wall time", "judge"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for name in ["iterations", "test_pass_at_k", "loss"] {
        assert!(fs::read_to_string(plots.join(format!("{name}.svg"))).unwrap().starts_with("<svg"));
        assert!(fs::read(plots.join(format!("{name}.png"))).unwrap().starts_with(b"\x89PNG"));
    }
    assert!(!record.join("iteration-0/samples.jsonl").exists());
    let (code, again, errors) = said(&["report", &record.display().to_string()]);
    assert_eq!(code, Some(0), "{errors}");
    // But for its name and what only the samples of training problems say.
    let rows = |text: &str, from: &str| text.split_once(from).map(|(_, rest)| rest.to_owned()).unwrap();
    assert_eq!(rows(&again, "\nTest set\n"), rows(&text, "\nTest set\n"));
    let (code, _, errors) =
        said(&["report", &TWO.1.display().to_string(), "--record", &folder.path().join("x").display().to_string()]);
    assert!(code == Some(2) && errors.contains("is a run of `score`"), "{errors}");
    // No run is lost to a record.
    for taken in [&run, &TWO.1] {
        let before = fs::read(taken.join("manifest.json")).unwrap();
        let (code, _, errors) = said(&["report", &run.display().to_string(), "--record", &taken.display().to_string()]);
        assert!(code == Some(2) && errors.contains("holds a run"), "{errors}");
        assert_eq!(fs::read(taken.join("manifest.json")).unwrap(), before);
    }
}

/// A copy of a run of `score` in which something is not as it was left.
fn damaged(what: impl Fn(&Path)) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["manifest.json", "verdicts.jsonl", "summary.json"] {
        fs::copy(TWO.1.join(name), folder.path().join(name)).unwrap();
    }
    what(folder.path());
    said(&["report", &folder.path().display().to_string()])
}

#[test]
fn what_can_be_read_of_a_damaged_run_is_shown() {
    let (code, text, errors) = damaged(|run| {
        let mut rows = fs::read_to_string(run.join("verdicts.jsonl")).unwrap();
        rows.truncate(rows.len() - 30);
        fs::write(run.join("verdicts.jsonl"), rows).unwrap();
    });
    assert!(
        code == Some(0) && text.contains("9 candidates") && errors.contains(":10: the line is cut off"),
        "{errors}"
    );
    let (code, text, errors) = damaged(|run| {
        let rows = fs::read_to_string(run.join("verdicts.jsonl")).unwrap();
        fs::write(run.join("verdicts.jsonl"), rows.replacen("\"verdict\"", "\"verdikt\"", 1)).unwrap();
    });
    assert!(code == Some(0) && text.contains("9 candidates") && errors.contains("verdicts.jsonl:1: "), "{errors}");
    let (code, text, errors) = damaged(|run| {
        fs::rename(run.join("verdicts.jsonl"), run.join("journal.jsonl")).unwrap();
        fs::remove_file(run.join("summary.json")).unwrap();
    });
    assert!(
        code == Some(0) && text.contains("10 candidates") && errors.contains("did not come to its end"),
        "{errors}"
    );
    let (code, _, errors) = damaged(|run| {
        let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
        fs::write(run.join("manifest.json"), manifest.replace("\"format\": 1", "\"format\": 7")).unwrap();
    });
    assert!(code == Some(0) && errors.contains("written in format 7"), "{errors}");
    let (code, text, errors) = damaged(|run| fs::write(run.join("manifest.json"), "{\"for").unwrap());
    assert!(code == Some(0) && text.contains("10 candidates") && errors.contains("what ran is not known"), "{errors}");
    let (code, _, errors) = damaged(|run| fs::remove_file(run.join("verdicts.jsonl")).unwrap());
    assert!(code == Some(2) && errors.contains("no verdicts that can be read"), "{errors}");
    let (code, _, errors) = damaged(|run| fs::remove_file(run.join("manifest.json")).unwrap());
    assert!(code == Some(2) && errors.contains("is no run"), "{errors}");
    let (code, _, errors) = said(&["report", "/nowhere/at/all"]);
    assert!(code == Some(2) && errors.contains("is no run"), "{errors}");
    assert_eq!(said(&["report"]).0, Some(2));
}

/// Whether there is a browser; says so where there is none.
fn browser(test: &str) -> bool {
    let found = Command::new("chromium").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped {test}: no chromium");
    }
    found
}

fn check(arguments: &[&str]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/check.py");
    let made = tempfile::tempdir().unwrap();
    let output = Command::new("python3").arg(script).arg(made.path()).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn the_page_filters_compares_and_stays_harmless() {
    if browser("the_page_filters_compares_and_stays_harmless") {
        check(&[]);
    }
}

#[test]
fn pages_of_real_runs_open() {
    let folder = tempfile::tempdir().unwrap();
    let (_keep, a, b) = &*TWO;
    let (score, pair, looped) =
        (folder.path().join("score.html"), folder.path().join("pair.html"), folder.path().join("loop.html"));
    let runs: [(&[&Path], &Path); 3] = [(&[a], &score), (&[a, b], &pair), (&[&whole()], &looped)];
    for (runs, page) in runs {
        let mut arguments = vec!["report".to_owned()];
        arguments.extend(runs.iter().map(|run| run.display().to_string()));
        arguments.extend(["--html".to_owned(), page.display().to_string()]);
        let (code, _, errors) = said(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(code, Some(0), "{errors}");
        let text = fs::read_to_string(page).unwrap();
        let data = text.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
        let data: Value = serde_json::from_str(data).unwrap();
        // Everything that the page is for is in it.
        let task = &data["sets"][0]["tasks"][0];
        let string = |value: &Value| data["strings"][usize::try_from(value.as_u64().unwrap()).unwrap()].clone();
        assert!(!string(&task["description"]).as_str().unwrap().is_empty());
        assert!(string(&task["program"]).as_str().unwrap().contains("def "));
        assert!(task["recording"].is_number(), "{task}");
        assert!(string(&task["samples"][0]["fix"]).as_str().unwrap().contains("def "));
        assert!(data["sections"].as_array().unwrap().len() > 1);
        // Nothing is fetched.
        let outside = text.replace(data_of(&text), "");
        assert!(!outside.contains("http:") && !outside.contains("https:"), "the page names another place");
    }
    if browser("pages_of_real_runs_open") {
        check(&[score, pair, looped].map(|path| path.display().to_string()).each_ref().map(String::as_str));
    }
}

fn data_of(page: &str) -> &str {
    page.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0
}

#[test]
fn without_its_tasks_a_page_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    fs::create_dir_all(&run).unwrap();
    for name in ["manifest.json", "verdicts.jsonl", "summary.json"] {
        fs::copy(TWO.1.join(name), run.join(name)).unwrap();
    }
    let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
    fs::write(run.join("manifest.json"), manifest.replace("\"mini\"", "\"/gone/tasks.jsonl\"")).unwrap();
    let (page, run) = (folder.path().join("p.html").display().to_string(), run.display().to_string());
    let (code, _, errors) = said(&["report", &run, "--html", &page]);
    assert!(code == Some(0) && errors.contains("say where they are with --dataset"), "{errors}");
    let (code, _, errors) = said(&["report", &run, "--html", &page, "--dataset", "mini"]);
    assert!(code == Some(0) && !errors.contains("--dataset"), "{errors}");
}
