//! `tracewright model`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::{print, progress::Progress};
use crate::{
    hub::FetchOptions,
    model::{Checkpoint, gguf, published},
};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Fetch a published checkpoint from the Hugging Face hub: one commit, checked by SHA-256, safetensors only.
    Fetch(Fetch),
    /// Turn a GGUF file into a checkpoint in Hugging Face's layout.
    Import(Import),
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

#[derive(Debug, Args)]
pub(super) struct Import {
    /// GGUF file: Llama, Mistral, Qwen2 or Qwen3.
    file: PathBuf,

    /// New folder of the checkpoint.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Type of its weights [default: the file's, or 32 bits where it is quantised].
    #[arg(long, value_name = "TYPE")]
    dtype: Option<Dtype>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dtype {
    F32,
    F16,
    Bf16,
}

pub(super) fn run(command: &Command, json: bool) -> super::Outcome<ExitCode> {
    match command {
        Command::Fetch(arguments) => fetch(arguments, json),
        Command::Import(arguments) => import(arguments, json),
    }
}

fn import(arguments: &Import, json: bool) -> super::Outcome<ExitCode> {
    let kind = arguments.dtype.map(|dtype| match dtype {
        Dtype::F32 => gguf::ImportType::F32,
        Dtype::F16 => gguf::ImportType::F16,
        Dtype::Bf16 => gguf::ImportType::Bf16,
    });
    gguf::import(&arguments.file, &arguments.out, kind)?;
    let parameters = Checkpoint::open(&arguments.out)?.parameters();
    if json {
        print::json(&json!({"folder": arguments.out, "parameters": parameters}))?;
    } else {
        print::line(format_args!("{}: {parameters} parameters", arguments.out.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn fetch(arguments: &Fetch, json: bool) -> super::Outcome<ExitCode> {
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
