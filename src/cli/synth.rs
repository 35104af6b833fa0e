//! `tracewright dataset synth`.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode, sync::Arc};

use clap::Args;
use serde_json::json;

use super::{
    common::{jobs, start},
    print,
    progress::Progress,
};
use crate::{
    dataset::make::synth::{self, Request, Split},
    files::Folder,
    judge::Judge,
    sandbox::CacheDir,
    stats::counted,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Levels of difficulty, in turn.
    #[arg(long, value_name = "1,2,3", value_delimiter = ',', default_values_t = [1, 2, 3], value_parser = clap::value_parser!(u8).range(1..=3))]
    levels: Vec<u8>,

    /// Tasks to train on.
    #[arg(long, value_name = "N", default_value_t = 2000)]
    train: usize,

    /// Tasks to choose checkpoints by.
    #[arg(long, value_name = "N", default_value_t = 300)]
    dev: usize,

    /// Tasks for results.
    #[arg(long, value_name = "N", default_value_t = 300)]
    test: usize,

    /// Seed of all choices.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Folder for train.jsonl, dev.jsonl, test.jsonl and manifest.json.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Replace files that are there.
    #[arg(long)]
    overwrite: bool,

    /// Worker threads [default: one a processor].
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let folder = Folder::create(&arguments.out, &synth::FILES, arguments.overwrite)?;
    let jobs = jobs(arguments.jobs)?;
    let sandbox = start(jobs, &CacheDir::from_environment())?;
    // No task is prepared twice, so nothing of it is kept.
    let scratch = tempfile::tempdir()?;
    let judge = Judge::new(Arc::clone(&sandbox), CacheDir::new(scratch.path().to_owned()), synth::judge_options());
    let sizes =
        BTreeMap::from([(Split::Train, arguments.train), (Split::Dev, arguments.dev), (Split::Test, arguments.test)]);
    let request = Request { levels: arguments.levels.clone(), sizes, seed: arguments.seed };
    let mut progress = Progress::new();
    let tasks = synth::generate(&request, &judge, jobs, &mut |found, wanted| {
        progress.step("making tasks", found, wanted, 0);
    })?;
    progress.clear();
    synth::write(&folder, &request, &judge, &tasks)?;
    let counts: BTreeMap<&str, usize> =
        Split::ALL.map(|split| (split.file(), tasks.get(&split).map_or(0, Vec::len))).into();
    if json {
        print::json(&json!({ "out": arguments.out, "counts": counts }))?;
    } else {
        for (file, count) in &counts {
            print::line(format_args!("{:>12} in {}", counted(*count, "task"), folder.path().join(file).display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
