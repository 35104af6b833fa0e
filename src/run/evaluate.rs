//! Judges a set of samples: each distinct program once, on all workers, into a run folder.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc, time::Instant};

use super::{Manifest, PassAtK, Row, RunError, RunFolder, Summary, Verdicts, export, summary::Tally, verdicts::Rows};
use crate::{
    answer::{Answer, Extractor, Sanitize},
    dataset::Dataset,
    judge::{Judge, Prepared, ReferenceCheck},
    samples::{Sample, Samples},
    sandbox::{Fault, pool},
};

/// What to evaluate and how.
#[derive(Debug)]
pub struct Request<'a> {
    /// The tasks.
    pub dataset: &'a Dataset,
    /// The candidates.
    pub samples: &'a Samples,
    /// The judge.
    pub judge: &'a Judge,
    /// When candidates are searched for the program in them.
    pub sanitize: Sanitize,
    /// Worker threads.
    pub jobs: usize,
    /// Values of k; nothing for the usual ones that the samples allow.
    pub ks: Option<&'a [u64]>,
    /// Whether pass@k is over the tasks with samples instead of all.
    pub allow_partial: bool,
    /// Part `I` of `N` of the tasks, `I` from 1.
    pub shard: Option<(usize, usize)>,
    /// Where the files go; nothing to keep none.
    pub folder: Option<&'a std::path::Path>,
    /// Whether to discard another run's files there.
    pub overwrite: bool,
}

/// What an evaluation is doing.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// Learning what judging the tasks needs: so many of so many done.
    Preparing(usize, usize),
    /// Judging: so many distinct programs of so many done, the second number of them by an earlier run.
    Judging {
        /// Done.
        done: usize,
        /// Of these, found in the run folder.
        resumed: usize,
        /// In all.
        total: usize,
    },
    /// A task whose reference does not pass: its verdicts mean little.
    BadReference(String, String),
    /// A candidate could not be judged.
    Fault(String),
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The numbers.
    pub summary: Summary,
    /// The verdicts.
    pub verdicts: Verdicts,
    /// Files written, relative to the run folder.
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

    let manifest = Manifest::new(dataset, &request.samples.digest, request.shard, judge.options(), request.sanitize);
    let folder = request.folder.map(|path| RunFolder::open(path, &manifest, request.overwrite)).transpose()?;
    let order: Vec<(String, usize)> =
        samples.iter().map(|sample| (dataset.tasks[sample.task].id.clone(), sample.index)).collect();
    let mut rows = folder.as_ref().map_or_else(|| Ok(Rows::new(samples.len())), |folder| folder.rows(&order))?;

    let jobs = distinct(&samples);
    let resumed = jobs.iter().filter(|job| rows.contains(job[0])).count();
    let open: Vec<&Vec<usize>> = jobs.iter().filter(|job| !rows.contains(job[0])).collect();
    let faults = run_jobs(request, &samples, &open, (resumed, jobs.len()), &mut rows, folder.as_ref(), report)?;

    let mut candidates: Vec<(usize, usize)> = samples.iter().map(|sample| (0, sample.index)).collect();
    for job in &jobs {
        for &index in job {
            candidates[index].0 = job[0];
        }
    }
    let mut verdicts = Verdicts::new(rows, candidates);
    let mut tally = Tally::new(dataset, &wanted);
    verdicts.for_each(|_, row| {
        tally.add(&row);
        Ok::<(), RunError>(())
    })?;
    let mut summary = tally.finish(jobs.len(), request.ks, request.allow_partial);
    summary.faults = faults;
    let files = match &folder {
        Some(folder) if verdicts.is_complete() => finish(request, folder, &samples, &summary, &mut verdicts)?,
        _ => Vec::new(),
    };
    summary.seconds = Some(started.elapsed().as_secs_f64());
    Ok(Outcome { summary, verdicts, files })
}

/// Writes the finished files and drops the journal; returns their names.
fn finish(
    request: &Request<'_>,
    folder: &RunFolder,
    samples: &[&Sample],
    summary: &Summary,
    verdicts: &mut Verdicts,
) -> Result<Vec<String>, RunError> {
    let mut files = vec![super::folder::VERDICTS.to_owned(), "summary.json".to_owned()];
    folder.write_with(&files[0], |out| {
        verdicts.for_each(|_, row| {
            serde_json::to_writer(&mut *out, &row)?;
            Ok(out.write_all(b"\n")?)
        })
    })?;
    folder.write_with(&files[1], |out| {
        serde_json::to_writer_pretty(&mut *out, summary)?;
        Ok(out.write_all(b"\n")?)
    })?;
    let stem = file_name(&request.samples.stem);
    let name = format!("{stem}.jsonl_results.jsonl");
    folder.write_with(&name, |out| export::human_eval(out, samples, verdicts))?;
    files.push(name);
    if let PassAtK::BasePlus { base, plus } = &summary.pass_at_k {
        let name = format!("{stem}.eval_results.json");
        folder.write_with(&name, |out| export::evalplus(out, (base, plus), request.dataset, samples, verdicts))?;
        files.push(name);
    }
    folder.drop_journal()?;
    Ok(files)
}

/// The indices of samples with the same answer to the same task, by the first of them.
fn distinct(samples: &[&Sample]) -> Vec<Vec<usize>> {
    let mut jobs: Vec<Vec<usize>> = Vec::new();
    let mut seen: HashMap<(usize, &Answer), usize> = HashMap::new();
    for (index, sample) in samples.iter().enumerate() {
        let job = *seen.entry((sample.task, &sample.answer)).or_insert_with(|| {
            jobs.push(Vec::new());
            jobs.len() - 1
        });
        jobs[job].push(index);
    }
    jobs
}

/// Prepares the tasks of the open jobs, then judges the jobs; returns how many candidates met a fault.
fn run_jobs(
    request: &Request<'_>,
    samples: &[&Sample],
    open: &[&Vec<usize>],
    (resumed, total): (usize, usize),
    rows: &mut Rows,
    folder: Option<&RunFolder>,
    report: &mut dyn FnMut(Event),
) -> Result<usize, RunError> {
    let Request { dataset, judge, .. } = request;
    let prepared = prepare(request, samples, open, report)?;
    let mut faults = 0;
    let mut done = resumed;
    report(Event::Judging { done, resumed, total });
    let extractor = Extractor::new(judge.sandbox());
    let judge_one = |index: usize| -> Result<Row, Fault> {
        let sample = samples[open[index][0]];
        let task = &prepared[&sample.task];
        let program = extractor.program(&sample.answer, &sample.asked(task), request.sanitize)?;
        let judgement = judge.judge(task, &program)?;
        Ok(Row::new(&dataset.tasks[sample.task], sample.index, judgement))
    };
    let stopped = pool::run(request.jobs, open.len(), judge_one, |index, result| {
        done += 1;
        match result {
            Ok(row) => {
                if let Err(error) = keep(rows, folder, open[index][0], &row) {
                    return ControlFlow::Break(error);
                }
            }
            // Nor can any other be judged now.
            Err(fault @ Fault::Memory) => return ControlFlow::Break(fault.into()),
            Err(fault) => {
                faults += open[index].len();
                let sample = samples[open[index][0]];
                report(Event::Fault(format!("{} sample {}: {fault}", dataset.tasks[sample.task].id, sample.index)));
            }
        }
        report(Event::Judging { done, resumed, total });
        ControlFlow::Continue(())
    })?;
    stopped.map_or(Ok(faults), Err)
}

/// Keeps a row in the run folder's journal, or in a nameless file where there is no run folder.
fn keep(rows: &mut Rows, folder: Option<&RunFolder>, index: usize, row: &Row) -> Result<(), RunError> {
    if !rows.has_journal() {
        if let Some(folder) = folder {
            folder.open_journal(rows)?;
        } else {
            let path = std::env::temp_dir();
            let what = "cannot make a temporary file in";
            let file = tempfile::tempfile().map_err(|source| RunError::Io { what, path: path.clone(), source })?;
            rows.add_file(file, &path, true);
        }
    }
    rows.append(index, row)
}

fn prepare(
    request: &Request<'_>,
    samples: &[&Sample],
    open: &[&Vec<usize>],
    report: &mut dyn FnMut(Event),
) -> Result<HashMap<usize, Prepared>, RunError> {
    let mut tasks: Vec<usize> = open.iter().map(|job| samples[job[0]].task).collect();
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
