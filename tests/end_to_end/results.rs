//! `results/`: its page is what its data say, and its commands work, here with less of everything.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::{
    next::{next, whole},
    report::said,
    support::{SANDBOX, cache, tracewright},
};

fn results() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("results")
}

fn benchmarks(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks").join(file)
}

/// A script of `results/`, run with the built program.
fn script(name: &str, arguments: &[&Path]) {
    std::sync::LazyLock::force(&SANDBOX);
    let output = Command::new("python3")
        .arg(results().join(name))
        .arg(env!("CARGO_BIN_EXE_tracewright"))
        .args(arguments)
        .env("TRACEWRIGHT_CACHE", cache().path())
        .env_remove("TRACEWRIGHT_DATA")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The page over the results in a folder.
fn page(results: &Path) -> String {
    let (code, page, errors) = said(&["report", "--paper", "--results", &results.display().to_string()]);
    assert_eq!(code, Some(0), "{errors}");
    page
}

/// The line of a table or paragraph that begins so.
fn line<'a>(page: &'a str, start: &str) -> &'a str {
    page.lines().find(|line| line.trim_start().starts_with(start)).unwrap_or_else(|| panic!("no {start}: {page}"))
}

/// Text and numbers of `results/` cannot drift apart.
#[test]
fn the_results_page_is_made_of_the_data() {
    let results = results();
    let folder = tempfile::tempdir().unwrap();
    let plots = folder.path().join("plots");
    let (code, page, errors) = said(&[
        "report",
        "--paper",
        "--results",
        &results.display().to_string(),
        "--format",
        "markdown",
        "--plots",
        &plots.display().to_string(),
    ]);
    assert_eq!(code, Some(0), "{errors}");
    assert_eq!(errors, "", "a record is not whole");
    assert!(
        page == fs::read_to_string(results.join("README.md")).unwrap(),
        "results/README.md is not what the data say"
    );
    for entry in fs::read_dir(&plots).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "svg") {
            let kept = results.join("plots").join(path.file_name().unwrap());
            assert!(fs::read(&path).unwrap() == fs::read(&kept).unwrap(), "{} is old", kept.display());
        }
    }
    // Without our results the paper's stand alone.
    let alone = tracewright().current_dir(folder.path()).args(["report", "--paper"]).output().unwrap();
    let page = String::from_utf8(alone.stdout).unwrap();
    assert!(alone.status.success() && page.contains("49.3 (+26.1)") && !page.contains("tiny (0.9 M)"), "{page}");
    let (code, _, errors) = said(&["report", "--paper", "--results", "/nowhere"]);
    assert!(code == Some(2) && errors.contains("/nowhere"), "{errors}");
}

/// A remark is not made of the data, so it may hold no figure that could become wrong.
#[test]
fn remarks_hold_no_figures() {
    let text = fs::read_to_string(results().join("remarks.toml")).unwrap();
    let remarks: BTreeMap<String, Vec<String>> = toml::from_str(&text).unwrap();
    let page = fs::read_to_string(results().join("README.md")).unwrap();
    for remark in remarks.values().flatten() {
        let without = remark.replace("pass@1", "").replace("pass@25", "");
        assert!(!without.contains(|c: char| c.is_ascii_digit()), "{remark}");
        let start: String = remark.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
        assert!(page.contains(&start), "nobody reads {remark}");
    }
}

/// Every verdict that is another one than natively has its row in `agreement.md`, no row is without one, and the numbers are right.
#[test]
fn other_verdicts_are_explained() {
    let sets: Value = serde_json::from_slice(&fs::read(results().join("samples/sets.json")).unwrap()).unwrap();
    let (mut named, mut counted) = (BTreeSet::new(), BTreeMap::new());
    for set in sets["sets"].as_array().unwrap() {
        for task in set["other"].as_array().unwrap() {
            let number = task.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            if set["dataset"] == "humanevalfixplus" {
                *counted.entry(number).or_insert(0) += 1;
            } else {
                named.insert((set["samples"].as_str().unwrap().to_owned(), number));
            }
        }
    }
    let text = fs::read_to_string(results().join("agreement.md")).unwrap();
    let (rest, plus) = text.split_once("### HumanEvalFix+").unwrap();
    let plus = plus.split_once("\n## ").unwrap().0;
    // Rows whose cell `at` names tasks, as `HumanEval/38, /50`.
    let rows = |text: &str, at: usize| -> Vec<(Vec<String>, Vec<String>)> {
        let cells =
            |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let tasks = |cell: &str| cell.split(", ").map(|task| task.rsplit('/').next().unwrap().to_owned()).collect();
        let rows = text.lines().filter(|line| line.starts_with('|')).map(cells);
        rows.filter(|cells| cells[at].contains('/')).map(|cells| (tasks(&cells[at]), cells)).collect()
    };
    let explained: BTreeSet<(String, String)> = rows(rest, 1)
        .into_iter()
        .flat_map(|(tasks, cells)| tasks.into_iter().map(move |task| (cells[0].clone(), task)))
        .collect();
    assert_eq!(explained, named);
    let explained: BTreeMap<String, i32> = rows(plus, 0)
        .into_iter()
        .flat_map(|(tasks, cells)| {
            let counts = cells[1].split(", ").map(|count| count.parse().unwrap()).collect::<Vec<i32>>();
            assert_eq!(tasks.len(), counts.len());
            tasks.into_iter().zip(counts)
        })
        .collect();
    assert_eq!(explained, counted);
}

/// `traces/with.toml` as it is, but for the number of tasks, samples and steps; its record makes the page.
#[test]
fn a_loop_of_the_results_runs_again() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(results().join("traces/with.toml")).unwrap();
    let mut config: toml::Table = toml::from_str(&text).unwrap();
    let reduced = r"
        data = { train_tasks = 24, dev_tasks = 6, test_tasks = 8 }
        evaluation = { n = 2, test_n = 5 }
        train = { max_steps = 2 }
    ";
    for (name, less) in toml::from_str::<toml::Table>(reduced).unwrap() {
        config[&name].as_table_mut().unwrap().extend(less.as_table().unwrap().clone());
    }
    let tiny = |path: &mut toml::Value| {
        let name = path.as_str().unwrap().rsplit_once("tiny/").unwrap().1.to_owned();
        *path = benchmarks("tiny").join(name).display().to_string().into();
    };
    tiny(&mut config["model"]);
    tiny(&mut config["sampling"]["template"]);
    for set in ["train", "dev", "test"] {
        tiny(&mut config["data"][set]);
    }
    let (file, run) = (folder.path().join("with.toml"), folder.path().join("run"));
    fs::write(&file, config.to_string()).unwrap();
    let output = next("", &file, &run).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let made = folder.path().join("results");
    fs::create_dir_all(made.join("traces")).unwrap();
    fs::copy(results().join("model.toml"), made.join("model.toml")).unwrap();
    let record = made.join("traces/with");
    let (code, _, errors) = said(&["report", &run.display().to_string(), "--record", &record.display().to_string()]);
    assert_eq!(code, Some(0), "{errors}");
    let (code, page, errors) = said(&["report", "--paper", "--results", &made.display().to_string()]);
    // The very checkpoint that the results are of.
    assert!(code == Some(0) && errors.is_empty(), "{errors}");
    let ours: Vec<&str> = page.lines().filter(|line| line.starts_with("tiny (0.9 M)")).collect();
    let summary: Value = serde_json::from_slice(&fs::read(record.join("summary.json")).unwrap()).unwrap();
    // Two steps may be no better than none; then there is no model to show.
    assert_eq!(ours.len(), if summary["best"] == 0 { 1 } else { 2 }, "{page}");
    assert!(ours[0].contains("not trained") && ours.iter().skip(1).all(|row| row.contains("trained with traces")));
    assert!(ours.iter().all(|row| row.matches('[').count() == 2), "tested both ways: {ours:?}");
}

/// `samples/run.py` over bundled candidates of known outcome.
#[test]
fn model_outputs_are_judged_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, made) = (folder.path().join("data"), folder.path().join("results"));
    fs::create_dir_all(data.join("samples")).unwrap();
    let mut samples = String::new();
    for (at, line) in fs::read_to_string(benchmarks("mini/candidates.jsonl")).unwrap().lines().enumerate() {
        let mut sample: Value = serde_json::from_str(line).unwrap();
        let passes = sample["expected_verdict"] == "pass";
        // The third says something else, and the fourth nothing.
        sample["native_passed"] = if at == 3 { Value::Null } else { json!(passes != (at == 2)) };
        samples.push_str(&format!("{sample}\n"));
    }
    fs::write(data.join("samples/some.jsonl"), samples).unwrap();
    let entry =
        json!({"file": "samples/some.jsonl", "benchmark": "mini", "source": "bundled", "published_pass_at_1": 0.25});
    fs::write(data.join("samples/index.jsonl"), format!("{entry}\n")).unwrap();
    script("samples/run.py", &[&data, &made.join("samples"), Path::new("mini-some.jsonl")]);

    let sets: Value = serde_json::from_slice(&fs::read(made.join("samples/sets.json")).unwrap()).unwrap();
    let set = &sets["sets"][0];
    assert_eq!(set["other"].as_array().unwrap().len(), 1, "{set}");
    assert_eq!(set["compared"].as_u64().unwrap() + 1, set["count"].as_u64().unwrap());
    let page = page(&made);
    assert!(line(&page, "mini ").contains("25.0"), "{page}");
    assert!(page.contains("249 of them with a native one (CPython 3.11) to compare with; 1 differ"), "{page}");
}

/// `datasets/run.py` over the bundled repair tasks.
#[test]
fn repair_sets_are_measured_again() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("results");
    let tokenizer = benchmarks("tiny/base/tokenizer.json");
    script("datasets/run.py", &[folder.path(), &made.join("datasets"), &tokenizer, Path::new("mini")]);
    let sets: Value = serde_json::from_slice(&fs::read(made.join("datasets/datasets.json")).unwrap()).unwrap();
    let set = &sets["sets"][0];
    let number = |name: &str| set[name].as_u64().unwrap();
    assert_eq!(number("programs"), 50);
    assert_eq!(
        number("fail_all_tests") + number("fail_over_half") + number("fail_up_to_half"),
        50,
        "every buggy program fails"
    );
    assert!(line(&page(&made), "mini ").contains("50"));
}

/// `figure3/run.py` over a run of the loop.
#[test]
fn greedy_answers_are_measured_again() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("results");
    fs::create_dir_all(&made).unwrap();
    fs::copy(results().join("model.toml"), made.join("model.toml")).unwrap();
    script("figure3/run.py", &[&whole(), &made.join("figure3"), Path::new("12")]);
    let sets: Value = serde_json::from_slice(&fs::read(made.join("figure3/greedy.json")).unwrap()).unwrap();
    for set in sets["sets"].as_array().unwrap() {
        let solved = set["passing"].as_str().unwrap().split_whitespace().count();
        let samples = made.join(format!("figure3/{}.jsonl", set["model"].as_str().unwrap()));
        assert_eq!(fs::read_to_string(samples).unwrap().lines().count(), 12);
        let share = set["end_to_end"]["value"].as_f64().unwrap();
        assert!((share - f64::from(u8::try_from(solved).unwrap()) / 12.0).abs() < 1e-9, "{set}");
    }
    let page = page(&made);
    assert!(line(&page, "tiny (0.9 M) + NExT; greedy").contains("ours"), "{page}");
    // What no rationale was written for is left out where that is asked for.
    let samples = made.join("figure3/base.jsonl");
    let arguments = |more: &[&str]| {
        let tiny = benchmarks("tiny");
        let paths = [
            tiny.join("test.jsonl"),
            samples.clone(),
            tiny.join("base"),
            folder.path().join(format!("proxy{}", more.len())),
            tiny.join("prompt.jinja"),
        ];
        let [dataset, samples, model, out, template] = paths.map(|path| path.display().to_string());
        let mut arguments = [
            "proxy",
            "-d",
            &dataset,
            "-s",
            &samples,
            "-m",
            &model,
            "-o",
            &out,
            "--template",
            &template,
            "--shots",
            "0",
            "--k",
            "1",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.extend(more.iter().map(|&word| word.to_owned()));
        let (code, text, errors) = said(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(code, Some(0), "{errors}");
        text
    };
    let (all, partial) = (arguments(&[]), arguments(&["--allow-partial"]));
    assert!(all.contains("488 of 500 tasks have no rationale and count as unsolved"), "{all}");
    assert!(partial.contains("488 of 500 tasks have no rationale and are left out"), "{partial}");
    let share = |text: &str| -> f64 {
        let rest = text.split_once("pass@1").unwrap().1;
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    // Printed with one decimal.
    assert!((share(&all) - share(&partial) * 12.0 / 500.0).abs() < 0.1, "{all}{partial}");
    assert!(share(&partial) > 0.0, "nothing to tell by: {partial}");
}
