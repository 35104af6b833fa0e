//! The command line: one file a subcommand, no logic.
//!
//! Exit codes: 0 when the command did its work (a low score is not a failure), 2 for bad usage or bad input, 1 for a fault of the
//! harness or the machine.

mod build_mbpp_r;
mod common;
mod dataset;
mod demo;
mod doctor;
#[cfg(feature = "generate")]
mod export;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "train")]
mod init;
mod licences;
#[cfg(feature = "generate")]
mod model;
#[cfg(feature = "train")]
mod next;
#[cfg(feature = "generate")]
mod pairs;
mod print;
mod progress;
#[cfg(feature = "generate")]
mod prompts;
#[cfg(feature = "train")]
mod proxy;
#[cfg(feature = "report")]
mod report;
mod run;
#[cfg(feature = "generate")]
mod sample;
mod score;
mod synth;
mod table;
mod trace;
#[cfg(feature = "train")]
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::blame::{self, Blame};

/// Judges Python program repairs inside a WebAssembly sandbox: verdicts that candidates do not forge and that do not depend on the machine's
/// load.
#[derive(Debug, Parser)]
#[command(name = "tracewright", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    /// Print JSON in place of text: one value on one line, an object or, for lists, an array (`trace` of a whole dataset: an object a task).
    #[arg(long, global = true)]
    json: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A first look, in 5 minutes: score bundled candidates, show a trace, let a tiny model teach itself (--quick: without that, in seconds).
    Demo(demo::Arguments),
    /// Judge candidates and print pass@k with 95 % confidence intervals.
    Score(score::Arguments),
    /// Ask a model for rationales and fixes of a dataset's buggy programs.
    #[cfg(feature = "generate")]
    Sample(sample::Arguments),
    /// (Not in this build.) Ask a model for rationales and fixes.
    #[cfg(not(feature = "generate"))]
    Sample {
        /// Anything.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        arguments: Vec<String>,
    },
    /// Self-training as in the NExT paper: sample with traces, judge, filter, fine-tune, repeat; choose the best iteration on dev.
    #[cfg(feature = "train")]
    Next(next::Arguments),
    /// Proxy-based evaluation: have other models write the fix to each sample's rationale, and judge their fixes.
    #[cfg(feature = "train")]
    Proxy(proxy::Arguments),
    /// Fine-tune a checkpoint on pairs of prompts and completions.
    #[cfg(feature = "train")]
    Train(train::Arguments),
    /// Copy a checkpoint with its ONNX graph beside it, for other programs.
    #[cfg(feature = "generate")]
    Export(export::Arguments),
    /// Fetch published checkpoints, and import GGUF files.
    #[cfg(feature = "generate")]
    #[command(subcommand)]
    Model(model::Command),
    /// Make a checkpoint with random weights, to train from nothing.
    #[cfg(feature = "train")]
    Init(init::Arguments),
    /// Show what a program did on a test: its variables as comments, as in the NExT paper.
    Trace(trace::Arguments),
    /// Report on runs: tables, charts, one HTML page; compare two; the paper's tables beside ours.
    #[cfg(feature = "report")]
    Report(report::Arguments),
    /// Run one untrusted Python program in the sandbox.
    Run(run::Arguments),
    /// List, fetch, verify, show and make datasets.
    #[command(subcommand, after_help = dataset::NATIVE)]
    Dataset(dataset::Command),
    /// Check the sandbox and measure what fuel means on this machine.
    Doctor(doctor::Arguments),
    /// Print this program's licence and those of what it holds.
    #[command(alias = "licenses")]
    Licences(licences::Arguments),
}

/// Parses the command line, does what it says, and returns the exit code.
#[must_use]
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Demo(arguments) => demo::run(arguments, cli.json),
        Command::Score(arguments) => score::run(arguments, cli.json),
        #[cfg(feature = "generate")]
        Command::Sample(arguments) => sample::run(arguments, cli.json),
        #[cfg(not(feature = "generate"))]
        Command::Sample { .. } => {
            Err(Usage("this build has no models: build it with `cargo build --features generate`".to_owned()).into())
        }
        #[cfg(feature = "train")]
        Command::Next(arguments) => next::run(arguments, cli.json),
        #[cfg(feature = "train")]
        Command::Proxy(arguments) => proxy::run(arguments, cli.json),
        #[cfg(feature = "train")]
        Command::Train(arguments) => train::run(arguments, cli.json),
        #[cfg(feature = "generate")]
        Command::Export(arguments) => export::run(arguments, cli.json),
        #[cfg(feature = "generate")]
        Command::Model(command) => model::run(command, cli.json),
        #[cfg(feature = "train")]
        Command::Init(arguments) => init::run(arguments, cli.json),
        Command::Trace(arguments) => trace::run(arguments, cli.json),
        #[cfg(feature = "report")]
        Command::Report(arguments) => report::run(arguments, cli.json),
        Command::Run(arguments) => run::run(arguments, cli.json),
        Command::Dataset(command) => dataset::run(command, cli.json),
        Command::Doctor(arguments) => doctor::run(arguments, cli.json),
        Command::Licences(arguments) => licences::run(arguments, cli.json),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            // A reader that went away (`| head`) is not an error.
            let is_broken = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
            if failure.error.chain().any(|cause| cause.downcast_ref().is_some_and(is_broken)) {
                return ExitCode::SUCCESS;
            }
            let told = blame::told(failure.error.as_ref());
            print::note(format_args!("{}error:{} {told}", table::ERROR, table::ERROR.render_reset()));
            ExitCode::from(if failure.is_input { 2 } else { 1 })
        }
    }
}

/// The reason why a command did not do its work, and whose fault that is.
#[derive(Debug)]
struct Failure {
    error: anyhow::Error,
    is_input: bool,
}

/// The result of a command or of a part of it.
type Outcome<T> = Result<T, Failure>;

impl<E: Blame + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { is_input: error.is_input(), error: error.into() }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self { error, is_input: false }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self { error: error.into(), is_input: false }
    }
}

#[cfg(feature = "train")]
impl Failure {
    /// This failure, said to be met while something was done; it stays as much the user's fault as it was.
    fn during(self, what: String) -> Self {
        Self { error: self.error.context(what), ..self }
    }
}

/// A mistake in what the user gave, beyond what its own types tell.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

impl Blame for Usage {
    fn is_input(&self) -> bool {
        true
    }
}
