//! Machines that refuse memory: a fault of the harness, never a verdict and never an abort of the sandbox.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{Files, cache, can_mount, files, rows, under};

/// The limits of a process's data in MiB: from one that the engine does not fit to one that everything does.
const LIMITS: std::ops::RangeInclusive<usize> = 1..=28;
const STEP: usize = 48;

/// A program that needs far more than the interpreter, in one piece, and says so when it does not get it.
const HUNGRY: &str =
    "def f(n):\n    try:\n        x = bytearray(300 << 20)\n    except MemoryError:\n        return -1\n    return n\n";

/// A dataset of one task with this reference, and samples of which the second is hungry.
struct Scene {
    folder: tempfile::TempDir,
    cache: PathBuf,
}

impl Scene {
    fn new(task: &serde_json::Value) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let cache = folder.path().join("cache");
        cache::with_compiled(&cache);
        fs::write(folder.path().join("tasks.jsonl"), task.to_string()).unwrap();
        let sample = |program: &str| serde_json::json!({"task_id": "own/1", "solution": program}).to_string();
        let samples = ["def f(n):\n    return n\n", HUNGRY, "def f(n):\n    return -n\n"].map(sample).join("\n");
        fs::write(folder.path().join("samples.jsonl"), samples).unwrap();
        Self { folder, cache }
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn score(&self, setup: &str, out: &Path) -> (Option<i32>, String) {
        let mut command = under(setup, "");
        command.env("TRACEWRIGHT_CACHE", &self.cache).args(["score", "--fuel", "5G", "--jobs", "1", "--dataset"]);
        command
            .arg(self.folder.path().join("tasks.jsonl"))
            .arg("--samples")
            .arg(self.folder.path().join("samples.jsonl"));
        let output = command.arg("--out").arg(out).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    fn undisturbed(&self) -> Files {
        let out = self.out("whole");
        let (code, stderr) = self.score("", &out);
        assert_eq!(code, Some(0), "{stderr}");
        files(&out)
    }
}

fn own_task(reference: &str) -> serde_json::Value {
    serde_json::json!({
        "task_id": "own/1", "entry_point": "f", "reference": reference, "visible_tests": ["assert f(3) == 3"],
    })
}

#[test]
fn a_machine_without_memory_gives_faults_never_verdicts() {
    let scene = Scene::new(&own_task("def f(n):\n    return n\n"));
    let whole = scene.undisturbed();
    assert!(String::from_utf8_lossy(&whole["verdicts.jsonl"]).matches("\"verdict\":\"pass\",\"visible\"").count() == 2);
    let verdicts = rows(&whole["verdicts.jsonl"]);
    let compiled = files(cache::compiled().parent().unwrap()).len();
    let mut met = BTreeSet::new();
    for limit in LIMITS.map(|step| step * STEP) {
        let out = scene.out(&limit.to_string());
        let (code, stderr) = scene.score(&format!("ulimit -d {}", limit << 10), &out);
        if code == Some(0) {
            assert_eq!(files(&out), whole, "{limit} MiB");
            met.insert("enough");
            continue;
        }
        assert_eq!(code, Some(1), "{limit} MiB: {stderr}");
        let known = [
            "cannot start the WebAssembly engine",
            "cannot prepare the guest component",
            "cannot start a worker thread",
            "cannot instantiate the guest",
            "the machine has no more memory for the sandbox",
        ];
        met.insert(
            known.into_iter().find(|known| stderr.contains(known)).unwrap_or_else(|| panic!("{limit}: {stderr}")),
        );
        assert!(!stderr.contains("damaged"), "{limit} MiB: {stderr}");
        let journal = fs::read(out.join("journal.jsonl")).unwrap_or_default();
        for (id, row) in rows(&journal) {
            assert_eq!(row, verdicts[&id], "{limit} MiB");
        }
        let (code, stderr) = scene.score("", &out);
        assert_eq!(code, Some(0), "{stderr}");
        assert_eq!(files(&out), whole, "{limit} MiB, then enough");
    }
    for needed in ["the machine has no more memory for the sandbox", "enough"] {
        assert!(met.contains(needed), "the limits miss `{needed}`: {met:?}");
    }
    assert!(met.len() > 2, "the limits miss what fails before there is an instance: {met:?}");
    assert_eq!(files(cache::private(&scene.cache).as_path()).len(), compiled, "the sound copy stays");
}

#[test]
fn address_space_that_is_too_small_is_said() {
    let scene = Scene::new(&own_task("def f(n):\n    return n\n"));
    let (code, stderr) = scene.score("ulimit -v 1000000", &scene.out("run"));
    assert_eq!(code, Some(1), "{stderr}");
    let advice = "a process may have 976 MiB of address space here (ulimit -v), and 1 job needs at least";
    assert!(stderr.contains(advice) && stderr.contains("raise the limit"), "{stderr}");
    assert!(!stderr.contains("--jobs"), "fewer than one cannot be taken: {stderr}");
}

/// Without room for a pool another machine code runs, and memories move: nothing of that is to be seen in a result, fuel and peaks of memory
/// included.
#[test]
fn little_address_space_changes_no_verdict() {
    let scene = super::Scene::usual();
    scene.score(under("ulimit -v 4000000", "")).said(0, &[]);
    assert_eq!(files(&scene.out), *super::WHOLE);

    // Growing, up to its limit and beyond, and a stack that overflows.
    let scene = Scene::new(&own_task("def f(n):\n    return n\n"));
    let programs = [
        "def f(n):\n    parts = []\n    for i in range(200):\n        parts.append(bytes([i]) * (1 << 20))\n    return n if len(b''.join(parts)) else 0\n",
        "def f(n):\n    parts = []\n    while True:\n        parts.append(bytearray(1 << 22))\n",
        "import functools\ndef f(n):\n    g = lambda x: x\n    for _ in range(10 ** 6):\n        g = functools.partial(g)\n    return n\n",
        "def f(n):\n    return f(n)\n",
        "def f(n):\n    while True:\n        pass\n",
    ];
    let sample = |program: &&str| serde_json::json!({"task_id": "own/1", "solution": program}).to_string();
    let samples = scene.folder.path().join("programs.jsonl");
    fs::write(&samples, programs.iter().map(sample).collect::<Vec<_>>().join("\n")).unwrap();
    let score = |setup: &str, out: &str| {
        let mut command = under(setup, "");
        command.args(["score", "--fuel", "2G", "--jobs", "1", "--memory", "512", "--dataset"]);
        command.arg(scene.folder.path().join("tasks.jsonl")).arg("--samples").arg(&samples);
        let output = command.arg("--out").arg(scene.out(out)).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        rows(&files(&scene.out(out))["verdicts.jsonl"])
    };
    let usual = score("", "usual");
    assert_eq!(usual, score("ulimit -v 3500000", "moved"));
    // Nor where the system does not tell which pages a program changed.
    if can_mount("little_address_space_changes_no_verdict, without page maps") {
        let without = "exec unshare -rm sh -c 'mount -t tmpfs none /proc && exec \"$0\" \"$@\"' \"$0\" \"$@\"";
        assert_eq!(usual, score(without, "pooled"));
    }
    let verdicts: BTreeSet<&str> =
        usual.values().filter_map(|row| row.split("\"verdict\":\"").nth(1)?.split('"').next()).collect();
    for verdict in ["pass", "out_of_memory", "runtime_error", "out_of_fuel"] {
        assert!(verdicts.contains(verdict), "the programs miss `{verdict}`: {verdicts:?}");
    }
}

/// The things that are learnt about a task are kept in the cache: a reference that got no memory must leave nothing wrong there.
fn teaches_nothing(task: &serde_json::Value) {
    let scene = Scene::new(task);
    let starved = LIMITS.map(|step| step * STEP).find(|limit| {
        let (_, stderr) = scene.score(&format!("ulimit -d {}", limit << 10), &scene.out("run"));
        stderr.contains("the machine has no more memory for the sandbox")
    });
    assert!(starved.is_some(), "some limit is enough for all but the reference");
    let (code, stderr) = scene.score("", &scene.out("run"));
    assert_eq!((code, stderr.contains("does not pass")), (Some(0), false), "{stderr}");
    // The summary names the dataset by its path.
    let (learnt, apart) = (files(&scene.out("run")), Scene::new(task).undisturbed());
    assert_eq!(rows(&learnt["verdicts.jsonl"]), rows(&apart["verdicts.jsonl"]));
}

#[test]
fn a_reference_without_memory_teaches_nothing_about_test_code() {
    teaches_nothing(&own_task(HUNGRY));
}

#[test]
fn a_reference_without_memory_teaches_nothing_about_inputs() {
    teaches_nothing(&serde_json::json!({
        "task_id": "own/1", "entry_point": "f", "prompt": "", "canonical_solution": HUNGRY, "atol": 0,
        "base_input": [[3]], "plus_input": [],
    }));
}
