//! `tracewright dataset pairs`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use serde_json::json;

use super::{
    Usage,
    common::{DataArguments, start},
    print,
    prompts::{PromptArguments, traces},
};
use crate::{
    dataset,
    files::Folder,
    model::decode::TextTokenizer,
    prompt::Condition,
    sampling::{self, LocalError, Plan, SampleError, Settings},
    sandbox::{CacheDir, pool},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Repair dataset with references: a name or a file.
    #[arg(long, short, value_name = "D")]
    dataset: String,

    /// Leave out so many tasks at the beginning.
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,

    /// Only so many tasks.
    #[arg(long, value_name = "N")]
    tasks: Option<usize>,

    /// The fix alone.
    #[arg(long)]
    no_rationale: bool,

    /// Worked repairs before the task.
    #[arg(long, value_name = "N", default_value_t = 0)]
    shots: usize,

    /// Tokenizer, to shorten traces of prompts that are too long for --context.
    #[arg(long, value_name = "FILE", requires = "context")]
    tokenizer: Option<PathBuf>,

    /// Longest sequence in tokens.
    #[arg(long, value_name = "N", requires = "tokenizer")]
    context: Option<usize>,

    /// Tokens of it for the answer.
    #[arg(long, value_name = "N", default_value_t = 512)]
    max_new_tokens: usize,

    /// Seed of the rationales' wording.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    /// Replace it.
    #[arg(long)]
    overwrite: bool,

    #[command(flatten)]
    prompts: PromptArguments,

    #[command(flatten)]
    data: DataArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let Some(name) = arguments.out.file_name().and_then(|name| name.to_str()) else {
        return Err(Usage(format!("--out {}: not the name of a file", arguments.out.display())).into());
    };
    let parent = arguments.out.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = Folder::create(parent.unwrap_or_else(|| std::path::Path::new(".")), &[name], arguments.overwrite)?;
    let dataset = dataset::open(&arguments.dataset, &arguments.data.directory())?;
    let wanted = (0..dataset.tasks.len()).skip(arguments.skip).take(arguments.tasks.unwrap_or(usize::MAX));
    let dataset = dataset.subset(&wanted.collect::<Vec<_>>())?;
    let settings = Settings {
        condition: Condition { trace: !arguments.prompts.no_trace, rationale: !arguments.no_rationale },
        shots: arguments.shots,
        seed: arguments.seed,
        context: arguments.context,
        max_new_tokens: arguments.max_new_tokens,
        plain: true,
        ..Settings::default()
    };
    let (template, exemplars) = arguments.prompts.load()?;
    let tokenizer = arguments.tokenizer.as_deref().map(TextTokenizer::open).transpose();
    let tokenizer = tokenizer.map_err(|error| SampleError::from(LocalError::from(error)))?;
    let plan = Plan::new(&dataset, &settings, &template, &exemplars)?;
    let jobs = pool::default_jobs();
    let sandbox = start(jobs, &CacheDir::from_environment())?;
    let traces = traces(&plan, &sandbox, jobs)?;
    let (pairs, left_out) = sampling::gold(&plan, &traces, tokenizer.as_ref())?;
    folder.write_lines(name, &pairs)?;
    if json {
        print::json(&json!({ "out": arguments.out, "pairs": pairs.len(), "left_out": left_out }))?;
    } else {
        let rest = if left_out > 0 { format!(" ({left_out} tasks gave none)") } else { String::new() };
        print::line(format_args!("{} pairs in {}{rest}", pairs.len(), arguments.out.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
