//! The paper's settings and datasets, and what is not known of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Provenance;

/// The settings of the paper's experiments.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Settings read in the paper, or reported by somebody who read it.
    pub known: Vec<Setting>,
    /// Settings recalled and found in no source: never to be printed as the paper's.
    pub hypotheses: Vec<Setting>,
}

/// A setting, or a fact of a dataset.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The name of the setting.
    pub name: String,
    /// The value of the setting.
    pub value: Fact,
    /// The provenance of the setting: the surest first.
    pub provenance: Vec<Provenance>,
    /// A note on the setting.
    #[serde(default)]
    pub note: Option<String>,
}

/// A value of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    /// A count.
    Count(u64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// The paper's datasets.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Datasets {
    /// The datasets.
    pub datasets: Vec<Dataset>,
}

/// A dataset.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// The dataset's name.
    pub name: String,
    /// A description of the dataset.
    pub what: String,
    /// The provenance of the description.
    pub provenance: Provenance,
    /// The facts that are known of the dataset.
    pub facts: Vec<Setting>,
}

/// The items that no source gave.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRecovered {
    /// The provenance of all items: not recovered.
    pub provenance: Provenance,
    /// The items.
    pub items: Vec<String>,
}
