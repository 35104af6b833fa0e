//! The files of a repair set.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Counts, Record, Request, Split, SplitCounts};
use crate::{
    files::{Folder, FolderError},
    layout,
};

/// The files, the manifest last.
pub const FILES: [&str; 3] = ["train.jsonl", "dev.jsonl", layout::MANIFEST];

/// Writes both sets and the manifest: what they were made from, what became of the candidates, and the paper's sizes.
///
/// # Errors
///
/// What the system said.
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
    let samples = request.samples.iter().map(|(file, samples)| {
        json!({"file": file, "digest": samples.digest, "samples": samples.samples.len(), "of_no_task": samples.unknown.len()})
    });
    let paper: BTreeMap<Split, usize> = Split::ALL.into_iter().map(|split| (split, Counts::paper(split))).collect();
    let manifest = json!({
        "format": 1,
        "guest": tracewright_guest::DIGEST,
        "dataset": request.dataset.digest,
        "samples": samples.collect::<Vec<_>>(),
        "judge": request.judge.options(),
        "per_problem": request.per_problem,
        "mutants": request.mutants,
        "seed": request.seed,
        "counts": counts,
        "paper": paper,
        "files": files,
    });
    folder.write_json(FILES[2], &manifest)?;
    Ok(())
}
