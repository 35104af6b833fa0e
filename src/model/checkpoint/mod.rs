//! Checkpoints in Hugging Face's layout: `config.json`, `model.safetensors` (or several with an index) and, where there is one,
//! `generation_config.json`.
//!
//! Opening one reads the headers only. Everything that a forward pass relies on is checked here: fields, names, shapes and types of all
//! tensors, and that no file is cut short.

mod adapter;
mod config;
pub(crate) mod elements;
mod family;
mod fields;
mod generation;
mod merge;
pub(crate) mod names;
mod rope;
mod safetensors;
mod weights;

use std::path::{Path, PathBuf};

pub use self::{
    adapter::whole,
    config::{ModelConfig, Window},
    family::{Activation, Architecture, Norm},
    rope::Rope,
    safetensors::TensorLocation,
};
pub(super) use self::{
    fields::Fields,
    generation::eos,
    safetensors::{read_header, write_tensors},
    weights::Tensors,
};
use super::{ModelError, holds, layout};

/// A checkpoint whose files have been checked.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    folder: PathBuf,
    config: ModelConfig,
    eos: Vec<u32>,
    files: Vec<PathBuf>,
    tensors: Tensors,
}

impl Checkpoint {
    /// Opens the checkpoint in `folder`.
    ///
    /// # Errors
    ///
    /// A file is missing, malformed or incomplete, a tensor is missing or of the wrong shape or type, or the model needs what is not
    /// implemented. The error names file and field or tensor.
    pub fn open(folder: &Path) -> Result<Self, ModelError> {
        if holds::adapter(folder) {
            let problem = "it holds a PEFT adapter, which is no whole model: merge it into its base first";
            return Err(ModelError::Weights { path: folder.into(), problem: problem.into() });
        }
        let fields = Fields::read(&folder.join(layout::CONFIG))?;
        let config = ModelConfig::read(&fields)?;
        let eos = eos(folder, &fields, config.vocabulary)?;
        let (files, tensors) = weights::find(folder, &config)?;
        Ok(Self { folder: folder.into(), config, eos, files, tensors })
    }

    /// The checkpoint's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The shape of the model.
    #[must_use]
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// The tokens that end a text.
    #[must_use]
    pub fn eos(&self) -> &[u32] {
        &self.eos
    }

    /// The files that hold the weights.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The place of a tensor, by Hugging Face's name.
    #[must_use]
    pub fn tensor(&self, name: &str) -> Option<&TensorLocation> {
        self.tensors.get(name)
    }

    /// The number of weights.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.tensors.values().map(|tensor| tensor.shape.iter().product::<usize>()).sum()
    }

    /// The name of the first tensor with a value that is no finite number, where there is one: all weights are read.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn first_not_finite(&self) -> Result<Option<&str>, ModelError> {
        for (name, tensor) in &self.tensors {
            if tensor.decode(&tensor.read()?)?.iter().any(|value| !value.is_finite()) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    pub(super) fn tensors(&self) -> &Tensors {
        &self.tensors
    }
}
