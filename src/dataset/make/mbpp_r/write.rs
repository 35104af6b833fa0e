//! The files of a repair set.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Counts, Record, Request, Split, SplitCounts};
use crate::{
    files::{Folder, FolderError},
    judge::Options,
    layout,
};

/// The files, the manifest last.
pub const FILES: [&str; 3] = ["train.jsonl", "dev.jsonl", layout::MANIFEST];

/// The manifest of a repair set in the style of Mbpp-R.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Manifest<'a> {
    /// The version of the format: 1.
    format: u32,
    /// The digest of the guest component.
    guest: &'a str,
    /// The digest of MBPP.
    dataset: &'a str,
    /// The files of samples that were read.
    samples: Vec<SampleFile<'a>>,
    /// The options by which candidates were judged.
    judge: &'a Options,
    /// The most repair tasks of a problem; null for all.
    per_problem: Option<usize>,
    /// The mutants asked for of each reference.
    mutants: usize,
    /// The seed of all choices.
    seed: u64,
    /// The counts by split.
    counts: &'a SplitCounts,
    /// The paper's sizes by split.
    paper: BTreeMap<Split, usize>,
    /// The digests of the files by name.
    files: BTreeMap<&'static str, String>,
}

/// A file of samples that a repair set was made from.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SampleFile<'a> {
    /// The file.
    file: &'a str,
    /// The file's digest.
    digest: &'a str,
    /// The samples in it.
    samples: usize,
    /// The samples of it that belong to no task.
    of_no_task: usize,
}

/// Writes both sets and the manifest: what they were made from, what became of the candidates, and the paper's sizes.
///
/// # Errors
///
/// The system's error.
pub fn write(
    folder: &Folder,
    request: &Request<'_>,
    records: &[Record],
    counts: &SplitCounts,
) -> Result<(), FolderError> {
    let mut files = BTreeMap::new();
    for (split, name) in Split::ALL.into_iter().zip(FILES) {
        let of_split = records.iter().filter(|record| record.split == split);
        files.insert(name, folder.write_lines(name, of_split)?);
    }
    let samples = request.samples.iter().map(|(file, samples)| SampleFile {
        file,
        digest: &samples.digest,
        samples: samples.samples.len(),
        of_no_task: samples.unknown.len(),
    });
    let manifest = Manifest {
        format: 1,
        guest: tracewright_guest::DIGEST,
        dataset: &request.dataset.digest,
        samples: samples.collect(),
        judge: request.judge.options(),
        per_problem: request.per_problem,
        mutants: request.mutants,
        seed: request.seed,
        counts,
        paper: Split::ALL.into_iter().map(|split| (split, Counts::paper(split))).collect(),
        files,
    };
    folder.write_json(FILES[2], &manifest)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn schemas_of_repair_sets() {
        crate::schema::written::<super::Record>("mbpp-r");
        crate::schema::written::<super::Manifest>("mbpp-r-manifest");
    }
}
