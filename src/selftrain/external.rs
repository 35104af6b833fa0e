//! Training by somebody else's command: line 8 of Algorithm 1 for those who have a trainer.
//!
//! The command gets the pairs and a base, and has to leave a checkpoint. Nothing that it leaves is believed before it was opened and looked through: a
//! trainer that says nothing went wrong and leaves nothing, half a checkpoint or weights that are no numbers ends the run, with everything kept that
//! was there. It may keep what it goes on from, after a kill, in a folder of its own.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::{Deserialize, Serialize};

use super::SelfTrainError;
use crate::model::{Checkpoint, decode::TextTokenizer};

/// A trainer: a command, in the place of this program's own training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trainer {
    /// The program and its arguments, without a shell. `{pairs}`, `{base}`, `{out}`, `{work}`, `{seed}` and `{iteration}` stand for the file of
    /// pairs, the checkpoint to begin with, the folder that it must make, a folder of its own that stays until the iteration has its
    /// checkpoint, the run's seed and the number of the iteration. It runs in the configuration's folder.
    pub command: Vec<String>,
    /// A command that prints the trainer's version; what it prints is kept with each iteration. None.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub version: Vec<String>,
    /// The configuration's folder.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// What a trainer was asked for: `trainer.json`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Asked<'a> {
    /// The command, as the configuration has it.
    command: &'a [String],
    /// The words of its `version` command.
    version: Option<String>,
    /// The BLAKE3 digest of the pairs.
    pairs: String,
}

/// The job of a trainer.
pub(super) struct Job<'a> {
    /// The pairs.
    pub(super) pairs: &'a Path,
    /// The checkpoint to begin with.
    pub(super) base: &'a Path,
    /// The folder of what training leaves, of which the log stays.
    pub(super) folder: &'a Path,
    /// The checkpoint's place.
    pub(super) out: &'a Path,
    /// The run's seed.
    pub(super) seed: u64,
    /// The iteration, from 0.
    pub(super) iteration: usize,
}

/// The file of what the trainer says.
const LOG: &str = "trainer.log";
/// The file of what it was asked for.
const ASKED: &str = "trainer.json";
/// The folder that is the trainer's own.
const WORK: &str = "work";
/// The beginning of the name of the folder that it makes. The process's number follows: a trainer that outlived a killed run writes to another.
const OUTPUT: &str = "output-";
/// The lines of the log that an error repeats.
const LAST_LINES: usize = 12;

impl Trainer {
    /// Has the command train, and puts the checkpoint that it leaves into its place.
    pub(super) fn train(&self, job: &Job<'_>) -> Result<(), SelfTrainError> {
        let absolute = |path: &Path| std::path::absolute(path).map_err(SelfTrainError::file(path));
        let folder = absolute(job.folder)?;
        let (work, output, log) =
            (folder.join(WORK), folder.join(format!("{OUTPUT}{}", std::process::id())), folder.join(LOG));
        fs::create_dir_all(&work).map_err(SelfTrainError::file(&work))?;
        // What a kill left is no checkpoint; but what has its name was looked through.
        remove_outputs(&folder)?;
        if job.out.exists() {
            return Ok(());
        }
        let pairs = fs::read(job.pairs).map_err(SelfTrainError::file(job.pairs))?;
        let asked = Asked {
            command: &self.command,
            version: self.said_version()?,
            pairs: blake3::hash(&pairs).to_hex().to_string(),
        };
        let path = folder.join(ASKED);
        let text = format!("{}\n", serde_json::json!(asked));
        crate::files::write(&path, text.as_bytes()).map_err(SelfTrainError::file(path))?;
        let path = |path: PathBuf| path.to_string_lossy().into_owned();
        let places = BTreeMap::from([
            ("{pairs}", path(absolute(job.pairs)?)),
            ("{base}", path(absolute(job.base)?)),
            ("{out}", path(output.clone())),
            ("{work}", path(work.clone())),
            ("{seed}", job.seed.to_string()),
            ("{iteration}", job.iteration.to_string()),
        ]);
        let filled = |word: &String| places.iter().fold(word.clone(), |word, (name, value)| word.replace(name, value));
        let words: Vec<String> = self.command.iter().map(filled).collect();
        let file = File::create(&log).map_err(SelfTrainError::file(&log))?;
        let copy = file.try_clone().map_err(SelfTrainError::file(&log))?;
        let status = self.command(&words)?.stdout(file).stderr(copy).status();
        let status = status.map_err(|error| self.failed(format!("cannot be started: {error}"), None))?;
        if !status.success() {
            return Err(self.failed(format!("ended with {status}"), Some(&log)));
        }
        look(&output).map_err(|problem| self.failed(problem, Some(&log)))?;
        fs::rename(&output, job.out).map_err(SelfTrainError::file(job.out))?;
        // It has its checkpoint; what it goes on from is of no use any more.
        let _ = fs::remove_dir_all(&work);
        remove_outputs(&folder)
    }

    /// The words of the `version` command.
    fn said_version(&self) -> Result<Option<String>, SelfTrainError> {
        if self.version.is_empty() {
            return Ok(None);
        }
        let failed =
            |why: String| self.failed(format!("does not tell its version: {} {why}", self.version.join(" ")), None);
        let output = self.command(&self.version)?.output().map_err(|error| failed(error.to_string()))?;
        if !output.status.success() {
            return Err(failed(format!("ended with {}", output.status)));
        }
        Ok(Some(String::from_utf8_lossy(&output.stdout).trim().to_owned()))
    }

    fn command(&self, words: &[String]) -> Result<Command, SelfTrainError> {
        let [program, arguments @ ..] = words else {
            return Err(self.failed("is empty".to_owned(), None));
        };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null());
        if !self.folder.as_os_str().is_empty() {
            command.current_dir(&self.folder);
        }
        Ok(command)
    }

    fn failed(&self, problem: String, log: Option<&Path>) -> SelfTrainError {
        let last = log.map(|log| {
            let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            let last = lines[lines.len().saturating_sub(LAST_LINES)..].join("\n");
            format!("\n{}:\n{last}", log.display())
        });
        let program = self.command.first().cloned().unwrap_or_default();
        SelfTrainError::Trainer { program, problem, log: last.unwrap_or_default() }
    }
}

/// Removes the folders that trainers of this iteration made.
fn remove_outputs(folder: &Path) -> Result<(), SelfTrainError> {
    for entry in fs::read_dir(folder).map_err(SelfTrainError::file(folder))? {
        let path = entry.map_err(SelfTrainError::file(folder))?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OUTPUT)) {
            fs::remove_dir_all(&path).map_err(SelfTrainError::file(&path))?;
        }
    }
    Ok(())
}

/// Looks at what a trainer left; the fault, where it is no checkpoint.
fn look(output: &Path) -> Result<(), String> {
    if !output.is_dir() {
        return Err("said that all went well, but left no folder `{out}`".to_owned());
    }
    let checkpoint = Checkpoint::open(output).map_err(|error| format!("left no checkpoint: {error}"))?;
    TextTokenizer::open(output)
        .map_err(|error| format!("left no tokenizer (save it too: tokenizer.save_pretrained): {error}"))?;
    match checkpoint.first_not_finite().map_err(|error| format!("left weights that cannot be read: {error}"))? {
        Some(tensor) => Err(format!("left {tensor} with values that are no finite numbers: it diverged")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schema_of_a_trainers_job() {
        crate::schema::written::<super::Asked<'_>>("next-trainer");
    }
}
