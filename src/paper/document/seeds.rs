//! Several runs that differ in their seed alone, taken together.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{Estimate, Evaluated, Role, Run};
use crate::{
    report::{Cell, Column, Row, Table, figures},
    stats::{Count, difference_over_runs, mean_over_runs},
};

/// One role's counts over several runs, of their base models or of their best ones: a list a run, of the tasks that all of them have.
fn counts(runs: &[Run], role: Role, base: bool) -> Option<(Vec<u64>, Vec<Vec<Count>>)> {
    let set = |run: &Run| run.set(role, if base { 0 } else { run.best()? }).cloned();
    let sets = runs.iter().map(set).collect::<Option<Vec<Evaluated>>>().filter(|sets| !sets.is_empty())?;
    let ks = figures::ks(&sets.iter().collect::<Vec<_>>());
    // By name, so that a task that one of them lacks shifts nothing.
    let named: Vec<HashMap<&str, Count>> =
        sets.iter().map(|set| set.counts.iter().map(|(task, count)| (task.as_str(), *count)).collect()).collect();
    let common = || sets[0].counts.iter().filter(|(task, _)| named.iter().all(|set| set.contains_key(task.as_str())));
    let tallies = named.iter().map(|set| common().filter_map(|(task, _)| set.get(task.as_str()).copied()).collect());
    Some((ks, tallies.collect()))
}

/// Pass@k of one role over several runs.
pub(super) fn over(runs: &[Run], role: Role, base: bool) -> BTreeMap<u64, Estimate> {
    let Some((ks, tallies)) = counts(runs, role, base) else { return BTreeMap::new() };
    let tallies: Vec<&[Count]> = tallies.iter().map(Vec::as_slice).collect();
    ks.into_iter().filter_map(|k| Some((k, mean_over_runs(&tallies, k)?))).collect()
}

/// The gains in pass@k of the best models over their bases, task by task.
pub(super) fn gains(runs: &[Run], role: Role) -> BTreeMap<u64, Estimate> {
    let (Some((ks, base)), Some((_, best))) = (counts(runs, role, true), counts(runs, role, false)) else {
        return BTreeMap::new();
    };
    let [base, best] = [&base, &best].map(|tallies| tallies.iter().map(Vec::as_slice).collect::<Vec<_>>());
    ks.into_iter().filter_map(|k| Some((k, difference_over_runs(&base, &best, k)?))).collect()
}

/// The number of test tasks that all runs have.
pub(super) fn common(runs: &[Run], role: Role) -> Option<usize> {
    Some(counts(runs, role, true)?.1.first()?.len())
}

/// The table that shows how much of the gain is the seed's.
pub(super) fn table(runs: &[Run]) -> Table {
    let row = |run: &Run| {
        let seed = run.manifest.pointer("/config/seed").map_or_else(String::new, ToString::to_string);
        let (base, best) = (run.set(Role::Test, 0), run.best().and_then(|best| run.set(Role::Test, best)));
        let difference = base.zip(best).and_then(|(base, best)| base.difference(best, 1));
        let difference = difference.map_or(Cell::Empty, |difference| Cell::text(figures::signed(difference)));
        Row {
            cells: vec![Cell::text(seed), figures::cell(base, 1), figures::cell(best, 1), difference],
            ..Row::default()
        }
    };
    Table {
        caption: "Seeds apart: pass@1 on test".to_owned(),
        columns: vec![
            Column::words("seed"),
            Column::numbers("base", None),
            Column::numbers("NExT", None),
            Column::numbers("difference, points", None),
        ],
        rows: runs.iter().map(row).collect(),
        notes: vec!["Intervals are over tasks; the difference is taken task by task.".to_owned()],
    }
}

/// The reasons why runs are not seeds of one experiment.
pub(super) fn warnings(runs: &[Run]) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some((first, others)) = runs.split_first() {
        let seed = |run: &Run| run.manifest.pointer("/config/seed").cloned();
        for (at, run) in others.iter().enumerate() {
            if apart_from_seed(run) != apart_from_seed(first) {
                let (this, first) = (run.path.display(), first.path.display());
                warnings.push(format!(
                    "{this}: its datasets or settings are not those of {first}: a mean over both says little"
                ));
            }
            if runs[..=at].iter().any(|other| seed(other) == seed(run)) {
                warnings.push(format!("{}: its seed is that of another run", run.path.display()));
            }
        }
    }
    warnings
}

/// The settings that seeds have in common.
fn apart_from_seed(run: &Run) -> Value {
    let mut manifest = run.manifest.clone();
    if let Some(seed) = manifest.pointer_mut("/config/seed") {
        seed.take();
    }
    ["datasets", "config", "template", "exemplars", "proxies"].map(|name| manifest[name].take()).into_iter().collect()
}
