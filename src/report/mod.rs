//! Reports: runs and comparisons of runs as tables, charts and a page; and the paper's figures as data, with ours beside them.
//!
//! * [`Run`]: a run's folder, as far as it can be read. [`of_run`], [`compare`], [`overview`]: what there is to say of one, two or more, as a
//!   [`Document`]. [`page`]: the same as one HTML file, with every task and sample.
//! * [`paper`]: what the paper says, each number with where it comes from (`results/paper/*.toml`). [`paper_document`]: its tables with ours.
//! * [`Table`]: a table, and [`Format`]: the ways to write one. [`Chart`]: line charts as SVG and PNG.
//! * [`record`]: a run's figures, small enough to keep.

mod compare;
mod document;
mod figures;
mod format;
mod load;
mod of_loop;
mod of_score;
mod ours;
mod overview;
mod page;
pub mod paper;
pub mod paper_charts;
mod paper_document;
pub mod paper_tables;
mod plain;
pub mod plot;
mod record;
mod results;
mod table;

pub use self::{
    compare::{CompareError, compare},
    document::{Document, Section},
    format::{Format, grid, render},
    load::{Evaluated, IterationFigures, LoadError, Role, Run, Timing},
    ours::{Ours, OursByTraces},
    overview::overview,
    page::{Material, PageError, TaskSource, page, shown_tasks, task_sources},
    paper_document::paper_document,
    plot::{Chart, PlotError},
    record::{RecordError, write as record},
    results::{Results, ResultsError},
    table::{Align, Cell, Column, Interval, Percent, Row, Table},
};

/// What there is to say of one run.
#[must_use]
pub fn of_run(run: &Run) -> Document {
    if run.is_loop { of_loop::document(run) } else { of_score::document(run) }
}
