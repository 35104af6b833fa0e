//! `tracewright dataset build-mbpp-r`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde_json::json;

use super::{
    Usage,
    common::{DataArguments, JudgeArguments},
    print,
    progress::Progress,
    table,
};
use crate::{
    candidates,
    dataset::{
        self,
        make::mbpp_r::{self, Split},
    },
    files::Folder,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Samples over MBPP, in any form that `score` reads. Several may follow.
    #[arg(long, short, value_name = "FILE", num_args = 1..)]
    samples: Vec<String>,

    /// Failing mutants of each problem's reference.
    #[arg(long, value_name = "N", default_value_t = 0)]
    mutants: usize,

    /// Most programs from samples a problem, drawn at random [default: all].
    #[arg(long, value_name = "N")]
    per_problem: Option<usize>,

    /// Seed of what is drawn.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Folder for train.jsonl, dev.jsonl and manifest.json.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Leave out samples for tasks that MBPP does not have.
    #[arg(long)]
    skip_unknown: bool,

    /// Replace files that are there.
    #[arg(long)]
    overwrite: bool,

    #[command(flatten)]
    data: DataArguments,

    #[command(flatten)]
    judge: JudgeArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    if arguments.samples.is_empty() && arguments.mutants == 0 {
        return Err(
            Usage("name samples over MBPP (--samples FILE), or ask for mutants (--mutants 5)".to_owned()).into()
        );
    }
    let dataset = dataset::open("mbpp", &arguments.data.directory())?;
    let mut samples = Vec::new();
    for file in &arguments.samples {
        let mut read = candidates::read(file, &dataset)?;
        // A record's program is text.
        read.samples.retain(|sample| sample.damage.is_none());
        if !arguments.skip_unknown {
            read.require_known(&dataset)?;
        }
        let name = Path::new(file).file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
        samples.push((name, read));
    }
    let folder = Folder::create(&arguments.out, &mbpp_r::FILES, arguments.overwrite)?;
    let judge = arguments.judge.judge()?;
    let request = mbpp_r::Request {
        judge: &judge,
        sanitize: arguments.judge.sanitize(),
        jobs: arguments.judge.jobs()?,
        dataset: &dataset,
        samples: &samples,
        per_problem: arguments.per_problem,
        mutants: arguments.mutants,
        seed: arguments.seed,
    };
    let mut progress = Progress::new();
    let (records, counts) = mbpp_r::build(&request, &mut |what, done, total| progress.step(what, done, total, 0))?;
    progress.clear();
    mbpp_r::write(&folder, &request, &records, &counts)?;
    if json {
        print::json(&json!({ "out": arguments.out, "counts": counts }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let of = |count: &dyn Fn(&mbpp_r::Counts) -> usize| Split::ALL.map(|split| counts.get(&split).map_or(0, count));
    let rows: [(&str, [usize; 2]); 10] = [
        ("samples", of(&|counts| counts.samples)),
        ("mutants judged", of(&|counts| counts.mutants)),
        ("  passing", of(&|counts| counts.passing)),
        ("  failing", of(&mbpp_r::Counts::failing)),
        ("    not compiling", of(&|counts| counts.not_compiling)),
        ("    never running", of(&|counts| counts.never_running)),
        ("    duplicates", of(&|counts| counts.duplicates)),
        ("    over the cap", of(&|counts| counts.over_cap)),
        ("    kept", of(&|counts| counts.kept)),
        ("problems", of(&|counts| counts.problems)),
    ];
    let mut table = vec![["", "train", "dev"].map(str::to_owned).to_vec()];
    table.extend(rows.iter().map(|(name, [train, dev])| vec![(*name).to_owned(), train.to_string(), dev.to_string()]));
    table.push(vec![
        "the paper's Mbpp-R".to_owned(),
        mbpp_r::Counts::paper(Split::Train).to_string(),
        mbpp_r::Counts::paper(Split::Dev).to_string(),
    ]);
    print::text(&table::columns(&table))?;
    print::line(format_args!("wrote {} to {}", mbpp_r::FILES.join(", "), folder.path().display()))?;
    Ok(ExitCode::SUCCESS)
}
