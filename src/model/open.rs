//! A model from a folder, whichever kind it holds.

use std::path::Path;

use super::{Checkpoint, ExportedModel, Forward, LoadOptions, LocalModel, ModelError, Runtime, holds};

/// A loaded model.
pub struct Opened {
    /// The model.
    pub model: Box<dyn Forward + Send>,
    /// The tokens that end a text.
    pub eos: Vec<u32>,
}

/// Whether [`open()`] will take the ONNX export in `folder`: there is one, and no safetensors.
#[must_use]
pub fn is_export(folder: &Path) -> bool {
    holds::export(folder).is_some() && !holds::weights(folder)
}

/// Loads the checkpoint in `folder` or, where there are no safetensors, the ONNX export. `report` gets a line of text when something
/// takes long.
///
/// # Errors
///
/// The errors of [`Checkpoint::open`] and [`LocalModel::load`], or of [`ExportedModel::load`].
pub fn open(
    folder: &Path,
    runtime: &Runtime,
    options: &LoadOptions,
    report: &mut dyn FnMut(&str),
) -> Result<Opened, ModelError> {
    if is_export(folder) {
        let model = ExportedModel::load(folder, runtime, options)?;
        return Ok(Opened { eos: model.eos().to_owned(), model: Box::new(model) });
    }
    let checkpoint = Checkpoint::open(folder)?;
    let model = LocalModel::load(&checkpoint, runtime, options, report)?;
    Ok(Opened { eos: checkpoint.eos().to_owned(), model: Box::new(model) })
}
