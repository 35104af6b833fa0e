//! Line charts as SVG and PNG: pass@k by k, values by iteration, losses by step.
//!
//! A chart's size follows from its text: titles and names are broken into lines, never cut, and the legend stands below the axes, where it
//! covers nothing. Series differ in colour (Okabe and Ito's palette, which colour-blind people can tell apart), in the shape of their
//! points, and the paper's are dashed with hollow points. The same chart gives the same bytes, whatever fonts the
//! system has.

mod axis;
mod chart;
mod draw;
mod layout;
mod raster;
mod style;
mod text;

use self::layout::{Plan, SCALE};
use plotters::prelude::{IntoDrawingArea, SVGBackend};

pub use self::{
    chart::{Chart, Kind, PlotError, Point, Series, XKind, YKind},
    style::themed,
};

impl Chart {
    /// The chart as an SVG document; [`themed`] lets a page choose its colours.
    ///
    /// # Errors
    ///
    /// If there are no points, or some that have no place on the axes.
    pub fn svg(&self) -> Result<String, PlotError> {
        let plan = Plan::of(self)?;
        let mut out = String::new();
        let root = SVGBackend::with_string(&mut out, plan.size()).into_drawing_area();
        draw::draw(&root, &plan).map_err(|error| self.failed(error.to_string()))?;
        drop(root);
        Ok(style::with_header(&out, &self.title, plan.size(), SCALE))
    }

    /// The chart as a PNG file, two pixels for each of the SVG's.
    ///
    /// # Errors
    ///
    /// If there are no points, or some that have no place on the axes.
    pub fn png(&self) -> Result<Vec<u8>, PlotError> {
        let plan = Plan::of(self)?;
        raster::png(plan.size(), |root| draw::draw(root, &plan).map_err(|error| error.to_string()))
            .map_err(|error| self.failed(error))
    }

    fn failed(&self, message: String) -> PlotError {
        PlotError::Draw { title: self.title.clone(), message }
    }
}

#[cfg(test)]
mod tests;
