//! A run's folder as a report reads it: whatever of it is readable, and a warning for what is not.
//!
//! Three kinds of folder are known: what `score --out` writes, what `next` writes, and a *record* ([`super::record`]): a run of `next` without its
//! samples. Figures are computed from the verdicts (of a record: from its counts), not taken from a summary, so that a run that was stopped half
//! way has them too.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    lines::each_line,
    record::{self, Tally},
    run::{Evaluated, LoadError, Role, Run},
};
use crate::{journal::Entry, judge::Verdict, layout, scoring::Row, stats::Count};

/// The format of run folders that this program writes.
const FORMAT: u64 = 1;

impl Run {
    /// Reads the run in `path`.
    ///
    /// # Errors
    ///
    /// A [`LoadError`] where there is nothing to show.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        let manifest = match fs::read(path.join(layout::MANIFEST)) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(LoadError::NotARun { path: path.to_owned() });
            }
            Err(source) => return Err(LoadError::Unreadable { path: path.join(layout::MANIFEST), source }),
        };
        let mut warnings = Vec::new();
        let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_else(|error| {
            warnings.push(format!("{}: {error}: what ran is not known", path.join(layout::MANIFEST).display()));
            Value::Null
        });
        if let Some(format) = manifest.get("format").and_then(Value::as_u64).filter(|format| *format != FORMAT) {
            warnings.push(format!(
                "{}: written in format {format}, this program knows format {FORMAT}: what can be read is shown",
                path.display()
            ));
        }
        let is_loop = manifest.get("config").is_some() || path.join(layout::HARD).exists();
        let mut summary = None;
        if let Ok(text) = fs::read(path.join(layout::SUMMARY)) {
            match serde_json::from_slice(&text) {
                Ok(read) => summary = Some(read),
                Err(error) => warnings.push(format!("{}: {error}", path.join(layout::SUMMARY).display())),
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
                let path = self.path.join(&folder).join(layout::JUDGED);
                if let Some((counts, verdicts)) = self.verdicts(&path)? {
                    self.sets.push(Evaluated { role, model, folder, counts, verdicts });
                }
            }
        }
        self.iterations = self.lines(layout::METRICS)?;
        self.timings = self.lines(layout::TIMINGS)?;
        for iteration in 0.. {
            let name = layout::training_metrics(iteration);
            if !self.path.join(&name).exists() {
                break;
            }
            let steps: Vec<Step> = self.lines(&name)?;
            self.losses.push(steps.iter().map(|step| step.loss).collect());
        }
        Ok(())
    }

    /// The places where a loop may have verdicts.
    fn places(&self) -> Vec<(Role, usize, PathBuf)> {
        let mut places = Vec::new();
        let evaluations = |model: usize| {
            let named = |role, name: &str| (role, model, PathBuf::from(layout::evaluation(model, name)));
            let mut found = vec![
                named(Role::Dev, layout::DEV),
                named(Role::Test, layout::TEST),
                named(Role::OtherPrompts, layout::TEST_WITHOUT),
                named(Role::OtherPrompts, layout::TEST_WITH),
            ];
            found.extend(
                (0..)
                    .map(|proxy| named(Role::Proxy(proxy), &layout::proxy(proxy)))
                    .take_while(|(.., folder)| self.path.join(folder).is_dir()),
            );
            found
        };
        places.extend(evaluations(0));
        for iteration in 0.. {
            let name = layout::iteration(iteration);
            if !self.path.join(&name).is_dir() {
                break;
            }
            places.push((Role::Train, iteration, PathBuf::from(&name)));
            places.extend(evaluations(iteration + 1));
        }
        places
    }

    /// The counts of the verdicts in `folder`, finished or not; nothing where there are none.
    #[expect(clippy::type_complexity, reason = "used once")]
    fn verdicts(
        &mut self,
        folder: &Path,
    ) -> Result<Option<(Vec<(String, Count)>, BTreeMap<Verdict, usize>)>, LoadError> {
        let finished = folder.join(layout::VERDICTS);
        let path = if finished.exists() { finished } else { folder.join(layout::JOURNAL) };
        if !path.exists() {
            return Ok(None);
        }
        let mut counts: Vec<(String, Count)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut verdicts = BTreeMap::new();
        each_line(&path, &mut self.warnings, |row: Row| {
            let samples = row.multiplicity();
            let place = *places.entry(row.task_id.clone()).or_insert_with(|| {
                counts.push((row.task_id, Count { samples: 0, correct: 0 }));
                counts.len() - 1
            });
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
