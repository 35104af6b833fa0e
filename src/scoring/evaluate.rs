//! Judges a set of samples: each distinct program once, on all workers, into a run folder.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc, time::Instant};

use super::{
    Difference, Executor, Manifest, PassAtK, Row, RunError, RunFolder, Summary, Verdicts,
    expected::{Comparison, Expected},
    export,
    groups::Grouping,
    summary::Tally,
    tasks::Kept,
    work::Work,
};
use crate::{
    answer::Sanitize,
    blame,
    candidates::{Sample, Samples},
    dataset::Dataset,
    journal::Journal,
    judge::{Prepared, ReferenceCheck},
    layout::{self, DIFFERENCES, SUMMARY, TASKS, VERDICTS},
    sandbox::{Fault, pool},
};

/// A request: the things to evaluate, and the way.
#[derive(Debug)]
pub struct Request<'a> {
    /// The tasks.
    pub dataset: &'a Dataset,
    /// The candidates.
    pub samples: &'a Samples,
    /// The judge.
    pub judge: &'a dyn Executor,
    /// The rule by which candidates are searched for the program in them.
    pub sanitize: Sanitize,
    /// Worker threads.
    pub jobs: usize,
    /// The values of k; nothing for the usual ones that the samples allow.
    pub ks: Option<&'a [u64]>,
    /// Whether pass@k is over the tasks with samples instead of all.
    pub allow_partial: bool,
    /// The samples' field with the verdict that is expected of each, to compare with.
    pub expect: Option<&'a str>,
    /// The samples' field to score them by.
    pub group_by: Option<&'a str>,
    /// The part `I` of `N` of the tasks, `I` from 1.
    pub shard: Option<(usize, usize)>,
    /// The folder for the files; nothing to keep none.
    pub folder: Option<&'a std::path::Path>,
    /// Whether to discard another run's files there.
    pub overwrite: bool,
}

/// A step of an evaluation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// Learning what judging the tasks needs: so many of so many done.
    Preparing(usize, usize),
    /// Judging: so many distinct programs of so many done, the second number of them by an earlier run.
    Judging {
        /// The number of programs that are judged.
        done: usize,
        /// The number of programs among these that were found in the run folder.
        resumed: usize,
        /// The number of programs in all.
        total: usize,
    },
    /// A task whose reference does not pass: its verdicts mean little.
    BadReference(String, String),
    /// A candidate could not be judged.
    Fault(String),
}

/// The outcome of an evaluation.
#[derive(Debug)]
pub struct Outcome {
    /// The numbers.
    pub summary: Summary,
    /// The verdicts.
    pub verdicts: Verdicts,
    /// Candidates whose verdict is not what was expected.
    pub differences: Vec<Difference>,
    /// The files written, relative to the run folder.
    pub files: Vec<String>,
}

/// Judges what `request` asks for and tells `report` how it goes.
///
/// # Errors
///
/// A [`RunError`]: nothing judged so far is lost.
pub fn evaluate(request: &Request<'_>, report: &mut dyn FnMut(Event)) -> Result<Outcome, RunError> {
    let started = Instant::now();
    let Request { dataset, judge, .. } = request;
    let in_shard = |task: usize| request.shard.is_none_or(|(index, count)| task % count == index - 1);
    let wanted: Vec<usize> = (0..dataset.tasks.len()).filter(|&task| in_shard(task)).collect();
    let samples: Vec<&Sample> = request.samples.samples.iter().filter(|sample| in_shard(sample.task)).collect();

    check_fields(request, &samples)?;
    let work = Work::new(dataset, &samples);

    let manifest = Manifest::new(dataset, &request.samples.digest, request.shard, judge.options(), request.sanitize);
    let folder = request.folder.map(|path| RunFolder::open(path, manifest, request.overwrite)).transpose()?;
    let mut rows =
        folder.as_ref().map_or_else(|| Ok(Journal::new(work.jobs.len(), None)), |folder| folder.rows(&work))?;
    if let Some(folder) = &folder {
        // For reports before the end; where the disk is full, verdicts go first.
        let _ = keep_tasks(folder, &work);
    }
    let total = work.jobs.len();
    let open: Vec<usize> = (0..total).filter(|job| !rows.contains(*job)).collect();
    let faults = run_jobs(request, &work, &open, &mut rows, folder.as_ref(), report)?;

    let mut verdicts = Verdicts::new(rows, work.candidates());
    let mut tally = Tally::new(dataset, &wanted);
    let mut comparison = request.expect.map(Comparison::new);
    let mut grouping = request.group_by.map(|field| Grouping::new(field, dataset, &wanted));
    verdicts.for_each(|index, row| {
        let fields = samples[index].row.as_ref();
        if let Some(comparison) = &mut comparison {
            comparison.add(fields, &row);
        }
        if let Some(grouping) = &mut grouping {
            grouping.add(fields, &row);
        }
        tally.add(&row);
        Ok::<(), RunError>(())
    })?;
    let mut summary = tally.finish(total, request.ks, request.allow_partial);
    summary.faults = faults;
    summary.groups = grouping.map(|grouping| grouping.finish(request.ks, request.allow_partial));
    let mut differences = Vec::new();
    if let Some(comparison) = comparison {
        summary.expect = Some(comparison.agreement);
        differences = comparison.differences;
    }
    let files = match &folder {
        Some(folder) if verdicts.is_complete() => {
            let files = finish(request, folder, &samples, &summary, &mut verdicts, &differences)?;
            keep_tasks(folder, &work)?;
            folder.drop_journal()?;
            files
        }
        _ => Vec::new(),
    };
    summary.seconds = Some(started.elapsed().as_secs_f64());
    Ok(Outcome { summary, verdicts, differences, files })
}

/// Refuses fields that no sample has, and expectations that are none, before anything is judged.
fn check_fields(request: &Request<'_>, samples: &[&Sample]) -> Result<(), RunError> {
    let with = |name: &str| samples.iter().any(|sample| sample.row.as_ref().is_some_and(|row| row.get(name).is_some()));
    for (flag, name) in [("--expect", request.expect), ("--group-by", request.group_by)] {
        let Some(name) = name.filter(|name| !with(name)) else { continue };
        let first = samples.iter().find_map(|sample| sample.row.as_ref());
        let names = first.map_or_else(
            || "they have no fields at all".to_owned(),
            |row| format!("the first has {}", row.iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ")),
        );
        return Err(RunError::Field(format!("{flag} {name}: no sample has this field; {names}")));
    }
    let Some(name) = request.expect else { return Ok(()) };
    for sample in samples {
        if let Some(value) = sample.row.as_ref().and_then(|row| row.get(name)) {
            Expected::read(value).map_err(|why| {
                let task = &request.dataset.tasks[sample.task].id;
                RunError::Field(format!("--expect {name}: {task} sample {}: {why}", sample.index))
            })?;
        }
    }
    Ok(())
}

/// Writes the tasks that have samples, where they are not there yet.
fn keep_tasks(folder: &RunFolder, work: &Work<'_>) -> Result<(), RunError> {
    if folder.has(TASKS) {
        return Ok(());
    }
    let mut tasks: Vec<usize> = work.samples.iter().map(|sample| sample.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    folder.write_lines(TASKS, tasks.iter().map(|task| Kept::of(&work.dataset.tasks[*task])))
}

/// Writes the finished files; returns their names.
fn finish(
    request: &Request<'_>,
    folder: &RunFolder,
    samples: &[&Sample],
    summary: &Summary,
    verdicts: &mut Verdicts,
    differences: &[Difference],
) -> Result<Vec<String>, RunError> {
    let mut files = vec![VERDICTS.to_owned(), SUMMARY.to_owned()];
    folder.write_with(VERDICTS, |out| {
        verdicts.for_each(|_, row| {
            serde_json::to_writer(&mut *out, &row)?;
            Ok(out.write_all(b"\n")?)
        })
    })?;
    folder.write_with(SUMMARY, |out| {
        serde_json::to_writer_pretty(&mut *out, summary)?;
        Ok(out.write_all(b"\n")?)
    })?;
    let stem = file_name(&request.samples.stem);
    let (name, evalplus) = layout::results(&stem);
    folder.write_with(&name, |out| export::human_eval(out, samples, verdicts))?;
    files.push(name);
    if let PassAtK::BasePlus { base, plus } = &summary.pass_at_k {
        folder.write_with(&evalplus, |out| export::evalplus(out, (base, plus), request.dataset, samples, verdicts))?;
        files.push(evalplus);
    }
    if request.expect.is_some() {
        folder.write_lines(DIFFERENCES, differences)?;
        files.push(DIFFERENCES.to_owned());
    } else {
        folder.discard(DIFFERENCES)?;
    }
    Ok(files)
}

/// Prepares the tasks of the open jobs, then judges the jobs; returns how many candidates met a fault.
fn run_jobs(
    request: &Request<'_>,
    work: &Work<'_>,
    open: &[usize],
    rows: &mut Journal,
    folder: Option<&RunFolder>,
    report: &mut dyn FnMut(Event),
) -> Result<usize, RunError> {
    let Request { dataset, judge, .. } = request;
    let prepared = prepare(request, work, open, report)?;
    let (total, resumed) = (work.jobs.len(), work.jobs.len() - open.len());
    let mut faults = 0;
    let mut done = resumed;
    report(Event::Judging { done, resumed, total });
    let judging = judge.judging(request.sanitize);
    let judge_one = |index: usize| -> Result<Row, Fault> {
        let sample = work.first(open[index]);
        let task = &prepared[&sample.task];
        Ok(Row::new(&dataset.tasks[sample.task], sample.index, judging(task, sample)?))
    };
    let stopped = pool::run(request.jobs, open.len(), judge_one, |index, result| {
        done += 1;
        match result {
            Ok(row) => {
                if let Err(error) = keep(rows, folder, open[index], &work.journalled(open[index], row)) {
                    return ControlFlow::Break(error);
                }
            }
            // Nor can any other be judged now.
            Err(fault @ Fault::Memory) => return ControlFlow::Break(fault.into()),
            Err(fault) => {
                faults += work.jobs[open[index]].samples.len();
                let sample = work.first(open[index]);
                let (task, told) = (&dataset.tasks[sample.task].id, blame::told(&fault));
                report(Event::Fault(format!("{task} sample {}: {told}", sample.index)));
            }
        }
        report(Event::Judging { done, resumed, total });
        ControlFlow::Continue(())
    })?;
    stopped.map_or(Ok(faults), Err)
}

/// Keeps a row in the run folder's journal, or in a nameless file where there is no run folder.
fn keep(rows: &mut Journal, folder: Option<&RunFolder>, index: usize, row: &Row) -> Result<(), RunError> {
    if !rows.is_open() {
        if let Some(folder) = folder {
            folder.open_journal(rows)?;
        } else {
            let path = std::env::temp_dir();
            let what = "cannot make a temporary file in";
            let file = tempfile::tempfile().map_err(|source| RunError::Io { what, path: path.clone(), source })?;
            rows.append_to(file, &path)?;
        }
    }
    Ok(rows.append(index, row)?)
}

fn prepare(
    request: &Request<'_>,
    work: &Work<'_>,
    open: &[usize],
    report: &mut dyn FnMut(Event),
) -> Result<HashMap<usize, Prepared>, RunError> {
    let mut tasks: Vec<usize> = open.iter().map(|job| work.first(*job).task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let mut prepared = HashMap::new();
    report(Event::Preparing(0, tasks.len()));
    let one = |index: usize| request.judge.prepare(&Arc::clone(&request.dataset.tasks[tasks[index]]));
    let stopped = pool::run(request.jobs, tasks.len(), one, |index, result| match result {
        Ok(task) => {
            if let ReferenceCheck::Fails(why) = &task.reference {
                report(Event::BadReference(task.task.id.clone(), why.clone()));
            }
            prepared.insert(tasks[index], task);
            report(Event::Preparing(prepared.len(), tasks.len()));
            ControlFlow::Continue(())
        }
        Err(fault) => ControlFlow::Break(fault),
    })?;
    stopped.map_or(Ok(prepared), |fault| Err(fault.into()))
}

/// A name that is safe as a file's on any system.
fn file_name(stem: &str) -> String {
    let safe: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).take(100).collect();
    let safe = safe.trim_start_matches('.');
    if safe.is_empty() { "samples".to_owned() } else { safe.to_owned() }
}

#[cfg(test)]
mod tests;
