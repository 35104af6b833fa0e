//! Failing programs among samples.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc};

use super::{Counts, Origin, Record, Report, Request, Split, SplitCounts, record::Failing};
use crate::{
    answer::Extractor,
    candidates::Sample,
    judge::{Judge, Prepared, Verdict},
    sandbox::{Fault, pool},
    syntax,
    task::Task,
};

/// Judges `candidate`, and counts it where it is of no use.
pub(super) fn failing(
    judge: &Judge,
    prepared: &Prepared,
    candidate: &str,
    counts: &mut Counts,
) -> Result<Option<Failing>, Fault> {
    let judgement = judge.judge(prepared, candidate)?;
    let dropped = match judgement.verdict {
        Verdict::Pass => &mut counts.passing,
        Verdict::CompileError => &mut counts.not_compiling,
        _ if !judgement.loaded => &mut counts.never_running,
        verdict => {
            match syntax::normalised(judge.sandbox(), candidate)? {
                Some(shape) => return Ok(Some(Failing { program: candidate.to_owned(), shape, verdict })),
                // It compiled to be judged; as a tree it is too deep.
                None => &mut counts.not_compiling,
            }
        }
    };
    *dropped += 1;
    Ok(None)
}

/// The failing ones among the samples, in their order.
pub(super) fn find(request: &Request<'_>, counts: &mut SplitCounts, report: Report<'_>) -> Result<Vec<Record>, Fault> {
    let Request { judge, jobs, dataset, .. } = request;
    let tasks = &dataset.tasks;
    let all = request.samples.iter().flat_map(|(file, samples)| samples.samples.iter().map(move |one| (file, one)));
    let samples: Vec<(Split, &String, &Sample)> =
        all.filter_map(|(file, sample)| Some((Split::of(&tasks[sample.task])?, file, sample))).collect();
    let prepared = prepare(judge, *jobs, tasks, samples.iter().map(|(_, _, sample)| sample.task), report)?;
    let extractor = Extractor::new(judge.sandbox());
    let judge_one = |index: usize| -> Result<_, Fault> {
        let sample: &Sample = samples[index].2;
        let mut counts = Counts { samples: 1, ..Counts::default() };
        let task = &prepared[&sample.task];
        let program = extractor.program(&sample.answer, &sample.asked(task), request.sanitize)?;
        failing(judge, task, &program, &mut counts).map(|failing| (failing, counts))
    };
    let mut found: Vec<Option<Failing>> = Vec::new();
    found.resize_with(samples.len(), || None);
    let mut done = 0;
    let stopped = pool::run(*jobs, samples.len(), judge_one, |index, result| match result {
        Ok((failing, one)) => {
            counts.entry(samples[index].0).or_default().add(&one);
            found[index] = failing;
            done += 1;
            report("judging samples", done, samples.len());
            ControlFlow::Continue(())
        }
        Err(fault) => ControlFlow::Break(fault),
    })?;
    if let Some(fault) = stopped {
        return Err(fault);
    }
    let record = |((split, file, sample), failing): (&(Split, &String, &Sample), Option<Failing>)| {
        let row = sample.row.as_ref();
        let model = row.and_then(|row| row.text("source_model").or_else(|| row.text("model")));
        let origin = Origin::Sample { file: (*file).clone(), sample: sample.index, model };
        Some(Record::new(&tasks[sample.task], *split, failing?, origin))
    };
    Ok(samples.iter().zip(found).filter_map(record).collect())
}

/// Learns what judging these tasks needs.
pub(super) fn prepare(
    judge: &Judge,
    jobs: usize,
    tasks: &[Arc<Task>],
    wanted: impl Iterator<Item = usize>,
    report: Report<'_>,
) -> Result<HashMap<usize, Prepared>, Fault> {
    let mut wanted: Vec<usize> = wanted.collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut prepared = HashMap::new();
    let one = |index: usize| judge.prepare(&tasks[wanted[index]]);
    let stopped = pool::run(jobs, wanted.len(), one, |index, result| match result {
        Ok(task) => {
            prepared.insert(wanted[index], task);
            report("preparing tasks", prepared.len(), wanted.len());
            ControlFlow::Continue(())
        }
        Err(fault) => ControlFlow::Break(fault),
    })?;
    stopped.map_or(Ok(prepared), Err)
}
