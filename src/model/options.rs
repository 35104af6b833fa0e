//! The options by which a model is loaded.

use std::path::PathBuf;

use super::runtime::Device;

/// The weights that products are computed with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weights {
    /// The checkpoint's weights, in 32 bits.
    #[default]
    Stored,
    /// The weights rounded to 8 bits, once; what they are multiplied with is rounded as well, each time: less memory, and faster for few
    /// sequences at a time.
    EightBit,
}

/// The options by which a model is loaded.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// The device that computes.
    pub device: Device,
    /// The number of threads within an operator; 0 for one a core.
    pub threads: usize,
    /// The weights that products are computed with.
    pub weights: Weights,
    /// The longest sequence, where it is to be shorter than what the model was made for, or where an export does not say.
    pub context: Option<usize>,
    /// The folder where quantised weights are kept.
    pub cache: PathBuf,
}
