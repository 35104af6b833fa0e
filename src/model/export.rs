//! A checkpoint with its graph on disk, for other programs: ONNX Runtime opens the graph, whose weights are those of the safetensors files
//! beside it.

use std::{fs, path::Path};

use super::{Checkpoint, ModelError, graph::decoder, sources::Sources};
use crate::files::{self, NewFolder};

/// The graph's file.
pub const GRAPH: &str = "decoder.onnx";

/// Copies the files of `checkpoint` to the folder `out`, which must not exist, and writes the graph that [`LocalModel`](super::LocalModel) runs
/// beside them. The folder gets its name when all is written.
///
/// # Errors
///
/// `out` is there, or a file cannot be read or written.
pub fn export(checkpoint: &Checkpoint, out: &Path) -> Result<(), ModelError> {
    let new = NewFolder::begin(out)?;
    let folder = checkpoint.folder();
    for entry in fs::read_dir(folder).map_err(ModelError::file(folder))? {
        let path = entry.map_err(ModelError::file(folder))?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::copy(&path, new.path().join(name)).map_err(ModelError::file(&path))?;
        }
    }
    let copy = Checkpoint::open(new.path())?;
    let config = copy.config().within(copy.config().context);
    let graph = decoder(&config, &Sources::new(&copy, None)?)?;
    let file = new.path().join(GRAPH);
    files::write(&file, &graph).map_err(ModelError::file(&file))?;
    Ok(new.finish()?)
}
