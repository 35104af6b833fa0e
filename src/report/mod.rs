//! Reports: runs and comparisons of runs as tables, charts and a page.
//!
//! * [`Run`]: a run's folder, as far as it can be read. [`of_run`], [`compare`], [`overview`]: what there is to say of one, two or more, as a
//!   [`Document`]. [`page`]: the same as one HTML file, with every task and sample.
//! * [`Table`]: a table, and [`Format`]: the ways to write one. [`Chart`]: line charts as SVG and PNG.
//! * [`record`]: a run's figures, small enough to keep.

mod compare;
mod document;
pub(crate) mod figures;
mod format;
mod lines;
mod load;
mod material;
pub(crate) mod of_loop;
mod of_score;
mod overview;
mod page;
mod plain;
pub mod plot;
mod record;
mod run;
mod table;

pub use self::{
    compare::{CompareError, compare},
    document::{Document, Section},
    format::{Format, grid, render},
    material::{datasets, recordings, traced},
    overview::overview,
    page::{Material, PageError, page},
    plot::{Chart, PlotError},
    record::{RecordError, write as record},
    run::{Evaluated, IterationFigures, LoadError, Role, Run, Timing},
    table::{Align, Cell, Column, Interval, Percent, Row, Table},
};

/// The report of one run.
#[must_use]
pub fn of_run(run: &Run) -> Document {
    if run.is_loop { of_loop::document(run) } else { of_score::document(run) }
}
