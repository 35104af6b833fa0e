//! `tracewright model`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use serde_json::json;

use super::{print, progress::Progress};
use crate::{
    hub::FetchOptions,
    model::{Checkpoint, published},
};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Fetch a published checkpoint from the Hugging Face hub: one commit, checked by SHA-256, safetensors only.
    Fetch(Fetch),
}

#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// Repository, such as `HuggingFaceTB/SmolLM2-135M-Instruct`.
    name: String,

    /// Branch, tag or commit [default: that of the folder's `fetch.lock.json`, else `main`].
    #[arg(long, value_name = "REV")]
    revision: Option<String>,

    /// Folder of the checkpoint [default: the last part of the repository's name].
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(command: &Command, json: bool) -> super::Outcome<ExitCode> {
    let Command::Fetch(arguments) = command;
    let last = arguments.name.rsplit('/').next().unwrap_or_default();
    let folder = arguments.out.clone().unwrap_or_else(|| last.into());
    let mut options = FetchOptions::from_environment()?;
    options.revision.clone_from(&arguments.revision);
    let mut progress = Progress::new();
    let fetched = published::fetch(&arguments.name, &folder, &options, &mut |step| {
        progress.bytes(step.path, step.done, step.total);
    });
    progress.clear();
    let fetched = fetched?;
    let checkpoint = Checkpoint::open(&folder)?;
    let new = fetched.files.iter().filter(|file| file.new).count();
    let bytes: u64 = fetched.files.iter().map(|file| file.size).sum();
    if json {
        let file = |file: &crate::hub::FetchedFile| json!({"path": file.path, "bytes": file.size, "sha256": file.sha256, "new": file.new});
        print::json(&json!({
            "model": arguments.name,
            "commit": fetched.commit,
            "folder": folder,
            "parameters": checkpoint.parameters(),
            "files": fetched.files.iter().map(file).collect::<Vec<_>>(),
        }))?;
    } else {
        print::line(format_args!(
            "{}: {} files, {bytes} bytes, {new} of them new, commit {}; {} parameters",
            folder.display(),
            fetched.files.len(),
            &fetched.commit[..fetched.commit.len().min(12)],
            checkpoint.parameters()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
