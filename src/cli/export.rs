//! `tracewright export`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use serde_json::json;

use super::{common::whole_model, print};
use crate::model::{self, Checkpoint};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Checkpoint in Hugging Face's layout.
    #[arg(long, short, value_name = "DIR")]
    model: PathBuf,

    /// Folder for its files and `decoder.onnx`, the graph over the same weights.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let checkpoint = Checkpoint::open(&whole_model(&arguments.model)?)?;
    model::export(&checkpoint, &arguments.out)?;
    let graph = arguments.out.join(model::GRAPH);
    if json {
        print::json(&json!({ "out": arguments.out, "graph": graph, "parameters": checkpoint.parameters() }))?;
    } else {
        print::line(format_args!("wrote {}", graph.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
