//! Drawing a chart, on whatever there is to draw on.

use plotters::{
    coord::Shift,
    element::DashedPathElement,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use super::{
    Kind,
    axis::Axis,
    layout::{Line, MARK, MARK_GAP, Placed, Plan, SAMPLE, SCALE, Text},
    style::{BACK, BAND, GRID, INK, colour, marker},
    text,
};

type Failed<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;
type Axes<'a, DB> = ChartContext<'a, DB, Cartesian2d<Axis, Axis>>;

/// The widths of lines and the radius of points, in units.
const STROKE: u32 = 2 * SCALE;
const RADIUS: f64 = 4.8 * 4.0;
const HOLE: f64 = 2.6 * 4.0;
const CAP: i32 = 6 * 4;
const DASH: (u32, u32) = (7 * SCALE, 4 * SCALE);

pub(super) fn draw<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, plan: &Plan) -> Result<(), Failed<DB>> {
    root.fill(&BACK)?;
    for text in &plan.texts {
        root.draw_text(&text.line, &style(text), text.at)?;
    }
    let (left, top, right, bottom) = plan.area;
    let size = ((right - left).unsigned_abs(), (bottom - top).unsigned_abs());
    let area = root.clone().shrink((left, top), size);
    let mut axes = axes(&area, plan)?;
    for (at, line) in plan.series.iter().enumerate() {
        intervals(&mut axes, at, line)?;
    }
    for (at, line) in plan.series.iter().enumerate() {
        let path: Vec<(f64, f64)> = line.points.iter().map(|point| (point.x, point.y)).collect();
        let style = colour(at).stroke_width(STROKE);
        match line.kind {
            Kind::Ours => axes.draw_series([PathElement::new(path, style)])?,
            Kind::Paper => axes.draw_series([DashedPathElement::new(path, DASH.0, DASH.1, style)])?,
        };
    }
    for (at, line) in plan.series.iter().enumerate() {
        for point in &line.points {
            let parts = shape(at, line.kind, (0, 0)).into_iter();
            axes.draw_series(parts.map(|part| EmptyElement::at((point.x, point.y)) + part))?;
        }
    }
    for ((at, line), &place) in plan.series.iter().enumerate().zip(&plan.samples) {
        sample(root, at, line.kind, place)?;
    }
    root.present()
}

fn style(text: &Text) -> TextStyle<'static> {
    let side = if text.centred { HPos::Center } else { HPos::Left };
    font(text.size).pos(Pos::new(side, VPos::Center))
}

fn font(size: f64) -> TextStyle<'static> {
    TextStyle::from((FontFamily::SansSerif, text::line_size(size)).into_font()).color(&INK)
}

/// The axes with their marks and the grid.
fn axes<'a, DB: DrawingBackend + 'a>(area: &DrawingArea<DB, Shift>, plan: &Plan) -> Result<Axes<'a, DB>, Failed<DB>> {
    let mut axes = ChartBuilder::on(area)
        .set_label_area_size(LabelAreaPosition::Left, plan.labels.0)
        .set_label_area_size(LabelAreaPosition::Bottom, plan.labels.1)
        .build_cartesian_2d(plan.x.clone(), plan.y.clone())?;
    axes.configure_mesh()
        .axis_style(INK.stroke_width(SCALE))
        .bold_line_style(GRID.stroke_width(SCALE))
        .light_line_style(TRANSPARENT)
        .set_all_tick_mark_size(MARK_GAP / 2)
        .label_style(font(MARK))
        .draw()?;
    Ok(axes)
}

/// A band over each run of neighbours that have intervals, and an error bar for one alone.
fn intervals<DB: DrawingBackend>(axes: &mut Axes<'_, DB>, at: usize, line: &Line) -> Result<(), Failed<DB>> {
    for run in line.points.split(|point| point.interval.is_none()).filter(|run| !run.is_empty()) {
        let ends = |point: &Placed| point.interval.unwrap_or((point.y, point.y));
        if let [point] = run {
            let (low, high) = ends(point);
            let style = colour(at).stroke_width(SCALE);
            axes.draw_series([PathElement::new([(point.x, low), (point.x, high)], style)])?;
            let cap = |y| EmptyElement::at((point.x, y)) + PathElement::new([(-CAP, 0), (CAP, 0)], style);
            axes.draw_series([cap(low), cap(high)])?;
            continue;
        }
        let upper = run.iter().map(|point| (point.x, ends(point).1));
        let lower = run.iter().rev().map(|point| (point.x, ends(point).0));
        let corners: Vec<(f64, f64)> = upper.chain(lower).collect();
        axes.draw_series([Polygon::new(corners, colour(at).mix(BAND))])?;
    }
    Ok(())
}

/// A series' point: its shape in its colour, with a hole in the paper's.
fn shape(at: usize, kind: Kind, (x, y): (i32, i32)) -> Vec<Polygon<(i32, i32)>> {
    let polygon = |radius: f64, colour: RGBColor| {
        let corners: Vec<(i32, i32)> = marker(at, radius).into_iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
        Polygon::new(corners, colour)
    };
    let hole = (kind == Kind::Paper).then(|| polygon(HOLE, BACK));
    [polygon(RADIUS, colour(at))].into_iter().chain(hole).collect()
}

/// A line's look, in the legend.
fn sample<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    at: usize,
    kind: Kind,
    (x, y): (i32, i32),
) -> Result<(), Failed<DB>> {
    let (path, style) = ([(x, y), (x + SAMPLE, y)], colour(at).stroke_width(STROKE));
    match kind {
        Kind::Ours => root.draw(&PathElement::new(path, style))?,
        Kind::Paper => root.draw(&DashedPathElement::new(path, DASH.0, DASH.1, style))?,
    }
    let middle = (x + SAMPLE / 2, y);
    shape(at, kind, middle).iter().try_for_each(|part| root.draw(part))
}
