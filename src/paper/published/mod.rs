//! The paper (Ni et al. 2024, *NExT*) as data: `results/paper/*.toml`, part of the program.
//!
//! Percentages are as the paper prints them (0 to 100). Each number has its [`Provenance`]; what could not be recovered is listed and
//! has no number.

mod figures;
mod provenance;
mod settings;

use std::sync::LazyLock;

use serde::de::DeserializeOwned;

pub use self::{
    figures::{ByTraces, Difference, Figure3, HefixPlus, HefixVersion, Label, NoTraces, Table2, Table2Row, Trained},
    figures::{Figure3Row, Value},
    provenance::{BadProvenance, Provenance, Tag},
    settings::{Dataset, Datasets, Fact, NotRecovered, Setting, Settings},
};

/// All of the paper's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Mbpp-R, pass@k of samples.
    pub table2: Table2,
    /// Mbpp-R, greedy pass@1.
    pub figure3: Figure3,
    /// Mbpp-R, with and without traces in training and at test time.
    pub no_traces: NoTraces,
    /// `HeFix+`, both versions of the paper.
    pub hefix_plus: HefixPlus,
    /// The settings of the experiments.
    pub settings: Settings,
    /// The datasets.
    pub datasets: Datasets,
    /// The items that no source gave.
    pub not_recovered: NotRecovered,
}

const FILES: [(&str, &str); 7] = [
    ("table2.toml", include_str!("../../../results/paper/table2.toml")),
    ("figure3.toml", include_str!("../../../results/paper/figure3.toml")),
    ("no_traces.toml", include_str!("../../../results/paper/no_traces.toml")),
    ("hefix_plus.toml", include_str!("../../../results/paper/hefix_plus.toml")),
    ("settings.toml", include_str!("../../../results/paper/settings.toml")),
    ("datasets.toml", include_str!("../../../results/paper/datasets.toml")),
    ("not_recovered.toml", include_str!("../../../results/paper/not_recovered.toml")),
];

/// The paper's data, parsed at the first call.
///
/// # Panics
///
/// If a file that is part of the program does not parse, which a test rules out.
#[must_use]
pub fn paper() -> &'static Paper {
    static PAPER: LazyLock<Paper> = LazyLock::new(|| Paper {
        table2: parse(FILES[0]),
        figure3: parse(FILES[1]),
        no_traces: parse(FILES[2]),
        hefix_plus: parse(FILES[3]),
        settings: parse(FILES[4]),
        datasets: parse(FILES[5]),
        not_recovered: parse(FILES[6]),
    });
    &PAPER
}

fn parse<T: DeserializeOwned>((name, text): (&str, &str)) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("results/paper/{name}: {error}"))
}

#[cfg(test)]
mod tests;
