//! The paper's lines, dashed, with ours in front of them.

use std::collections::BTreeMap;

use super::{
    Ours,
    published::{Provenance, Table2Row, paper},
};
use crate::{
    report::plot::{Chart, Kind, Point, Series, XKind, YKind},
    stats::Estimate,
};

/// The measure that pass@k is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Fixes that pass all tests.
    EndToEnd,
    /// Fixes that a smaller model wrote from the rationales.
    Proxy,
}

type OfOurs = fn(&Ours) -> &BTreeMap<u64, Estimate>;
type OfPaper = fn(&Table2Row) -> &[f64];

/// Pass@k over k: ours, and the rows of the paper's Table 2, whose names say so. A chart has no notes: those of
/// [`table2`](super::tables::table2) belong to it too.
#[must_use]
pub fn pass_at_k(measure: Measure, ours: &[Ours]) -> Chart {
    let data = &paper().table2;
    let (what, of_ours, of_paper): (_, OfOurs, OfPaper) = match measure {
        Measure::EndToEnd => ("End-to-end fix rate", |row| &row.end_to_end, |row| &row.end_to_end),
        Measure::Proxy => ("Fix rate of proxies", |row| &row.proxy, |row| &row.proxy),
    };
    let measured = ours.iter().filter(|row| !of_ours(row).is_empty()).map(|row| Series {
        name: row.name.clone(),
        points: of_ours(row).iter().map(|(&k, estimate)| point(k, estimate)).collect(),
        kind: Kind::Ours,
    });
    let reported = data.rows.iter().map(|row| Series {
        name: format!("{} (paper {})", row.model, tag(&data.provenance)),
        points: data.k.iter().zip(of_paper(row)).map(|(&k, &y)| Point { x: place(k), y, interval: None }).collect(),
        kind: Kind::Paper,
    });
    Chart {
        title: format!("{what}: the paper's on {}, ours on other tasks", data.dataset),
        x_label: "k: samples per task".to_owned(),
        y_label: "pass@k, with 95 % intervals where they are known".to_owned(),
        x: XKind::Log2,
        y: YKind::Percent,
        series: measured.chain(reported).collect(),
    }
}

fn point(k: u64, estimate: &Estimate) -> Point {
    let interval = Some((estimate.low * 100.0, estimate.high * 100.0));
    Point { x: place(k), y: estimate.value * 100.0, interval }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn place(k: u64) -> f64 {
    k as f64
}

fn tag(provenance: &Provenance) -> String {
    format!("[{}]", provenance.tag().letter())
}

#[cfg(test)]
mod tests {
    use super::{Estimate, Kind, Measure, Ours, pass_at_k};

    #[test]
    fn the_papers_lines_are_dashed_and_named_so() {
        let chart = pass_at_k(Measure::Proxy, &[Ours { name: "end to end only".to_owned(), ..Ours::default() }]);
        assert_eq!(chart.series.len(), 4, "what was not measured is no line");
        assert!(chart.series.iter().all(|series| series.kind == Kind::Paper && series.name.ends_with("(paper [V])")));
        assert!((chart.series[3].points[0].y - 28.8).abs() < 1e-9);
        assert!(chart.svg().is_ok());
    }

    #[test]
    fn ours_are_percent_with_their_intervals() {
        let estimate = Estimate { value: 0.5, low: 0.4, high: 0.625 };
        let ours = Ours { end_to_end: [(8, estimate)].into(), ..Ours::default() };
        let chart = pass_at_k(Measure::EndToEnd, &[ours]);
        let point = chart.series[0].points[0];
        assert_eq!((point.x, point.y, point.interval), (8.0, 50.0, Some((40.0, 62.5))));
    }
}
