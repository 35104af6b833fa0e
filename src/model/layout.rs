//! The names of the files in a model's folder, as Hugging Face has them.

/// The configuration.
pub const CONFIG: &str = "config.json";
/// The tokenizer.
pub const TOKENIZER: &str = "tokenizer.json";
/// A checkpoint's weights in one file.
pub const WEIGHTS: &str = "model.safetensors";
/// The index of weights in several.
pub const INDEX: &str = "model.safetensors.index.json";
/// An adapter's configuration.
pub const ADAPTER: &str = "adapter_config.json";
/// An adapter's weights.
pub const ADAPTER_WEIGHTS: &str = "adapter_model.safetensors";
