//! The layout of a chart: the place of each line, text and mark.

use super::{
    super::plain::one_line,
    Chart, Kind, PlotError, Series, XKind,
    axis::{self, Axis},
    text,
};

/// The number of units for a CSS pixel: plotters' coordinates are whole numbers, so pixels would be too coarse.
pub(super) const SCALE: u32 = 4;
/// The font sizes in units.
pub(super) const TITLE: f64 = 68.0;
pub(super) const LABEL: f64 = 52.0;
pub(super) const MARK: f64 = 48.0;

/// The widths and heights in units.
const WIDTH: u32 = 800 * SCALE;
const PLOT_HEIGHT: i32 = 360 * 4;
const PAD: i32 = 16 * 4;
const GAP: i32 = 10 * 4;
const LINE_SPACING: f64 = 1.35;
/// The line in the legend, and what separates it from the name, and entries from each other.
pub(super) const SAMPLE: i32 = 36 * 4;
pub(super) const SAMPLE_GAP: i32 = 8 * 4;
const ENTRY_GAP: i32 = 24 * 4;
/// The gap between an axis and its labels, tick included.
pub(super) const MARK_GAP: i32 = 10 * 4;

/// A chart with everything in its place; in units.
#[derive(Debug)]
pub(super) struct Plan {
    height: u32,
    /// Lines of text, each with its left end or its middle, at its top.
    pub(super) texts: Vec<Text>,
    /// The area of the axes with their labels: left, top, right, bottom.
    pub(super) area: (i32, i32, i32, i32),
    /// The part of it that the labels take: at the left and at the bottom.
    pub(super) labels: (i32, i32),
    /// The axes.
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// The lines.
    pub(super) series: Vec<Line>,
    /// The beginning of each line's sample in the legend, at its middle.
    pub(super) samples: Vec<(i32, i32)>,
}

/// A line of text.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) line: String,
    pub(super) size: f64,
    pub(super) at: (i32, i32),
    pub(super) centred: bool,
}

/// A series, sorted, on the axes.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) points: Vec<Placed>,
}

/// A point on the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) interval: Option<(f64, f64)>,
}

impl Plan {
    pub(super) fn of(chart: &Chart) -> Result<Self, PlotError> {
        chart.check()?;
        let wide = pixels(f64::from(WIDTH));
        let mut texts = Vec::new();
        let mut top = PAD;
        top = column(&mut texts, &chart.title, TITLE, (PAD, top), wide - 2 * PAD, false) + GAP / 2;
        top = column(&mut texts, &chart.y_label, LABEL, (PAD, top), wide - 2 * PAD, false) + GAP * 3 / 2;

        let y = axis::vertical(chart);
        let widest = y.marks.iter().map(|(_, label)| text::width(label, MARK)).fold(0.0, f64::max);
        let labels = (pixels(widest) + MARK_GAP + GAP / 2, line_height(MARK) + MARK_GAP);
        let area = (PAD, top, wide - PAD - GAP, top + PLOT_HEIGHT + labels.1);
        let length = f64::from(area.2 - area.0 - labels.0);
        let x = axis::horizontal(chart, length, |label| text::width(label, MARK));
        top = area.3 + GAP / 2;
        let middle = i32::midpoint(area.0 + labels.0, area.2);
        top = column(&mut texts, &chart.x_label, LABEL, (middle, top), area.2 - area.0 - labels.0, true) + GAP * 2;

        let (samples, bottom) = legend(chart, &mut texts, top, wide);
        let height = u32::try_from(bottom + PAD).unwrap_or(0);
        // Two output pixels are four units: whole pixels need an even number of them.
        let height = height.next_multiple_of(SCALE);
        let series = chart.series.iter().map(|series| Line { kind: series.kind, points: placed(series, chart.x) });
        Ok(Self { height, texts, area, labels, x, y, series: series.collect(), samples })
    }

    /// The width and the height.
    pub(super) fn size(&self) -> (u32, u32) {
        (WIDTH, self.height)
    }
}

/// Entries in columns of the same width, as many as fit. Returns where the samples are, and the lower end.
fn legend(chart: &Chart, texts: &mut Vec<Text>, top: i32, wide: i32) -> (Vec<(i32, i32)>, i32) {
    let names: Vec<String> = chart.series.iter().map(|series| one_line(&series.name)).collect();
    let widest = names.iter().map(|name| pixels(text::width(name, LABEL))).max().unwrap_or(0);
    let room = wide - 2 * PAD;
    let entry = (SAMPLE + SAMPLE_GAP + widest).min(room);
    let columns = usize::try_from((room + ENTRY_GAP) / (entry + ENTRY_GAP)).unwrap_or(1).max(1);
    let mut samples = Vec::new();
    let (mut row_top, mut bottom) = (top, top);
    for (at, name) in names.iter().enumerate() {
        if at % columns == 0 {
            row_top = bottom;
        }
        let left = PAD + i32::try_from(at % columns).unwrap_or(0) * (entry + ENTRY_GAP);
        samples.push((left, row_top + line_height(LABEL) / 2));
        let place = (left + SAMPLE + SAMPLE_GAP, row_top);
        let end = column(texts, name, LABEL, place, entry - SAMPLE - SAMPLE_GAP, false);
        bottom = bottom.max(end).max(row_top + line_height(LABEL));
    }
    (samples, bottom)
}

/// Lines of text below each other; returns where the next one would be.
fn column(texts: &mut Vec<Text>, text: &str, size: f64, at: (i32, i32), to: i32, centred: bool) -> i32 {
    let mut top = at.1;
    for line in text::wrap(&one_line(text), size, f64::from(to)) {
        // Its middle: text is drawn around a point.
        texts.push(Text { line, size, at: (at.0, top + line_height(size) / 2), centred });
        top += line_height(size);
    }
    top
}

fn line_height(size: f64) -> i32 {
    pixels(size * LINE_SPACING)
}

fn placed(series: &Series, kind: XKind) -> Vec<Placed> {
    let mut points: Vec<Placed> = series
        .points
        .iter()
        .map(|point| Placed {
            x: if kind == XKind::Log2 { point.x.log2() } else { point.x },
            y: point.y,
            interval: point.interval.map(|(one, other)| (one.min(other), one.max(other))),
        })
        .collect();
    points.sort_by(|one, other| one.x.total_cmp(&other.x));
    points
}

#[expect(clippy::cast_possible_truncation, reason = "a chart is small")]
fn pixels(units: f64) -> i32 {
    units.ceil() as i32
}
