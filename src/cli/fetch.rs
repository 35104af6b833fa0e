//! `tracewright dataset fetch`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{common::DataArguments, print, progress::Progress};
use crate::dataset::fetch::{self, FetchOptions, KnownDataset};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Datasets: names of `dataset list`, or of the Hugging Face hub's editions; without any, the names there are.
    names: Vec<String>,

    /// Branch, tag or commit of a hub dataset.
    #[arg(long, value_name = "REV")]
    revision: Option<String>,

    #[command(flatten)]
    data: DataArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    if arguments.names.is_empty() {
        let rows: Vec<Vec<String>> = KnownDataset::ALL
            .iter()
            .map(|known| vec![known.name.to_owned(), known.licence.to_owned(), known.about.to_owned()])
            .collect();
        if json {
            print::json(&KnownDataset::ALL.iter().map(|known| known.name).collect::<Vec<_>>())?;
        } else {
            print::text(&super::table::columns(&rows))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let directory = arguments.data.directory();
    let mut options = FetchOptions::from_environment()?;
    options.revision.clone_from(&arguments.revision);
    let mut files = Vec::new();
    for known in KnownDataset::needed_by(&arguments.names)? {
        let mut progress = Progress::new();
        let fetched = fetch::fetch(known, directory.path(), &options, &mut |step| {
            progress.bytes(known.name, step.done, step.total);
        });
        progress.clear();
        let fetched = fetched?;
        for file in &fetched.files {
            if !json {
                let state = if file.new { "fetched" } else { "there already" };
                print::line(format_args!(
                    "{}: {} ({} bytes, {state}; {}, licence {})",
                    known.name,
                    file.path.display(),
                    file.size,
                    &fetched.commit[..fetched.commit.len().min(12)],
                    known.licence
                ))?;
            }
            files.push(json!({
                "dataset": known.name, "path": file.path, "bytes": file.size, "sha256": file.sha256, "new": file.new,
                "commit": fetched.commit, "licence": known.licence,
            }));
        }
    }
    if json {
        print::json(&files)?;
    }
    Ok(ExitCode::SUCCESS)
}
