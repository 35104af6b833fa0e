//! The kind of model that a folder holds, by the names of its files.

use std::path::{Path, PathBuf};

use super::layout::{ADAPTER, INDEX, WEIGHTS};

/// The names that exporters give the graph.
pub(super) const EXPORTS: [&str; 4] =
    ["model.onnx", "decoder_model_merged.onnx", "onnx/model.onnx", "onnx/decoder_model_merged.onnx"];

/// Whether `folder` holds a checkpoint's weights.
pub(super) fn weights(folder: &Path) -> bool {
    [WEIGHTS, INDEX].iter().any(|name| folder.join(name).exists())
}

/// The ONNX graph in `folder`, where there is one.
pub(super) fn export(folder: &Path) -> Option<PathBuf> {
    EXPORTS.iter().map(|file| folder.join(file)).find(|path| path.exists())
}

/// Whether `folder` holds an adapter and no model of its own.
pub(super) fn adapter(folder: &Path) -> bool {
    folder.join(ADAPTER).exists() && !weights(folder) && export(folder).is_none()
}
