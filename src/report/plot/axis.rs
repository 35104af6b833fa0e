//! Axes: from where to where, and where their marks are.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use super::{Chart, XKind, YKind};

/// An axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// The beginning; on a logarithmic axis, its logarithm.
    pub(super) low: f64,
    /// The end, in the same way.
    pub(super) high: f64,
    /// The axis's marks, with their labels.
    pub(super) marks: Vec<(f64, String)>,
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    #[expect(clippy::cast_possible_truncation, reason = "a chart is small")]
    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let share = (value - self.low) / (self.high - self.low);
        from + (share * f64::from(to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.marks.iter().map(|mark| mark.0).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    /// Marks come back as they were given.
    fn format_ext(&self, value: &f64) -> String {
        self.marks.iter().find(|mark| mark.0.total_cmp(value).is_eq()).map(|mark| mark.1.clone()).unwrap_or_default()
    }
}

/// The most places of points that are marks themselves.
const OWN_MARKS: usize = 12;
/// The number of marks wanted on the vertical axis.
const ROWS: f64 = 6.0;
/// The share that stays free beyond the first and the last point.
const MARGIN: f64 = 0.04;

/// The vertical axis: whole steps, and from 0 where the points reach near it.
pub(super) fn vertical(chart: &Chart) -> Axis {
    let points = chart.series.iter().flat_map(|series| &series.points);
    let ends = points.flat_map(|point| {
        let (one, other) = point.interval.unwrap_or((point.y, point.y));
        [point.y, one, other]
    });
    let (least, most) = ends.fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(y), high.max(y)));
    let (mut low, mut high) = (least, most);
    if low >= 0.0 && low < high * 0.4 {
        low = 0.0;
    }
    if high - low <= f64::EPSILON * high.abs().max(low.abs()).max(1.0) {
        let half = if chart.y == YKind::Percent { 5.0 } else { low.abs().max(1.0) * 0.1 };
        (low, high) = (low - half, high + half);
    }
    let step = step((high - low) / ROWS);
    (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    if chart.y == YKind::Percent {
        // Values that are no percentages are drawn all the same.
        low = if least < 0.0 { low } else { low.max(0.0) };
        high = if most > 100.0 { high } else { high.min(100.0) };
    }
    let unit = if chart.y == YKind::Percent { " %" } else { "" };
    let marks = multiples(low, high, step).into_iter().map(|y| (y, number(y, step) + unit)).collect();
    Axis { low, high, marks }
}

/// The horizontal axis of `length`: marks at the points where they are few, and as many as fit without touching.
pub(super) fn horizontal(chart: &Chart, length: f64, width: impl Fn(&str) -> f64) -> Axis {
    let log = chart.x == XKind::Log2;
    let place = |x: f64| if log { x.log2() } else { x };
    let mut xs: Vec<f64> = chart.series.iter().flat_map(|series| &series.points).map(|point| point.x).collect();
    xs.sort_unstable_by(f64::total_cmp);
    xs.dedup();
    let (first, last) = (place(xs[0]), place(xs[xs.len() - 1]));
    let span = if last > first { last - first } else { 1.0 };
    let (low, high) = (first - span * MARGIN, last + span * MARGIN);
    let marks: Vec<(f64, String)> = if xs.len() <= OWN_MARKS {
        xs.iter().map(|&x| (place(x), number(x, x.abs().max(1.0) * 1e-3))).collect()
    } else if log {
        multiples(low, high, 1.0_f64.max((span / 10.0).ceil()))
            .into_iter()
            .map(|y| (y, number(y.exp2(), 1e-3)))
            .collect()
    } else {
        let whole = xs.iter().all(|x| x.fract() == 0.0);
        let step = if whole { step(span / 10.0).max(1.0) } else { step(span / 10.0) };
        multiples(low, high, step).into_iter().map(|x| (x, number(x, step))).collect()
    };
    let mut free = f64::MIN;
    let marks = marks
        .into_iter()
        .filter(|(x, label)| {
            let (middle, half) = ((x - low) / (high - low) * length, width(label) / 2.0);
            let fits = middle - half >= free;
            if fits {
                // A letter's width apart.
                free = middle + half + width("0");
            }
            fits
        })
        .collect();
    Axis { low, high, marks }
}

/// The step: 1, 2 or 5 times a power of ten, and at least `least`.
fn step(least: f64) -> f64 {
    let power = 10.0_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| *step >= least * 0.999_999)
        .unwrap_or(10.0 * power)
}

/// The multiples of `step` from `low` to `high`.
#[expect(clippy::cast_possible_truncation, reason = "there are few of them")]
fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let count = ((high - low) / step).floor().min(100.0) as i32 + 1;
    let first = (low / step - 1e-9).ceil();
    (0..=count).map(|at| (first + f64::from(at)) * step).filter(|value| *value <= high + step * 1e-9).collect()
}

/// The number `value`, exact to `step`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
fn number(value: f64, step: f64) -> String {
    let magnitude = value.abs().max(step);
    if !(1e-5..1e7).contains(&magnitude) {
        return if value == 0.0 { "0".to_owned() } else { format!("{value:.2e}") };
    }
    let decimals = (-step.log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{chart, line},
        XKind, YKind, horizontal, multiples, number, step, vertical,
    };

    #[test]
    fn steps_are_round() {
        for (least, round) in
            [(0.9, 1.0), (1.0, 1.0), (1.1, 2.0), (3.0, 5.0), (6.0, 10.0), (0.03, 0.05), (700.0, 1000.0)]
        {
            assert!((step(least) - round).abs() < 1e-9 * round, "{least}: {}", step(least));
        }
        assert_eq!(multiples(-1.0, 1.0, 1.0), [-1.0, 0.0, 1.0]);
        assert_eq!(multiples(0.0, 0.3, 0.1).len(), 4);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(0.5, 0.1), "0.5");
        assert_eq!(number(30.0, 10.0), "30");
        assert_eq!(number(-0.0, 0.1), "0");
        assert_eq!(number(1.25, 0.05), "1.25");
        assert_eq!(number(0.3, 0.1), "0.3");
        assert_eq!(number(2e9, 1e8), "2.00e9");
        assert_eq!(number(25.0, 0.025), "25");
    }

    #[test]
    fn every_point_is_between_the_ends() {
        for ys in [&[0.0, 100.0][..], &[23.0, 65.0], &[55.0], &[99.9, 99.95], &[0.0], &[100.0]] {
            for kind in [YKind::Percent, YKind::Plain] {
                let axis = vertical(&chart(XKind::Linear, kind, vec![line("", ys)]));
                assert!(ys.iter().all(|y| axis.low <= *y && *y <= axis.high), "{ys:?} {axis:?}");
                assert!(axis.marks.len() >= 2 && axis.marks.len() < 12, "{ys:?} {axis:?}");
                assert!(kind == YKind::Plain || axis.low >= 0.0 && axis.high <= 100.0, "{axis:?}");
            }
        }
    }

    #[test]
    fn marks_do_not_touch() {
        #[expect(clippy::cast_precision_loss, reason = "short")]
        let half = |label: &str| label.len() as f64 * 4.0;
        let many: Vec<f64> = (0..40).map(f64::from).collect();
        for kind in [XKind::Linear, XKind::Log2] {
            for length in [20.0, 100.0, 700.0] {
                let mut one = line("", &many);
                one.points.iter_mut().for_each(|point| point.x = point.x * 1000.0 + 1000.0);
                let axis = horizontal(&chart(kind, YKind::Plain, vec![one]), length, |label| 2.0 * half(label));
                assert!(!axis.marks.is_empty());
                let ends: Vec<(f64, f64)> = axis
                    .marks
                    .iter()
                    .map(|(x, label)| ((x - axis.low) / (axis.high - axis.low) * length, half(label)))
                    .collect();
                assert!(ends.windows(2).all(|two| two[0].0 + two[0].1 < two[1].0 - two[1].1), "{axis:?}");
            }
        }
    }

    #[test]
    fn the_k_of_pass_at_k_are_marks() {
        let mut one = line("", &[1.0, 2.0, 3.0, 4.0]);
        for (point, k) in one.points.iter_mut().zip([1.0, 5.0, 10.0, 25.0]) {
            point.x = k;
        }
        let axis = horizontal(&chart(XKind::Log2, YKind::Percent, vec![one]), 700.0, |_| 20.0);
        let labels: Vec<&str> = axis.marks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["1", "5", "10", "25"]);
    }
}
