//! `results/`: its page is what its data say, and its commands work, here with less of everything.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::{
    next::next,
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
    page.lines()
        .find(|line| line.trim_start_matches(['|', ' ']).starts_with(start))
        .unwrap_or_else(|| panic!("no {start}: {page}"))
}

/// The text and the numbers of `results/` cannot drift apart.
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
        let without =
            ["pass@1", "pass@25", "Qwen2.5"].into_iter().fold(remark.clone(), |text, name| text.replace(name, ""));
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

/// Runs a configuration of `results/` as it is, but for `less` of it, into `folder/run`, and records it where the page looks: what the page says.
fn again(folder: &Path, name: &str, less: &str, record: &str) -> String {
    let text = fs::read_to_string(results().join(name)).unwrap();
    let mut config: toml::Table = toml::from_str(&text).unwrap();
    for (name, less) in toml::from_str::<toml::Table>(less).unwrap() {
        match (config.get_mut(&name), less) {
            (Some(toml::Value::Table(there)), toml::Value::Table(less)) => there.extend(less),
            (_, less) => drop(config.insert(name, less)),
        }
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
    if let Some(proxies) = config["evaluation"].get_mut("proxies") {
        proxies.as_array_mut().unwrap().iter_mut().for_each(tiny);
    }
    let (file, run) = (folder.join("less.toml"), folder.join("run"));
    fs::write(&file, config.to_string()).unwrap();
    let output = next("", &file, &run).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let made = folder.join("results");
    fs::create_dir_all(made.join(record).parent().unwrap()).unwrap();
    fs::copy(results().join("model.toml"), made.join("model.toml")).unwrap();
    let record = made.join(record);
    let (code, _, errors) = said(&["report", &run.display().to_string(), "--record", &record.display().to_string()]);
    assert_eq!(code, Some(0), "{errors}");
    let (code, page, errors) = markdown(&made);
    // The very checkpoint that the results are of.
    assert!(code == Some(0) && errors.is_empty(), "{errors}");
    page
}

/// The rows of ours in the page.
fn ours(page: &str) -> Vec<&str> {
    page.lines().filter(|line| line.trim_start_matches("| ").starts_with("tiny (0.9 M)")).collect()
}

/// The page with a line a row, however wide.
fn markdown(results: &Path) -> (Option<i32>, String, String) {
    said(&["report", "--paper", "--format", "markdown", "--results", &results.display().to_string()])
}

/// The rows to be expected: two steps of training may be no better than none, and then there is no model to show.
fn models(folder: &Path) -> usize {
    let summary: Value = serde_json::from_slice(&fs::read(folder.join("run/summary.json")).unwrap()).unwrap();
    if summary["best"] == 0 { 1 } else { 2 }
}

#[test]
fn the_traces_of_the_results_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let less = "
        data = { train_tasks = 24, dev_tasks = 6, test_tasks = 8 }
        evaluation = { n = 2, test_n = 5 }
        train = { max_steps = 2 }
    ";
    let page = again(folder.path(), "traces/with.toml", less, "traces/with");
    let ours = ours(&page);
    assert_eq!(ours.len(), models(folder.path()), "{page}");
    assert!(ours[0].contains("not trained") && ours.iter().skip(1).all(|row| row.contains("trained with traces")));
    assert!(ours.iter().all(|row| row.matches('[').count() == 2), "tested both ways: {ours:?}");
}

/// Table 2, and greedy decoding of its models by `figure3/run.py`.
#[test]
fn table_2_of_the_results_runs_again() {
    let folder = tempfile::tempdir().unwrap();
    let less = "
        iterations = 1
        data = { train_tasks = 24, dev_tasks = 6, test_tasks = 8 }
        evaluation = { n = 2, test_n = 10, k = [1, 2] }
        train = { max_steps = 2 }
    ";
    let page = again(folder.path(), "table2/next.toml", less, "table2/seed-0");
    let (models, rows) = (models(folder.path()), ours(&page));
    assert_eq!(rows.len(), models, "{page}");
    // End to end and by proxy, at 1, 5 and 10.
    assert!(rows.iter().all(|row| row.matches('[').count() == 6), "{rows:?}");

    let made = folder.path().join("results");
    script("figure3/run.py", &[&folder.path().join("run"), &made.join("figure3"), Path::new("8")]);
    let sets: Value = serde_json::from_slice(&fs::read(made.join("figure3/greedy.json")).unwrap()).unwrap();
    let mut any = 0;
    for set in sets["sets"].as_array().unwrap() {
        let solved = set["passing"].as_str().unwrap().split_whitespace().count();
        any += solved;
        let samples = made.join(format!("figure3/{}.jsonl", set["model"].as_str().unwrap()));
        assert_eq!(fs::read_to_string(samples).unwrap().lines().count(), 8);
        let share = set["end_to_end"]["value"].as_f64().unwrap();
        assert!((share - f64::from(u8::try_from(solved).unwrap()) / 8.0).abs() < 1e-9, "{set}");
    }
    let (code, page, errors) = markdown(&made);
    assert!(code == Some(0) && errors.is_empty(), "{errors}");
    assert!(any > 0, "nothing to tell by: {sets}");
    assert_eq!(ours(&page).len(), models + 2, "{page}");
    for name in ["tiny (0.9 M); greedy", "tiny (0.9 M) + NExT; greedy"] {
        assert!(line(&page, name).contains("ours"), "{page}");
    }
}

#[test]
fn the_iterations_of_the_results_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let less = "
        iterations = 2
        data = { train_tasks = 24, dev_tasks = 6, test_tasks = 8 }
        evaluation = { n = 2, test_n = 2, k = [1] }
        train = { max_steps = 2 }
    ";
    let page = again(folder.path(), "iterations/accumulate.toml", less, "iterations/accumulate");
    let (_, table) = page.split_once("all pairs so far (ours)").unwrap();
    let rows = table.lines().map(|row| row.trim_start_matches("| "));
    let rows: Vec<&str> = rows.skip_while(|row| !row.starts_with("base")).take(3).collect();
    assert!(rows[1].starts_with("iteration 0") && rows[2].starts_with("iteration 1"), "{table}");
    // On train, dev and test; nothing is sampled for training after the last iteration.
    assert_eq!(rows.iter().map(|row| row.matches('[').count()).collect::<Vec<_>>(), [3, 3, 2], "{rows:?}");
    let pairs =
        |row: &str| -> usize { row.split_whitespace().find_map(|word| word.parse().ok().filter(|n| *n > 1)).unwrap() };
    assert!(pairs(rows[2]) > pairs(rows[1]), "pairs of both iterations: {rows:?}");
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
    // In lines of a terminal's width.
    let prose = page.replace('\n', " ");
    assert!(prose.contains("249 of them with a native one (CPython 3.11) to compare with; 1 differ"), "{page}");
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
