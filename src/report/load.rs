//! A run's folder as a report reads it: whatever of it is readable, and a warning for what is not.
//!
//! Three kinds of folder are known: what `score --out` writes, what `next` writes, and a *record* ([`super::record`]): a run of `next` without its
//! samples. Figures are computed from the verdicts (of a record: from its counts), not taken from a summary, so that a run that was stopped half
//! way has them too.

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File},
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::record::{self, Tally};
use crate::{
    judge::Verdict,
    scoring::Row,
    stats::{Count, Estimate, mean_pass_at_k, paired_difference},
};

/// The format of run folders that this program writes.
const FORMAT: u64 = 1;

/// Why a folder cannot be reported on at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// No run.
    #[error(
        "{path} is no run: it has no manifest.json\nName a folder that `score --out`, `next` or `report --record` wrote"
    )]
    NotARun {
        /// The folder.
        path: PathBuf,
    },
    /// A file that cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said, or what is wrong with it.
        cause: io::Error,
    },
    /// A run without a single verdict.
    #[error("{path} has no verdicts that can be read{}\nRun the command that made it again: it goes on where it stopped", warnings.iter().map(|warning| format!("\n  {warning}")).collect::<String>())]
    Empty {
        /// The folder.
        path: PathBuf,
        /// What was found instead.
        warnings: Vec<String>,
    },
}

/// What a set of verdicts is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The samples that a run of `score` was given.
    Samples,
    /// Training problems, sampled to learn from.
    Train,
    /// The set that the best iteration is chosen by.
    Dev,
    /// The set that nothing is chosen by.
    Test,
    /// The test set with the other kind of prompt.
    OtherPrompts,
    /// Fixes of this proxy to the rationales for the test set.
    Proxy(usize),
}

/// One set of verdicts.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// What it is of.
    pub role: Role,
    /// Which model: 0 is the base, I + 1 what iteration I made.
    pub model: usize,
    /// Its folder, relative to the run's; empty for a run of `score`.
    pub folder: PathBuf,
    /// Samples and how many of them pass, by task in the order of the file; tasks without samples last.
    pub counts: Vec<(String, Count)>,
    /// Samples by verdict; empty for a record.
    pub verdicts: BTreeMap<Verdict, usize>,
}

impl Evaluated {
    /// The counts alone.
    #[must_use]
    pub fn tallies(&self) -> Vec<Count> {
        self.counts.iter().map(|(_, count)| *count).collect()
    }

    /// The counts of the tasks that both sets have, pairwise.
    #[must_use]
    pub fn paired(&self, other: &Self) -> Vec<(&str, Count, Count)> {
        let others: HashMap<&str, Count> = other.counts.iter().map(|(task, count)| (task.as_str(), *count)).collect();
        let pair = |(task, count): &'_ (String, Count)| Some((*count, *others.get(task.as_str())?));
        self.counts.iter().filter_map(|each| pair(each).map(|(a, b)| (each.0.as_str(), a, b))).collect()
    }

    /// How much higher pass@k of `other` is, task by task.
    #[must_use]
    pub fn difference(&self, other: &Self, k: u64) -> Option<Estimate> {
        let (a, b): (Vec<Count>, Vec<Count>) = self.paired(other).into_iter().map(|(_, a, b)| (a, b)).unzip();
        paired_difference(&a, &b, k)
    }

    /// The fewest samples of a task that has any.
    #[must_use]
    pub fn fewest(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count.samples).filter(|samples| *samples > 0).min().unwrap_or(0)
    }
}

/// One line of a loop's `metrics.jsonl`, as far as a report needs it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IterationFigures {
    /// Which, from 0.
    pub iteration: usize,
    /// Problems with at least one pair.
    pub problems: usize,
    /// Pairs trained on.
    pub pairs: usize,
    /// The model that was sampled, on the problems that it learns from.
    #[serde(default)]
    pub train: Option<TrainFigures>,
}

/// A model on the problems that it learns from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TrainFigures {
    /// Pass@k by k.
    pub pass_at_k: BTreeMap<String, Estimate>,
}

/// A step's wall time.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Timing {
    /// The folder it filled.
    pub step: String,
    /// `sample`, `judge`, `train` or `proxy`.
    pub what: String,
    /// Wall time.
    pub seconds: f64,
}

/// A run, as far as it could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its folder.
    pub path: PathBuf,
    /// Its manifest.
    pub manifest: Value,
    /// Its summary, if it came to its end.
    pub summary: Option<Value>,
    /// Whether it is one of the loop (or a record of one), rather than of `score`.
    pub is_loop: bool,
    /// All sets of verdicts.
    pub sets: Vec<Evaluated>,
    /// The iterations of a loop.
    pub iterations: Vec<IterationFigures>,
    /// What took how long.
    pub timings: Vec<Timing>,
    /// Loss by step, a list for each iteration.
    pub losses: Vec<Vec<f64>>,
    /// What could not be read.
    pub warnings: Vec<String>,
}

impl Run {
    /// Reads the run in `path`.
    ///
    /// # Errors
    ///
    /// A [`LoadError`] where there is nothing to show.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        let manifest = match fs::read(path.join("manifest.json")) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(LoadError::NotARun { path: path.to_owned() });
            }
            Err(cause) => return Err(LoadError::Unreadable { path: path.join("manifest.json"), cause }),
        };
        let mut warnings = Vec::new();
        let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_else(|error| {
            warnings.push(format!("{}: {error}: what ran is not known", path.join("manifest.json").display()));
            Value::Null
        });
        if let Some(format) = manifest.get("format").and_then(Value::as_u64).filter(|format| *format != FORMAT) {
            warnings.push(format!(
                "{}: written in format {format}, this program knows format {FORMAT}: what can be read is shown",
                path.display()
            ));
        }
        let is_loop = manifest.get("config").is_some() || path.join("hard.json").exists();
        let mut summary = None;
        if let Ok(text) = fs::read(path.join("summary.json")) {
            match serde_json::from_slice(&text) {
                Ok(read) => summary = Some(read),
                Err(error) => warnings.push(format!("{}: {error}", path.join("summary.json").display())),
            }
        } else {
            warnings.push(format!(
                "{} did not come to its end: the same command that made it goes on where it stopped",
                path.display()
            ));
        }
        let mut run = Self {
            path: path.to_owned(),
            manifest,
            summary,
            is_loop,
            sets: Vec::new(),
            iterations: Vec::new(),
            timings: Vec::new(),
            losses: Vec::new(),
            warnings,
        };
        if is_loop {
            run.read_loop()?;
        } else {
            run.read_score()?;
        }
        if run.sets.is_empty() {
            Err(LoadError::Empty { path: path.to_owned(), warnings: run.warnings })
        } else {
            Ok(run)
        }
    }

    /// Whether the run's own prompts show traces.
    #[must_use]
    pub fn is_traced(&self) -> bool {
        self.manifest.pointer("/config/sampling/trace").and_then(Value::as_bool).unwrap_or(true)
    }

    /// The best model by dev, unless that is the base.
    #[must_use]
    pub fn taught(&self) -> Option<usize> {
        self.best().filter(|best| *best > 0)
    }

    /// The set with this role of this model.
    #[must_use]
    pub fn set(&self, role: Role, model: usize) -> Option<&Evaluated> {
        self.sets.iter().find(|set| set.role == role && set.model == model)
    }

    /// What the iteration that made `model` came to.
    #[must_use]
    pub fn iteration_of(&self, model: usize) -> Option<&IterationFigures> {
        self.iterations.iter().find(|figures| figures.iteration + 1 == model)
    }

    /// Pass@1 of `model` on the problems that were learnt from: the hard ones.
    #[must_use]
    pub fn train_pass_at_1(&self, model: usize) -> Option<Estimate> {
        let recorded = self.iterations.iter().find(|figures| figures.iteration == model);
        let recorded = recorded.and_then(|figures| figures.train.as_ref()?.pass_at_k.get("1"));
        // The base model was sampled for all problems.
        let set = || self.set(Role::Train, model).filter(|_| model > 0);
        recorded.copied().or_else(|| mean_pass_at_k(&set()?.tallies(), 1))
    }

    /// The best model by dev, of a loop that came to its end.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        self.summary.as_ref()?.get("best")?.as_u64().and_then(|best| usize::try_from(best).ok())
    }

    fn read_score(&mut self) -> Result<(), LoadError> {
        let Some((mut counts, verdicts)) = self.verdicts(&self.path.clone())? else { return Ok(()) };
        // Tasks without samples count as unsolved, where the run counted them.
        if let Some(summary) = &self.summary {
            let missing: Vec<&str> =
                summary["missing"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            if summary["tasks"].as_u64() == Some((counts.len() + missing.len()) as u64) {
                counts.extend(missing.iter().map(|id| ((*id).to_owned(), Count { samples: 0, correct: 0 })));
            }
        }
        self.sets.push(Evaluated { role: Role::Samples, model: 0, folder: PathBuf::new(), counts, verdicts });
        Ok(())
    }

    fn read_loop(&mut self) -> Result<(), LoadError> {
        if let Some(tallies) = record::read(&self.path, &mut self.warnings)? {
            for Tally { role, model, folder, counts } in tallies {
                self.sets.push(Evaluated { role, model, folder, counts, verdicts: BTreeMap::new() });
            }
        } else {
            for (role, model, folder) in self.places() {
                let path = self.path.join(&folder).join("verdicts");
                if let Some((counts, verdicts)) = self.verdicts(&path)? {
                    self.sets.push(Evaluated { role, model, folder, counts, verdicts });
                }
            }
        }
        self.iterations = self.lines("metrics.jsonl")?;
        self.timings = self.lines("timings.jsonl")?;
        for iteration in 0.. {
            let name = format!("iteration-{iteration}/training/metrics.jsonl");
            if !self.path.join(&name).exists() {
                break;
            }
            let steps: Vec<Step> = self.lines(&name)?;
            self.losses.push(steps.iter().map(|step| step.loss).collect());
        }
        Ok(())
    }

    /// Where a loop may have verdicts.
    fn places(&self) -> Vec<(Role, usize, PathBuf)> {
        let mut places = Vec::new();
        let evaluations = |model: usize, prefix: &str| {
            let named = |role, name: &str| (role, model, PathBuf::from(format!("{prefix}{name}")));
            let mut found = vec![
                named(Role::Dev, "dev"),
                named(Role::Test, "test"),
                named(Role::OtherPrompts, "test-without-traces"),
                named(Role::OtherPrompts, "test-with-traces"),
            ];
            found.extend(
                (0..)
                    .map(|proxy| named(Role::Proxy(proxy), &format!("proxy-{proxy}")))
                    .take_while(|(.., folder)| self.path.join(folder).is_dir()),
            );
            found
        };
        places.extend(evaluations(0, "base-"));
        for iteration in 0.. {
            let name = format!("iteration-{iteration}");
            if !self.path.join(&name).is_dir() {
                break;
            }
            places.push((Role::Train, iteration, PathBuf::from(&name)));
            places.extend(evaluations(iteration + 1, &format!("{name}/")));
        }
        places
    }

    /// The counts of the verdicts in `folder`, finished or not; nothing where there are none.
    #[expect(clippy::type_complexity, reason = "used once")]
    fn verdicts(
        &mut self,
        folder: &Path,
    ) -> Result<Option<(Vec<(String, Count)>, BTreeMap<Verdict, usize>)>, LoadError> {
        let finished = folder.join("verdicts.jsonl");
        let path = if finished.exists() { finished } else { folder.join("journal.jsonl") };
        if !path.exists() {
            return Ok(None);
        }
        let mut counts: Vec<(String, Count)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut verdicts = BTreeMap::new();
        each_line(&path, &mut self.warnings, |row: Row| {
            let place = *places.entry(row.task_id.clone()).or_insert_with(|| {
                counts.push((row.task_id, Count { samples: 0, correct: 0 }));
                counts.len() - 1
            });
            // A journal has one row for all samples with the same program.
            let samples = 1 + row.same.len();
            counts[place].1.samples += samples as u64;
            counts[place].1.correct += if row.verdict == Verdict::Pass { samples as u64 } else { 0 };
            *verdicts.entry(row.verdict).or_insert(0) += samples;
        })?;
        Ok((!counts.is_empty()).then_some((counts, verdicts)))
    }

    fn lines<T: DeserializeOwned>(&mut self, name: &str) -> Result<Vec<T>, LoadError> {
        let path = self.path.join(name);
        let mut all = Vec::new();
        if path.exists() {
            each_line(&path, &mut self.warnings, |line| all.push(line))?;
        }
        Ok(all)
    }
}

/// A step of training.
#[derive(Deserialize)]
struct Step {
    loss: f64,
}

/// Hands each line of a JSONL file on; lines that are none are counted in one warning.
pub(super) fn each_line<T: DeserializeOwned>(
    path: &Path,
    warnings: &mut Vec<String>,
    mut take: impl FnMut(T),
) -> Result<(), LoadError> {
    let unreadable = |cause| LoadError::Unreadable { path: path.to_owned(), cause };
    let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut bad: Vec<(usize, String)> = Vec::new();
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        if reader.read_until(b'\n', &mut text).map_err(unreadable)? == 0 {
            break;
        }
        match serde_json::from_slice(&text) {
            Ok(value) => take(value),
            Err(error) if error.is_eof() => bad.push((line, "the line is cut off".to_owned())),
            Err(error) => bad.push((line, error.to_string())),
        }
    }
    if let Some((line, why)) = bad.first() {
        let more = if bad.len() > 1 { format!(" and {} more lines", bad.len() - 1) } else { String::new() };
        warnings.push(format!("{}:{line}: {why}{more}: left out", path.display()));
    }
    Ok(())
}
