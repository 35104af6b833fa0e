//! Small repair tasks for small models: random typed programs, one mutation each, tests from the sandbox.
//!
//! A program is drawn from a grammar (`shape`, `phrase`) together with its description in English, so the description says all that the
//! program does. It runs in the sandbox on random inputs, which gives the tests; a mutant ([`crate::syntax::mutants`]) that fails some of
//! them becomes the buggy program. Visible tests begin with the shortest that fails: its trace is what a model gets to read.
//!
//! | level | programs |
//! |---|---|
//! | 1 | one expression, one condition, or one loop |
//! | 2 | a loop with a condition, branches, two lists, digits, strings, early exits |
//! | 3 | a helper function in a loop, nested loops, two accumulators, a last step |
//!
//! # Splits
//!
//! Train, dev and test are disjoint by program, whatever the seed: the split is a function of the program, written with standard names. A
//! model trained on one run's training set has seen none of any run's test programs. No program is used twice in a run.

mod function;
mod inputs;
mod names;
mod numbers;
mod phrase;
mod sequences;
mod shape;
mod task;

use std::{
    collections::{BTreeMap, HashSet},
    ops::ControlFlow,
};

use serde::Serialize;

use self::shape::Source;
pub use self::task::Record;
use crate::{
    files::{Folder, FolderError},
    judge::{Judge, Options},
    layout,
    random::Random,
    sandbox::{Fault, pool},
};

/// The sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Eight programs of ten.
    Train,
    /// One of ten: for choosing among checkpoints.
    Dev,
    /// One of ten: for results, and nothing else.
    Test,
}

impl Split {
    /// All splits.
    pub const ALL: [Self; 3] = [Self::Train, Self::Dev, Self::Test];

    /// The split that a program belongs to.
    fn of(program: &str) -> Self {
        match blake3::hash(program.as_bytes()).as_bytes()[0] % 10 {
            0 => Self::Test,
            1 => Self::Dev,
            _ => Self::Train,
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Train => "train.jsonl",
            Self::Dev => "dev.jsonl",
            Self::Test => "test.jsonl",
        }
    }
}

/// The files, the manifest last.
pub const FILES: [&str; 4] = ["train.jsonl", "dev.jsonl", "test.jsonl", layout::MANIFEST];

/// A request for sets of small tasks.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    /// The levels, in turn: 1 to 3.
    pub levels: Vec<u8>,
    /// The number of tasks of each split.
    pub sizes: BTreeMap<Split, usize>,
    /// The seed of all choices.
    pub seed: u64,
}

/// The options by which candidates are judged here: programs of a few lines on small values end soon or never.
#[must_use]
pub fn judge_options() -> Options {
    Options { fuel_floor: 300_000_000, run_all: true, ..Options::default() }
}

/// The number of draws between two looks at what is still missing.
const ROUND: usize = 256;
/// The number of rounds without a new task after which the grammar counts as used up.
const BARREN: usize = 40;

/// The reason why there are fewer tasks than were asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SynthError {
    /// The harness.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// No new programs come.
    #[error(
        "the grammar has no more programs: {found} tasks of {wanted} were found; ask for fewer, or for more levels"
    )]
    UsedUp {
        /// The tasks found.
        found: usize,
        /// The tasks wanted.
        wanted: usize,
    },
}

impl crate::blame::Blame for SynthError {
    fn is_input(&self) -> bool {
        matches!(self, Self::UsedUp { .. })
    }
}

/// Makes the tasks, split by split, in the order they were drawn. `judge` should have [`judge_options`]; `report` hears how many there
/// are of how many.
///
/// # Errors
///
/// A [`SynthError`].
pub fn generate(
    request: &Request,
    judge: &Judge,
    jobs: usize,
    report: &mut dyn FnMut(usize, usize),
) -> Result<BTreeMap<Split, Vec<Record>>, SynthError> {
    let mut tasks: BTreeMap<Split, Vec<Record>> = BTreeMap::new();
    let mut seen = HashSet::new();
    let wanted: usize = request.sizes.values().sum();
    let size = |split: Split| request.sizes.get(&split).copied().unwrap_or(0);
    let (mut next, mut barren) = (0, 0);
    loop {
        let found: usize = tasks.values().map(Vec::len).sum();
        report(found, wanted);
        if found == wanted {
            return Ok(tasks);
        }
        if barren == BARREN {
            return Err(SynthError::UsedUp { found, wanted });
        }
        // Chosen before anything runs, so that what is kept does not depend on the order in which workers end.
        let mut round: Vec<(usize, u8, Source)> = Vec::new();
        for index in next..next + ROUND {
            let level = request.levels[index % request.levels.len()];
            let source = shape::draw(level, request.seed, index);
            let split = Split::of(&source.key);
            if tasks.get(&split).map_or(0, Vec::len) < size(split) && seen.insert(source.key.clone()) {
                round.push((index, level, source));
            }
        }
        next += ROUND;
        let mut made: Vec<Option<Record>> = vec![None; round.len()];
        let make = |place: usize| {
            let (index, level, source) = &round[place];
            let mut random = Random::named(request.seed, &format!("task {level}/{index}"));
            task::make(judge, source, *level, &mut random)
        };
        let stopped = pool::run(jobs, round.len(), make, |place, result| match result {
            Ok(record) => {
                made[place] = record;
                ControlFlow::Continue(())
            }
            Err(fault) => ControlFlow::Break(fault),
        });
        if let Some(fault) = stopped? {
            return Err(fault.into());
        }
        let mut new = 0;
        for ((_, level, source), record) in round.iter().zip(made) {
            let split = Split::of(&source.key);
            let of_split = tasks.entry(split).or_default();
            if let Some(mut record) = record.filter(|_| of_split.len() < size(split)) {
                record.task_id =
                    format!("synth/{level}/{}/{}", split.file().trim_end_matches(".jsonl"), of_split.len());
                of_split.push(record);
                new += 1;
            }
        }
        barren = if new == 0 { barren + 1 } else { 0 };
    }
}

/// The manifest of a set of small tasks.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Manifest<'a> {
    /// The version of the format: 1.
    format: u32,
    /// The digest of the guest component.
    guest: &'a str,
    /// The levels of difficulty.
    levels: &'a [u8],
    /// The seed of all choices.
    seed: u64,
    /// The options by which candidates were judged.
    judge: &'a Options,
    /// The counts by split.
    counts: BTreeMap<Split, SplitCounts<'a>>,
    /// The digests of the files by name.
    files: BTreeMap<&'static str, String>,
}

/// The counts of a split.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SplitCounts<'a> {
    /// The tasks.
    tasks: usize,
    /// The tasks by mutation operator.
    operators: BTreeMap<&'a str, usize>,
}

/// Writes a file for each split and a manifest.
///
/// # Errors
///
/// The system's error.
pub fn write(
    folder: &Folder,
    request: &Request,
    judge: &Judge,
    tasks: &BTreeMap<Split, Vec<Record>>,
) -> Result<(), FolderError> {
    let mut files = BTreeMap::new();
    let mut counts = BTreeMap::new();
    for split in Split::ALL {
        let records = tasks.get(&split).map_or(&[][..], Vec::as_slice);
        files.insert(split.file(), folder.write_lines(split.file(), records)?);
        let mut operators: BTreeMap<&str, usize> = BTreeMap::new();
        for record in records {
            *operators.entry(&record.operator).or_default() += 1;
        }
        counts.insert(split, SplitCounts { tasks: records.len(), operators });
    }
    let manifest = Manifest {
        format: 1,
        guest: tracewright_guest::DIGEST,
        levels: &request.levels,
        seed: request.seed,
        judge: judge.options(),
        counts,
        files,
    };
    folder.write_json(FILES[3], &manifest)?;
    Ok(())
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schemas_of_small_tasks() {
        crate::schema::written::<super::Record>("synth");
        crate::schema::written::<super::Manifest>("synth-manifest");
    }
}
