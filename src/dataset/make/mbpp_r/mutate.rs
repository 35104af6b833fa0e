//! Failing mutants of references.

use std::{collections::HashSet, ops::ControlFlow};

use super::{
    Counts, Origin, Record, Report, Request, Split, SplitCounts,
    find::{failing, prepare},
};
use crate::{
    judge::{Judge, Prepared, ReferenceCheck},
    random::Random,
    sandbox::{Fault, pool},
    syntax::mutants,
};

/// The number of mutants judged for each that is wanted, before a problem is given up.
const TRIES: usize = 10;

/// Failing mutants of each problem's reference, as many as are wanted, where there are so many, drawn evenly over the mutation operators.
pub(super) fn mutate(
    request: &Request<'_>,
    counts: &mut SplitCounts,
    report: Report<'_>,
) -> Result<Vec<Record>, Fault> {
    let Request { judge, jobs, dataset, mutants: each, seed, .. } = request;
    let tasks = dataset.tasks.iter().enumerate();
    let wanted: Vec<(usize, Split)> = tasks.filter_map(|(index, task)| Some((index, Split::of(task)?))).collect();
    let prepared = prepare(judge, *jobs, &dataset.tasks, wanted.iter().map(|(task, _)| *task), report)?;
    let one = |index: usize| {
        let (task, split) = wanted[index];
        problem(judge, &prepared[&task], split, (*each, *seed))
    };
    let mut found: Vec<Vec<Record>> = vec![Vec::new(); wanted.len()];
    let mut done = 0;
    let stopped = pool::run(*jobs, wanted.len(), one, |index, result| match result {
        Ok((records, here)) => {
            counts.entry(wanted[index].1).or_default().add(&here);
            found[index] = records;
            done += 1;
            report("mutating references", done, wanted.len());
            ControlFlow::Continue(())
        }
        Err(fault) => ControlFlow::Break(fault),
    })?;
    stopped.map_or_else(|| Ok(found.into_iter().flatten().collect()), Err)
}

fn problem(
    judge: &Judge,
    prepared: &Prepared,
    split: Split,
    (wanted, seed): (usize, u64),
) -> Result<(Vec<Record>, Counts), Fault> {
    let (mut records, mut counts) = (Vec::new(), Counts::default());
    let task = &prepared.task;
    let Some(reference) = task.reference.as_deref().filter(|_| prepared.reference == ReferenceCheck::Passes) else {
        return Ok((records, counts));
    };
    let seed = Random::named(seed, &task.id).seed();
    let tried = mutants(judge.sandbox(), reference, wanted.saturating_mul(TRIES), seed)?;
    let mut shapes = HashSet::new();
    for mutant in tried {
        if records.len() == wanted {
            break;
        }
        counts.mutants += 1;
        let Some(failing) = failing(judge, prepared, &mutant.program, &mut counts)? else { continue };
        if shapes.insert(failing.shape) {
            let origin = Origin::Mutant { operator: mutant.operator, line: mutant.line };
            records.push(Record::new(task, split, failing, origin));
        } else {
            counts.duplicates += 1;
        }
    }
    Ok((records, counts))
}
