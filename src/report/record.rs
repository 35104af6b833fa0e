//! A record of a run of the loop: its figures without its samples, small enough to keep beside the text that quotes them.
//!
//! A record holds `manifest.json`, `summary.json`, `metrics.jsonl` and `timings.jsonl` as the run has them, each training's losses, and
//! `counts.jsonl`: for each set of verdicts but those of training problems how many samples of each task pass.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    lines::each_line,
    run::{LoadError, Role, Run},
};
use crate::{
    blame::Blame,
    files::{Folder, FolderError},
    layout,
    stats::Count,
};

const COPIED: [&str; 4] = [layout::MANIFEST, layout::SUMMARY, layout::METRICS, layout::TIMINGS];

/// The counts of one set of verdicts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tally {
    pub(super) role: Role,
    pub(super) model: usize,
    pub(super) folder: PathBuf,
    pub(super) counts: Vec<(String, Count)>,
}

/// A line of `counts.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Line {
    /// The set's folder, relative to the run's.
    folder: PathBuf,
    /// `dev`, `test`, `other prompts` or `proxy N`.
    role: String,
    /// The model: 0 is the base, I + 1 the one that iteration I made.
    model: usize,
    /// The number of samples of each task.
    samples: Vec<u64>,
    /// The number of samples of each task that pass.
    passing: Vec<u64>,
    /// The tasks.
    tasks: Vec<String>,
}

/// The losses of one training, as the run's own file names them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Loss {
    /// The step, from 1.
    step: usize,
    /// The mean loss of a predicted token before it, in nats.
    loss: f64,
}

/// The reason why a record was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file of the run.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A folder with a run in it.
    #[error("{path} holds a run, which a record would replace: name another folder")]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// A run that has no record.
    #[error("{path} is a run of `score`: its folder is its record\nName a run of `next`")]
    NotALoop {
        /// The run.
        path: PathBuf,
    },
}

impl Blame for RecordError {
    fn is_input(&self) -> bool {
        match self {
            Self::Folder(error) => error.is_input(),
            Self::Read { .. } => false,
            Self::NotALoop { .. } | Self::Taken { .. } => true,
        }
    }
}

/// Writes the record of `run` to the folder `out`.
///
/// # Errors
///
/// A [`RecordError`].
pub fn write(run: &Run, out: &Path) -> Result<(), RecordError> {
    if !run.is_loop {
        return Err(RecordError::NotALoop { path: run.path.clone() });
    }
    if out.join(layout::MANIFEST).exists() && !out.join(layout::COUNTS).exists() {
        return Err(RecordError::Taken { path: out.to_owned() });
    }
    let folder = Folder::create(out, &COPIED, true)?;
    for name in COPIED {
        let path = run.path.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => drop(folder.write(name, |out| out.write_all(text.as_bytes()))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(RecordError::Read { path, source }),
        }
    }
    let sets = run.sets.iter().filter(|set| set.role != Role::Train);
    folder.write_lines(
        layout::COUNTS,
        sets.map(|set| Line {
            folder: set.folder.clone(),
            role: role_name(set.role),
            model: set.model,
            samples: set.counts.iter().map(|(_, count)| count.samples).collect(),
            passing: set.counts.iter().map(|(_, count)| count.correct).collect(),
            tasks: set.counts.iter().map(|(task, _)| task.clone()).collect(),
        }),
    )?;
    for (iteration, losses) in run.losses.iter().enumerate() {
        let folder = out.join(layout::iteration(iteration)).join(layout::TRAINING);
        let training = Folder::create(&folder, &[], true)?;
        let steps = losses.iter().enumerate().map(|(step, loss)| Loss { step: step + 1, loss: *loss });
        training.write_lines(layout::METRICS, steps)?;
    }
    Ok(())
}

/// The counts of the record in `path`; nothing where it is none.
pub(super) fn read(path: &Path, warnings: &mut Vec<String>) -> Result<Option<Vec<Tally>>, LoadError> {
    let path = path.join(layout::COUNTS);
    if !path.exists() {
        return Ok(None);
    }
    let mut tallies = Vec::new();
    let mut odd = 0;
    each_line(&path, warnings, |line: Line| {
        let whole = line.tasks.len() == line.samples.len() && line.samples.len() == line.passing.len();
        let possible = line.samples.iter().zip(&line.passing).all(|(samples, passing)| passing <= samples);
        let Some(role) = role_of(&line.role).filter(|_| whole && possible) else {
            odd += 1;
            return;
        };
        let counts = line
            .samples
            .iter()
            .zip(&line.passing)
            .map(|(samples, correct)| Count { samples: *samples, correct: *correct });
        let counts = line.tasks.into_iter().zip(counts).collect();
        tallies.push(Tally { role, model: line.model, folder: line.folder, counts });
    })?;
    if odd > 0 {
        warnings.push(format!("{}: {odd} lines hold no possible counts: left out", path.display()));
    }
    Ok(Some(tallies))
}

fn role_name(role: Role) -> String {
    match role {
        Role::Samples => "samples".to_owned(),
        Role::Train => "train".to_owned(),
        Role::Dev => "dev".to_owned(),
        Role::Test => "test".to_owned(),
        Role::OtherPrompts => "other prompts".to_owned(),
        Role::Proxy(proxy) => format!("proxy {proxy}"),
    }
}

fn role_of(name: &str) -> Option<Role> {
    match name {
        "samples" => Some(Role::Samples),
        "train" => Some(Role::Train),
        "dev" => Some(Role::Dev),
        "test" => Some(Role::Test),
        "other prompts" => Some(Role::OtherPrompts),
        _ => name.strip_prefix("proxy ")?.parse().ok().map(Role::Proxy),
    }
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schemas_of_records() {
        crate::schema::written::<super::Line>("record-counts");
        crate::schema::written::<super::Loss>("record-losses");
    }
}
