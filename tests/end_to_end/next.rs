//! `next`: the loop from the bundled checkpoint, in small; killed, stopped by a full disk, misconfigured.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{SANDBOX, cache};

/// A configuration over the bundled material, so small that it takes seconds; `more` are further lines, of any table.
pub(crate) fn configuration(folder: &Path, more: &str) -> PathBuf {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiny");
    let mut table: toml::Table = toml::from_str(&format!(
        r#"
        model = "{tiny}/base"
        iterations = 2
        [data]
        train = "{tiny}/train.jsonl.gz"
        dev = "{tiny}/dev.jsonl"
        test = "{tiny}/test.jsonl"
        train_tasks = 10
        dev_tasks = 4
        test_tasks = 4
        [sampling]
        n = 4
        base_shots = 0
        max_new_tokens = 160
        template = "{tiny}/prompt.jinja"
        [evaluation]
        n = 2
        k = [1, 2]
        [filter]
        threshold = 1.1
        [train]
        batch = 2
        max_steps = 3
        save_every = 1
        learning_rate = 1e-4
        [judge]
        fuel = 300000000
        "#,
        tiny = tiny.display()
    ))
    .unwrap();
    for (name, value) in toml::from_str::<toml::Table>(more).unwrap() {
        match (table.get_mut(&name), value) {
            (Some(toml::Value::Table(there)), toml::Value::Table(more)) => there.extend(more),
            (_, value) => drop(table.insert(name, value)),
        }
    }
    let path = folder.join("next.toml");
    fs::write(&path, table.to_string()).unwrap();
    path
}

pub(crate) fn next(setup: &str, config: &Path, out: &Path) -> Command {
    LazyLock::force(&SANDBOX);
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{setup}\nexec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_tracewright"), "next", "--config"])
        .arg(config)
        .arg("--out")
        .arg(out)
        .env("TRACEWRIGHT_CACHE", cache().path())
        .env_remove("TRACEWRIGHT_DATA")
        .env("NO_COLOR", "1");
    command
}

/// All files of a run by their names, without what tells the time.
fn files(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(out).unwrap().to_owned();
            let bytes = fs::read(&path).unwrap();
            match path.file_name().and_then(|name| name.to_str()) {
                Some("timings.jsonl") => {}
                Some("metrics.jsonl") if name.components().any(|part| part.as_os_str() == "training") => {
                    let untimed = |line: &str| {
                        let mut line: Value = serde_json::from_str(line).unwrap();
                        line.as_object_mut().unwrap().remove("timing");
                        format!("{line}\n")
                    };
                    let text = String::from_utf8(bytes).unwrap().lines().map(untimed).collect::<String>();
                    found.insert(name, text.into_bytes());
                }
                _ => drop(found.insert(name, bytes)),
            }
        }
    }
    found
}

/// The files of a run that nothing disturbed, and how long it took.
struct Whole {
    folder: TempDir,
    config: PathBuf,
    files: BTreeMap<PathBuf, Vec<u8>>,
    took: Duration,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "");
    let out = folder.path().join("run");
    let start = Instant::now();
    let output = next("", &config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Whole { config, files: files(&out), took: start.elapsed(), folder }
});

/// The place of that run.
pub(crate) fn whole() -> PathBuf {
    WHOLE.folder.path().join("run")
}

fn same(out: &Path) {
    let (found, wanted) = (files(out), &WHOLE.files);
    assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    for (name, bytes) in &found {
        assert!(bytes == &wanted[name], "{} differs", name.display());
    }
}

#[test]
fn killed_anywhere_it_ends_with_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    // Three kills a round, somewhere in what is left; the second round strikes elsewhere.
    for round in 0..2_u32 {
        let out = out.join(round.to_string());
        for share in [13, 37, 29] {
            let mut child = next("", &WHOLE.config, &out).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
            std::thread::sleep(WHOLE.took * (share + 11 * round) / 100);
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let output = next("", &WHOLE.config, &out).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        same(&out);
    }
}

/// The files that a kill leaves in the middle of a write.
#[test]
fn leftovers_of_a_kill_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    fs::create_dir_all(out.join("iteration-0/.partial-folder")).unwrap();
    fs::write(out.join("iteration-0/.partial-folder/model.safetensors"), "half").unwrap();
    fs::write(out.join(".partial-file"), "half").unwrap();
    fs::create_dir_all(out.join("iteration-1/training")).unwrap();
    // The state of a training whose result was written, but which was killed before it could tidy up.
    for name in [
        "training.json",
        "checkpoint/config.json",
        "checkpoint/model.safetensors",
        "checkpoint/tokenizer.json",
        "training/metrics.jsonl",
    ] {
        let name = Path::new("iteration-0").join(name);
        fs::create_dir_all(out.join(&name).parent().unwrap()).unwrap();
        fs::write(out.join(&name), &WHOLE.files[&name]).unwrap();
    }
    fs::write(out.join("iteration-0/training/state.safetensors"), "old").unwrap();
    let output = next("", &WHOLE.config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    same(&out);
}

#[test]
fn its_summary_is_made_of_its_files() {
    let json = |name: &str| -> Value { serde_json::from_slice(&WHOLE.files[Path::new(name)]).unwrap() };
    let lines = |name: &str| String::from_utf8(WHOLE.files[Path::new(name)].clone()).unwrap().lines().count();
    let summary = json("summary.json");
    assert_eq!((summary["problems"].as_u64(), summary["hard"].as_u64()), (Some(10), Some(10)));
    assert_eq!(summary["iterations"].as_array().unwrap().len(), 2);
    assert_eq!(lines("iteration-0/samples.jsonl"), 40);
    assert_eq!(
        (&summary["iterations"][0]["train"]["tasks"], &summary["iterations"][0]["train"]["samples"]),
        (&10.into(), &40.into())
    );
    assert_eq!(lines("iteration-1/dev/verdicts/verdicts.jsonl"), 8);
    for (index, iteration) in summary["iterations"].as_array().unwrap().iter().enumerate() {
        let pairs = format!("iteration-{index}/pairs.jsonl");
        assert_eq!(iteration["pairs"], lines(&pairs));
        let text = String::from_utf8(WHOLE.files[Path::new(&pairs)].clone()).unwrap();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for line in text.lines() {
            let pair: Value = serde_json::from_str(line).unwrap();
            *counts.entry(pair["task_id"].as_str().unwrap().to_owned()).or_default() += 1;
            assert!(pair["completion"].as_str().unwrap().contains("```python\n"));
        }
        assert!(counts.values().all(|count| *count <= 3), "{counts:?}");
    }
    // The first samples are the base model's, the second those of what it became.
    assert_ne!(
        WHOLE.files[Path::new("iteration-0/samples.jsonl")],
        WHOLE.files[Path::new("iteration-1/samples.jsonl")]
    );
    assert_eq!(lines("metrics.jsonl"), 2);
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    // The limit is on the size of a file: first samples do not fit, then a state of training does not.
    for blocks in [16, 4000] {
        let output = next(&format!("trap '' XFSZ; ulimit -f {blocks}"), &WHOLE.config, &out).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("File too large"), "{said}");
    }
    let output = next("", &WHOLE.config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    same(&out);
}

/// The words of the program about a configuration with these lines, and its exit code.
fn refused(more: &str) -> (Option<i32>, String, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), more);
    let output = next("", &config, &folder.path().join("run")).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned(), folder)
}

#[test]
fn an_unknown_field_is_named_with_the_nearest() {
    let (code, said, _) = refused("[filter]\nthreshhold = 0.5\n");
    assert!(code == Some(2) && said.contains("threshhold") && said.contains("did you mean `threshold`"), "{said}");
}

#[test]
fn without_pairs_it_stops_with_advice_and_keeps_its_files() {
    // Answers of a few tokens are no fixes.
    let (code, said, folder) = refused("[sampling]\nmax_new_tokens = 3\n");
    assert!(code == Some(2) && said.contains("none became a pair") && said.contains("filter.threshold"), "{said}");
    let samples = fs::read_to_string(folder.path().join("run/iteration-0/samples.jsonl")).unwrap();
    assert_eq!(samples.lines().count(), 40);
}

#[test]
fn a_training_that_diverges_stops_and_keeps_what_was_good() {
    let (code, said, folder) = refused("[train]\nlearning_rate = 1e30\nclip = 0\n");
    assert!(code == Some(2) && said.contains("Try a lower learning rate"), "{said}");
    assert!(folder.path().join("run/iteration-0/pairs.jsonl").exists());
    assert!(folder.path().join("run/iteration-0/training/state.safetensors").exists());
    assert!(!folder.path().join("run/iteration-0/checkpoint").exists());
}

/// A configuration of one iteration whose trainer is `trainer.py` in this mode.
fn trainer(folder: &Path, mode: &str) -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/end_to_end/trainer.py");
    let path = configuration(
        folder,
        &format!(
            "iterations = 1\n[trainer]\ncommand = [\"python3\", \"{}\", \"{mode}\", \"{{pairs}}\", \"{{base}}\", \"{{out}}\", \"{{work}}\"]\n\
             version = [\"python3\", \"--version\"]\n",
            script.display()
        ),
    );
    let mut table: toml::Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    table.remove("train");
    fs::write(&path, table.to_string()).unwrap();
    path
}

#[test]
fn another_trainer_takes_the_place_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let config = trainer(folder.path(), "goes-on");
    // The first time it ends half-way, and goes on from what it left itself.
    let output = next("", &config, &out).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("killed") && said.contains("trainer.log"), "{said}");
    assert!(!out.join("iteration-0/checkpoint").exists());
    let output = next("", &config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let training = out.join("iteration-0/training");
    assert!(fs::read_to_string(training.join("trainer.log")).unwrap().contains("going on from step 7"));
    let mut left: Vec<_> = fs::read_dir(&training).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["pairs.jsonl", "trainer.json", "trainer.log"]);
    let asked: Value = serde_json::from_slice(&fs::read(training.join("trainer.json")).unwrap()).unwrap();
    assert!(asked["version"].as_str().unwrap().starts_with("Python 3") && asked["pairs"].as_str().unwrap().len() == 64);
    // A kill between the checkpoint and what is written of it: the checkpoint is taken, and the trainer not asked.
    let log = fs::read(training.join("trainer.log")).unwrap();
    fs::remove_file(out.join("iteration-0/training.json")).unwrap();
    fs::write(training.join("trainer.log"), "untouched").unwrap();
    let output = next("", &config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(training.join("trainer.log")).unwrap(), "untouched");
    fs::write(training.join("trainer.log"), log).unwrap();
    // A copy of the base is no better than the base, which is then the best.
    let summary: Value = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    assert_eq!(
        (&summary["best"], &summary["iterations"][0]["training"]),
        (&0.into(), &serde_json::json!({"skipped": 0}))
    );
    let report = Command::new(env!("CARGO_BIN_EXE_tracewright")).arg("report").arg(&out).output().unwrap();
    assert!(report.status.success(), "{}", String::from_utf8_lossy(&report.stderr));
}

#[test]
fn a_trainer_that_leaves_no_checkpoint_is_found_out() {
    for (mode, word) in [
        ("fails", "out of memory on device 3"),
        ("nothing", "left no folder"),
        ("no-tokenizer", "left no tokenizer"),
        ("diverges", "no finite numbers"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("run");
        let output = next("", &trainer(folder.path(), mode), &out).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(word) && said.contains("python3"), "{said}");
        assert!(!out.join("iteration-0/checkpoint").exists() && out.join("iteration-0/pairs.jsonl").exists());
    }
    let (code, said, _) = refused("[trainer]\ncommand = [\"train\", \"{pairs}\"]\n");
    assert!(code == Some(2) && said.contains("`[trainer]` names another"), "{said}");
}

#[test]
fn a_folder_of_another_run_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    fs::create_dir(&out).unwrap();
    let manifest = WHOLE.files[Path::new("manifest.json")].clone();
    fs::write(out.join("manifest.json"), &manifest).unwrap();
    let config = configuration(folder.path(), "seed = 1\n");
    let output = next("", &config, &out).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("another run (different config.seed)"), "{said}");
    assert_eq!(fs::read(out.join("manifest.json")).unwrap(), manifest);
    // Nor is one that another process writes to.
    let _held = tracewright::internals::files::Lock::folder(&out).unwrap();
    let output = next("", &config, &out).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("being written by another"), "{said}");
}

/// The figures, the pairs and the later samples under a threshold that some problems reach: they are of the others.
#[test]
fn problems_that_the_base_solves_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "[filter]\nthreshold = 0.5\n[data]\ntrain_tasks = 24\n");
    let out = folder.path().join("run");
    let output = next("", &config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json = |name: &str| -> Value { serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap() };
    let lines = |name: &str| -> Vec<Value> {
        let text = fs::read_to_string(out.join(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let mut passing: BTreeMap<String, usize> = BTreeMap::new();
    for row in lines("iteration-0/verdicts/verdicts.jsonl") {
        *passing.entry(row["task_id"].as_str().unwrap().to_owned()).or_default() +=
            usize::from(row["verdict"] == "pass");
    }
    let mut wanted: Vec<String> = passing.iter().filter(|(_, count)| **count < 2).map(|(id, _)| id.clone()).collect();
    let mut hard: Vec<String> = serde_json::from_value(json("hard.json")["tasks"].clone()).unwrap();
    wanted.sort();
    hard.sort();
    assert_eq!(hard, wanted);
    assert!(!hard.is_empty() && hard.len() < 24, "{} of 24", hard.len());
    let summary = json("summary.json");
    let train = &summary["iterations"][0]["train"];
    let solved: usize = hard.iter().map(|id| passing[id]).sum();
    assert_eq!(
        (&train["tasks"], &train["samples"], &train["passing"]),
        (&hard.len().into(), &(4 * hard.len()).into(), &solved.into())
    );
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let rate = solved as f64 / (4 * hard.len()) as f64;
    assert!((train["pass_at_k"]["1"]["value"].as_f64().unwrap() - rate).abs() < 1e-12, "{train}");
    assert_eq!(lines("iteration-1/samples.jsonl").len(), 4 * hard.len());
    for pair in lines("iteration-0/pairs.jsonl").iter().chain(&lines("iteration-1/pairs.jsonl")) {
        assert!(hard.iter().any(|id| pair["task_id"] == **id), "{pair}");
    }
}

#[test]
fn the_bundled_configurations_can_be_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in [
        "benchmarks/tiny/demo.toml",
        "results/table2/next.toml",
        "results/traces/with.toml",
        "results/traces/without.toml",
        "results/traces/no_rationale.toml",
        "results/iterations/restart.toml",
        "results/iterations/accumulate.toml",
    ] {
        let config = tracewright::internals::selftrain::Config::read(&root.join(name)).unwrap();
        assert!(Path::new(&config.data.train).exists() && config.model.exists(), "{name}");
    }
}

#[test]
fn options_of_training_are_checked_before_anything_runs() {
    let (code, said, folder) = refused("[train]\nbatch = 0\n");
    assert!(code == Some(2) && said.contains("[train]") && said.contains("`batch`"), "{said}");
    assert!(!folder.path().join("run").exists());
    let (code, said, _) = refused("[train]\npatience = 2\n");
    assert!(code == Some(2) && said.contains("`train.patience`"), "{said}");
}

#[test]
fn sets_that_share_tasks_are_refused() {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiny");
    let copy = tempfile::tempdir().unwrap();
    fs::copy(tiny.join("train.jsonl.gz"), copy.path().join("copy.jsonl.gz")).unwrap();
    let (code, said, _) = refused(&format!("[data]\ndev = \"{}/copy.jsonl.gz\"\n", copy.path().display()));
    assert!(code == Some(2) && said.contains("is also in"), "{said}");
}

#[test]
fn what_goes_beyond_the_paper_changes_pairs_and_start() {
    let folder = tempfile::tempdir().unwrap();
    let more = "[schedule]\naccumulate = true\ncontinue_from_last = true\nno_trace_share = 0.5\n[filter]\nfaithful = true\nproxy_weight = 0.5\n";
    let config = configuration(folder.path(), more);
    let out = folder.path().join("run");
    let output = next("", &config, &out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let summary: Value = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    let pairs = |index: usize| -> Vec<Value> {
        let text = fs::read_to_string(out.join(format!("iteration-{index}/pairs.jsonl"))).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (first, second) = (pairs(0), pairs(1));
    let known = |pair: &&Value| !first.contains(pair);
    assert_eq!(summary["iterations"][1]["pairs"], first.len() + second.iter().filter(known).count());
    let traced = |pair: &&Value| {
        pair["prompt"].as_str().unwrap().contains("__return__")
            || pair["prompt"].as_str().unwrap().contains("__exception__")
    };
    let all: Vec<&Value> = first.iter().chain(&second).collect();
    let with_trace = all.iter().filter(|pair| traced(pair)).count();
    assert!(0 < with_trace && with_trace < all.len(), "{with_trace} of {}", all.len());
    for pair in &all {
        let weight = pair["weight"].as_f64().unwrap_or(1.0);
        assert!([0.5, 1.0, 1.5].contains(&weight), "{weight}");
    }
    assert!(
        out.join("iteration-0/proxy/fixes.jsonl").exists()
            && out.join("iteration-0/proxy-alone/samples.jsonl").exists()
    );
}
