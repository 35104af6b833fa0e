//! The paper's tables and figures.

use serde::{Deserialize, Serialize};

use super::Provenance;

/// Table 2: pass@k of samples, end to end and by proxy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table2 {
    /// The table's name in the paper.
    pub name: String,
    /// The dataset.
    pub dataset: String,
    /// The provenance of all its numbers.
    pub provenance: Provenance,
    /// The k of its columns.
    pub k: Vec<u64>,
    /// The model that gains are over.
    pub baseline: String,
    /// The table's rows.
    pub rows: Vec<Table2Row>,
}

/// A row of Table 2; a value for each k, in percent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table2Row {
    /// The model.
    pub model: String,
    /// Fixes that pass all tests.
    pub end_to_end: Vec<f64>,
    /// The gains of these over the baseline.
    #[serde(default)]
    pub end_to_end_gain: Vec<f64>,
    /// Fixes that smaller models wrote from the rationales.
    pub proxy: Vec<f64>,
    /// The gains of these over the baseline.
    #[serde(default)]
    pub proxy_gain: Vec<f64>,
}

/// Figure 3: greedy pass@1, end to end and by proxy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure3 {
    /// The figure's name in the paper.
    pub name: String,
    /// The dataset.
    pub dataset: String,
    /// The provenance of all its numbers.
    pub provenance: Provenance,
    /// A note on the figure.
    pub note: String,
    /// The figure's bars.
    pub rows: Vec<Figure3Row>,
}

/// A model of Figure 3, in percent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure3Row {
    /// The model.
    pub model: String,
    /// Fixes that pass all tests.
    pub end_to_end: f64,
    /// Fixes that smaller models wrote from the rationale.
    pub proxy: f64,
}

/// A number with its own provenance, in percent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The number.
    pub value: f64,
    /// The gain over the baseline.
    #[serde(default)]
    pub gain: Option<f64>,
    /// The provenance of the value.
    pub provenance: Provenance,
    /// A note on the value.
    #[serde(default)]
    pub note: Option<String>,
}

/// Whether a model was trained, and what its training data showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trained {
    /// The base model, not trained.
    Not,
    /// A model trained with traces in the prompts.
    With,
    /// A model trained without them.
    Without,
}

/// Traces in training and at test time: pass@1.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoTraces {
    /// The name of the comparison here.
    pub name: String,
    /// The dataset.
    pub dataset: String,
    /// The comparison's rows.
    pub rows: Vec<ByTraces>,
    /// The differences that follow from the rows.
    pub differences: Vec<Difference>,
}

/// A model, tested with traces and without.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByTraces {
    /// The model.
    pub model: String,
    /// The prompts that the model was trained with.
    pub trained: Trained,
    /// The provenance of `trained`, if not from where the numbers do.
    #[serde(default)]
    pub label: Option<Label>,
    /// The pass@1 with traces.
    #[serde(default)]
    pub with_traces: Option<Value>,
    /// The pass@1 without traces.
    #[serde(default)]
    pub without_traces: Option<Value>,
}

/// The provenance of a row's description.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The provenance.
    pub provenance: Provenance,
    /// A note, in words.
    pub note: String,
}

/// A difference of two values, in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The reason to know the difference.
    pub what: String,
    /// The number.
    pub value: f64,
    /// The provenance of the difference.
    pub provenance: Provenance,
}

/// `HeFix+`: pass@1.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HefixPlus {
    /// The name of the comparison here.
    pub name: String,
    /// The dataset.
    pub dataset: String,
    /// The reason why there are two versions, and which to cite.
    pub note: String,
    /// The versions of the paper.
    pub versions: Vec<HefixVersion>,
}

/// The statement of one version of the paper on `HeFix+`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HefixVersion {
    /// The version of the paper.
    pub version: String,
    /// The base model.
    #[serde(default)]
    pub base: Option<Value>,
    /// The trained one.
    #[serde(default)]
    pub next: Option<Value>,
    /// The difference, in points.
    pub gain: Value,
}
