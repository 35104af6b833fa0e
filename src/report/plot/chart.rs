//! Charts: titles, axes and lines.

use serde::{Deserialize, Serialize};

/// A line chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// The title: what the chart shows.
    pub title: String,
    /// The label below the horizontal axis.
    pub x_label: String,
    /// The label of the vertical axis: stands above it, so that it is read without turning one's head.
    pub y_label: String,
    /// The horizontal axis.
    pub x: XKind,
    /// The vertical axis.
    pub y: YKind,
    /// The chart's lines.
    pub series: Vec<Series>,
}

/// The kind of a horizontal axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum XKind {
    /// Equal steps are equally long.
    Linear,
    /// Doublings are equally long: for the k of pass@k.
    Log2,
}

/// The kind of a vertical axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YKind {
    /// Percentages, from 0 to 100.
    Percent,
    /// Numbers of any kind: a loss.
    Plain,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The line's name in the legend.
    pub name: String,
    /// The line's points, in any order.
    pub points: Vec<Point>,
    /// The kind of the line: whose numbers it shows.
    pub kind: Kind,
}

/// The kind of a line: whose numbers it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A line measured here: solid.
    Ours,
    /// A line of the paper's: dashed.
    Paper,
}

/// A point of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The place on the horizontal axis.
    pub x: f64,
    /// The place on the vertical axis.
    pub y: f64,
    /// The interval around `y`, lower end first: a band, or an error bar where neighbours have none.
    #[serde(default)]
    pub interval: Option<(f64, f64)>,
}

/// The reason why a chart cannot be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// The chart has nothing to draw.
    #[error("chart `{title}` has no points")]
    Empty {
        /// The chart.
        title: String,
    },
    /// A number that has no place.
    #[error("series `{series}` has a point that is not a finite number: ({x}, {y})")]
    NotFinite {
        /// The series.
        series: String,
        /// The point's x.
        x: f64,
        /// The point's y.
        y: f64,
    },
    /// A number that has no logarithm.
    #[error("series `{series}` has a point at {x}; a logarithmic axis needs numbers above 0")]
    NotPositive {
        /// The series.
        series: String,
        /// The point's x.
        x: f64,
    },
    /// Drawing or encoding failed.
    #[error("chart `{title}`: {message}")]
    Draw {
        /// The chart.
        title: String,
        /// The library's error.
        message: String,
    },
}

impl crate::blame::Blame for PlotError {
    fn is_input(&self) -> bool {
        false
    }
}

impl Chart {
    /// Whether the chart can be drawn.
    pub(super) fn check(&self) -> Result<(), PlotError> {
        let mut any = false;
        for series in &self.series {
            for point in &series.points {
                any = true;
                let (low, high) = point.interval.unwrap_or((point.y, point.y));
                // Their differences have to be finite too.
                if ![point.x, point.y, low, high].iter().all(|value| value.abs() < 1e100) {
                    return Err(PlotError::NotFinite { series: series.name.clone(), x: point.x, y: point.y });
                }
                if self.x == XKind::Log2 && point.x <= 0.0 {
                    return Err(PlotError::NotPositive { series: series.name.clone(), x: point.x });
                }
            }
        }
        if any { Ok(()) } else { Err(PlotError::Empty { title: self.title.clone() }) }
    }
}
