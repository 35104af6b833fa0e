//! Faults from outside: full disks, damaged files, folders and caches that cannot be used, machines without memory. Each ends in a
//! clear message; afterwards the same command gives the files of an undisturbed run, and judges nothing twice.

mod cache;
mod damage;
mod disk;
mod memory;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use tracewright::internals::dataset::MINI_CANDIDATES;

use crate::support::{SANDBOX, cache};

/// The number of distinct candidates of a run; each stands in the samples twice, so that the verdicts are longer than the journal.
const DISTINCT: usize = 60;

/// The binary with the tests' cache, started by a shell that first does `setup`; `redirect` stands behind the command.
fn under(setup: &str, redirect: &str) -> Command {
    LazyLock::force(&SANDBOX);
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{setup}\nexec \"$0\" \"$@\" {redirect}"), env!("CARGO_BIN_EXE_tracewright")])
        .env("TRACEWRIGHT_CACHE", cache().path())
        .env_remove("TRACEWRIGHT_DATA")
        .env("NO_COLOR", "1");
    command
}

/// Whether the system lets this user mount file systems of its own; says so where it does not.
fn can_mount(test: &str) -> bool {
    let script = "mount -t tmpfs -o size=16k none \"$PWD\"";
    let folder = tempfile::tempdir().unwrap();
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", script]).current_dir(folder.path()).output();
    let can = tried.is_ok_and(|output| output.status.success());
    if !can {
        eprintln!("skipped {test}: no mounting here");
    }
    can
}

/// A run's folder and samples.
struct Scene {
    folder: TempDir,
    out: PathBuf,
    samples: PathBuf,
}

/// The way in which a run went.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    stderr: String,
}

impl Scene {
    fn new(samples: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (out, path) = (folder.path().join("run"), folder.path().join("samples.jsonl"));
        fs::write(&path, samples).unwrap();
        Self { folder, out, samples: path }
    }

    /// A scene with the candidates of [`WHOLE`].
    fn usual() -> Self {
        // With a rationale, which only the results have, those are the longest file.
        let more = format!(", \"rationale\": \"{}\"}}\n", "because ".repeat(60));
        let lines = MINI_CANDIDATES.lines().take(DISTINCT);
        let once: String = lines.map(|line| line.strip_suffix('}').unwrap().to_owned() + &more).collect();
        Self::new(&format!("{once}{once}"))
    }

    fn score(&self, mut command: Command) -> Ran {
        command.args(["score", "--fuel", "500M", "--jobs", "2", "--samples"]).arg(&self.samples);
        let output = command.arg("--out").arg(&self.out).output().unwrap();
        Ran { code: output.status.code(), stderr: String::from_utf8(output.stderr).unwrap() }
    }

    /// Runs to the end: `resumed` candidates must come from the folder, and the files must be those of `whole`.
    fn finish(&self, whole: &Files, resumed: usize) {
        let ran = self.score(under("", ""));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_eq!(ran.resumed(), resumed, "judged twice, or lost: {}", ran.stderr);
        assert_eq!(&files(&self.out), whole);
    }

    /// The rows of the journal, checked to be whole, distinct and those of `whole`.
    fn journal(&self, whole: &Files) -> usize {
        let text = fs::read_to_string(self.out.join("journal.jsonl")).unwrap_or_default();
        assert!(text.is_empty() || text.ends_with('\n'), "half a line stayed: {text}");
        let verdicts = rows(&whole["verdicts.jsonl"]);
        let journal = rows(text.as_bytes());
        assert_eq!(journal.len(), text.lines().count(), "a candidate was judged twice");
        for (id, line) in &journal {
            assert_eq!(judged(line), judged(&verdicts[id]));
        }
        journal.len()
    }
}

impl Ran {
    /// The number of candidates that came from the run folder.
    fn resumed(&self) -> usize {
        let Some((before, _)) = self.stderr.split_once(" from the run folder)") else { return 0 };
        before.rsplit('(').next().unwrap().parse().unwrap()
    }

    /// Checks that the run ended with `code` and said all of `parts`, and that nothing panicked.
    fn said(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "`{part}` is not in: {}", self.stderr);
        }
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// The part of a row that is of the judgement: not which samples a journal's row stands for, nor the sample's own fields.
fn judged(line: &str) -> Value {
    let mut row: Value = serde_json::from_str(line).unwrap();
    let fields = row.as_object_mut().unwrap();
    fields.remove("same");
    fields.remove("fields");
    row
}

/// The lines by task and sample.
fn rows(bytes: &[u8]) -> BTreeMap<(String, u64), String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let key = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        (row["task_id"].as_str().unwrap().to_owned(), row["sample"].as_u64().unwrap())
    };
    text.lines().map(|line| (key(line), line.to_owned())).collect()
}

/// The files of an undisturbed run of [`Scene::usual`].
static WHOLE: LazyLock<Files> = LazyLock::new(|| {
    let scene = Scene::usual();
    scene.score(under("", "")).said(0, &[]);
    files(&scene.out)
});

/// The journal of that run as it is before its end: a line for each distinct candidate, with the samples that it stands for in place of the
/// first one's fields.
fn whole_journal() -> Vec<u8> {
    let text = std::str::from_utf8(&WHOLE["verdicts.jsonl"]).unwrap();
    let program = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        (row["task_id"].to_string(), row["program_digest"].to_string())
    };
    let sample = |line: &str| serde_json::from_str::<Value>(line).unwrap()["sample"].to_string();
    let lines: Vec<&str> = text.lines().collect();
    let journalled = |line: &&str| {
        let same = |other: &&&str| program(other) == program(line) && sample(other) != sample(line);
        let same: Vec<String> = lines.iter().filter(same).map(|other| sample(other)).collect();
        let (verdict, _) = line.split_once(",\"fields\":").unwrap();
        format!("{verdict},\"same\":[{}]}}\n", same.join(","))
    };
    lines.iter().take(DISTINCT).map(journalled).collect::<String>().into_bytes()
}
