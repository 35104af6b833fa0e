//! `tracewright init`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use serde_json::json;

use super::{Usage, print};
use crate::{
    model::{Checkpoint, ModelConfig},
    pairs, train,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The model's `config.json`.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,

    /// A `tokenizer.json` to copy.
    #[arg(long, value_name = "FILE", conflicts_with = "fit_tokenizer")]
    tokenizer: Option<PathBuf>,

    /// Fit byte-level BPE of the configuration's `vocab_size` to the texts of these pairs.
    #[arg(long, value_name = "FILE")]
    fit_tokenizer: Vec<PathBuf>,

    /// Folder for the checkpoint.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Seed of the weights.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    if arguments.tokenizer.is_none() && arguments.fit_tokenizer.is_empty() {
        let what = "a checkpoint needs a tokenizer: copy one with --tokenizer FILE, or fit one to pairs with --fit-tokenizer FILE";
        return Err(Usage(what.to_owned()).into());
    }
    let config = ModelConfig::open(&arguments.config)?;
    let tokenizer = if let Some(path) = &arguments.tokenizer {
        crate::files::read_text(path).map_err(|error| Usage(format!("{}: {error}", path.display())))?.into_bytes()
    } else {
        let mut all = Vec::new();
        for path in &arguments.fit_tokenizer {
            all.extend(pairs::read(path)?);
        }
        let texts = all.iter().flat_map(|pair| [pair.prompt.as_str(), pair.completion.as_str()]);
        train::fit_tokenizer(texts, config.vocabulary)?
    };
    train::init(&arguments.config, &tokenizer, &arguments.out, arguments.seed)?;
    let checkpoint = Checkpoint::open(&arguments.out)?;
    let parameters = checkpoint.parameters();
    if json {
        print::json(&json!({ "out": arguments.out, "parameters": parameters }))?;
    } else {
        print::line(format_args!("{parameters} parameters in {}", arguments.out.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
