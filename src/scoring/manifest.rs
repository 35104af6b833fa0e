//! The manifest of a run: all that determines its verdicts.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{answer::Sanitize, dataset::Dataset, judge::Options};

/// The manifest of a run: all that determines its verdicts. Two runs with equal manifests give equal files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Manifest {
    /// The version of the files' format.
    pub format: u32,
    /// The digest of the guest component.
    pub guest: String,
    /// The dataset's name.
    pub dataset: String,
    /// The digest of its files.
    pub dataset_digest: String,
    /// The digest of the samples.
    pub samples_digest: String,
    /// The part of the tasks (`I/N`), where not all.
    pub shard: Option<String>,
    /// The options by which candidates are judged, and the rule by which they are searched for a program.
    #[cfg_attr(test, schemars(with = "super::schemas::JudgedWith"))]
    pub options: Value,
}

impl Manifest {
    /// The manifest of a run.
    #[must_use]
    pub fn new(
        dataset: &Dataset,
        samples_digest: &str,
        shard: Option<(usize, usize)>,
        options: &Options,
        sanitize: Sanitize,
    ) -> Self {
        let mut options = serde_json::to_value(options).unwrap_or_default();
        options["sanitize"] = serde_json::to_value(sanitize).unwrap_or_default();
        Self {
            format: 1,
            guest: tracewright_guest::DIGEST.to_owned(),
            dataset: dataset.name.clone(),
            dataset_digest: dataset.digest.clone(),
            samples_digest: samples_digest.to_owned(),
            shard: shard.map(|(index, count)| format!("{index}/{count}")),
            options,
        }
    }

    /// The differences of `new` that would give other verdicts to the same candidates. The name of a dataset and its place do not matter;
    /// which samples there are is another question.
    pub(super) fn differences(&self, new: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        if self.format != new.format {
            differences.push(format!("format: {} there, {} now", self.format, new.format));
        }
        if self.guest != new.guest {
            differences.push("guest: the interpreter of another build".to_owned());
        }
        if self.dataset_digest != new.dataset_digest {
            differences.push(if self.dataset == new.dataset {
                format!("dataset: the content of {} has changed", new.dataset)
            } else {
                format!("dataset: {} there, {} now", self.dataset, new.dataset)
            });
        }
        if self.shard != new.shard {
            let name = |shard: &Option<String>| shard.clone().unwrap_or_else(|| "all".to_owned());
            differences.push(format!("shard: {} there, {} now", name(&self.shard), name(&new.shard)));
        }
        if self.options != new.options {
            let names = |options: &Value| -> Vec<String> {
                options.as_object().into_iter().flat_map(|options| options.keys().cloned()).collect()
            };
            let mut all = [names(&self.options), names(&new.options)].concat();
            all.sort();
            all.dedup();
            let what = all.iter().filter(|name| self.options.get(name) != new.options.get(name)).map(|name| {
                let value = |options: &Value| options.get(name).map_or_else(|| "nothing".to_owned(), Value::to_string);
                format!("{name} {} there, {} now", value(&self.options), value(&new.options))
            });
            differences.push(format!("options: {}", what.collect::<Vec<_>>().join(", ")));
        }
        differences
    }
}
