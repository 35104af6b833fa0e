//! Reports, before they are text, Markdown, LaTeX, CSV, JSON or a page.

use std::fmt::Write;

use serde::Serialize;

use super::{
    Chart, Format, Table,
    format::{markdown, text as terminal},
    plain::one_line,
    render,
};

/// A report.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Document {
    /// The title: what the report is about.
    pub title: String,
    /// The origin, what ran: names and values.
    pub about: Vec<(String, String)>,
    /// The warnings of what could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The report's parts.
    pub sections: Vec<Section>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Section {
    /// The section's heading.
    pub heading: String,
    /// The paragraphs above the tables.
    pub paragraphs: Vec<String>,
    /// The section's tables.
    pub tables: Vec<Table>,
    /// The section's charts, by the names of their files.
    #[serde(skip)]
    pub charts: Vec<(String, Chart)>,
}

impl Section {
    /// A section with this heading, empty.
    #[must_use]
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..Self::default() }
    }

    /// Whether the section says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty() && self.tables.is_empty() && self.charts.is_empty()
    }
}

impl Document {
    /// The report in one of the formats. CSV and LaTeX hold the tables alone, one after the other, JSON everything but the charts, and Markdown
    /// shows those that are in the folder `plots`.
    #[must_use]
    pub fn render(&self, format: Format, plots: Option<&str>) -> String {
        match format {
            Format::Json => {
                let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
                text.push('\n');
                text
            }
            Format::Csv | Format::Latex => {
                let tables: Vec<String> = self
                    .sections
                    .iter()
                    .flat_map(|section| &section.tables)
                    .map(|table| render(table, format))
                    .collect();
                tables.join("\n")
            }
            Format::Text | Format::Markdown => self.prose(format, plots.filter(|_| format == Format::Markdown)),
        }
    }

    fn prose(&self, format: Format, plots: Option<&str>) -> String {
        let (title, heading) = if format == Format::Markdown { ("# ", "## ") } else { ("", "") };
        let safe = |text: &str| if format == Format::Markdown { markdown::escape(text) } else { one_line(text) };
        let mut text = format!("{title}{}\n", safe(&self.title));
        if !self.about.is_empty() {
            text.push('\n');
        }
        let width = self.about.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in &self.about {
            let _ = if format == Format::Markdown {
                writeln!(text, "- {name}: {}", safe(value))
            } else {
                writeln!(text, "  {name:width$}  {}", safe(value))
            };
        }
        for section in self.sections.iter().filter(|section| !section.is_empty()) {
            let _ = write!(text, "\n{heading}{}\n", section.heading);
            for paragraph in &section.paragraphs {
                let _ = match format {
                    Format::Markdown => write!(text, "\n{}\n", safe(paragraph)),
                    _ => write!(text, "\n{}", terminal::paragraph(paragraph)),
                };
            }
            for table in &section.tables {
                let _ = write!(text, "\n{}", render(table, format));
            }
            for (folder, (name, chart)) in
                plots.iter().flat_map(|folder| section.charts.iter().map(move |chart| (folder, chart)))
            {
                let _ = write!(text, "\n![{}]({folder}/{name}.svg)\n", chart.title);
            }
        }
        text
    }
}
