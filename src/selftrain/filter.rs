//! The way from judged samples to training data: line 6 of Algorithm 1.

use std::collections::HashSet;

use super::{Config, Scored, SelfTrainError, Set, faithful};
use crate::{
    pairs::Pair,
    random::Random,
    sampling::{LocalFiles, Plan, PromptsError, Row, SampleError},
};

/// Pairs of an iteration, with where each came from.
#[derive(Debug)]
pub(super) struct Filtered {
    /// The places of each pair: its task's position in the set, and its row's among the samples.
    pub(super) places: Vec<(usize, usize)>,
    /// The pairs.
    pub(super) pairs: Vec<Pair>,
    /// The number of distinct passing pairs that contradict their trace; 0 where that is not looked at.
    pub(super) unfaithful: usize,
}

/// Pairs of a rationale and a fix that pass: at most `pairs_per_problem` distinct ones of each task of `set`, drawn by the seed and the
/// iteration. `plan` says how the prompts of the training data are written, `bare` how those without a trace are.
pub(super) fn filter(
    config: &Config,
    set: &Set,
    scored: &Scored,
    (plan, bare): (&Plan<'_>, &Plan<'_>),
    files: &LocalFiles,
    iteration: usize,
) -> Result<Filtered, SelfTrainError> {
    let mut filtered = Filtered { places: Vec::new(), pairs: Vec::new(), unfaithful: 0 };
    let n = scored.rows.len() / set.dataset.tasks.len().max(1);
    let traces = set.recorded();
    for (position, task) in set.dataset.tasks.iter().enumerate() {
        let trace = traces.get(position).and_then(Option::as_deref);
        let mut seen = HashSet::new();
        let mut places: Vec<usize> = (position * n..(position + 1) * n)
            .filter(|&place| scored.passing[place])
            .filter(|&place| seen.insert(content(&scored.rows[place])))
            .collect();
        if config.filter.faithful {
            let before = places.len();
            places.retain(|&place| {
                trace.is_none_or(|trace| !faithful::contradicted(&scored.rows[place].rationale, trace))
            });
            filtered.unfaithful += before - places.len();
        }
        let mut random = Random::named(config.seed, &format!("pairs {iteration} {}", task.id));
        random.shuffle(&mut places);
        places.truncate(config.filter.pairs_per_problem);
        places.sort_unstable();
        for place in places {
            let without = below(&mut random, config.schedule.no_trace_share);
            let (plan, trace) = if without { (bare, None) } else { (plan, trace) };
            let asked = match files.ask(plan, position, trace) {
                Ok(asked) => asked,
                // It was sampled with another prompt; with this one it does not fit.
                Err(PromptsError::TooLong { .. } | PromptsError::NoTest) => continue,
                Err(error) => return Err(SampleError::from(error).into()),
            };
            let row = &scored.rows[place];
            let (rationale, fix) = (row.rationale.trim(), row.solution.trim_end());
            let completion =
                plan.template.answer(rationale, fix, plan.settings.condition).map_err(SampleError::from)?;
            filtered.places.push((position, place));
            filtered.pairs.push(Pair { task_id: task.id.clone(), prompt: asked.text, completion, weight: 1.0 });
        }
    }
    Ok(filtered)
}

fn content(row: &Row) -> (&str, &str) {
    (row.rationale.trim(), row.solution.trim())
}

/// A draw that is true with this probability.
fn below(random: &mut Random, share: f64) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a million fits")]
    let drawn = random.below(1_000_000) as f64 / 1e6;
    drawn < share
}
