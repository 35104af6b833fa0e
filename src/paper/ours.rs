//! Results of ours, to be put beside the paper's.

use std::collections::BTreeMap;

use super::published::Trained;
use crate::stats::Estimate;

/// A model's pass@k by k.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ours {
    /// The model, and what of it one has to know.
    pub name: String,
    /// Fixes that pass all tests.
    pub end_to_end: BTreeMap<u64, Estimate>,
    /// Fixes that a smaller model wrote from the rationales.
    pub proxy: BTreeMap<u64, Estimate>,
    /// The position among ours of the row that gains are over.
    pub baseline: Option<usize>,
}

/// A model's pass@1 when it is asked with traces and without.
#[derive(Debug, Clone, PartialEq)]
pub struct OursByTraces {
    /// The model, and what of it one has to know.
    pub name: String,
    /// The prompts that the model was trained with.
    pub trained: Trained,
    /// The pass@1 with traces.
    pub with_traces: Option<Estimate>,
    /// The pass@1 without traces.
    pub without_traces: Option<Estimate>,
    /// The position among ours of the row that gains are over.
    pub baseline: Option<usize>,
}
