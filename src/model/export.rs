//! A checkpoint with its graph on disk, for other programs: ONNX Runtime opens the graph, whose weights are those of the safetensors files
//! beside it.

use std::{fs, path::Path};

use super::{Checkpoint, ModelError, graph::decoder, sources::Sources};

/// The graph's file.
pub const GRAPH: &str = "decoder.onnx";

/// Copies the files of `checkpoint` to the folder `out`, which must not exist, and writes the graph that [`LocalModel`](super::LocalModel) runs
/// beside them. The folder gets its name when all is written.
///
/// # Errors
///
/// `out` is there, or a file cannot be read or written.
pub fn export(checkpoint: &Checkpoint, out: &Path) -> Result<(), ModelError> {
    if out.exists() {
        let source = std::io::Error::new(std::io::ErrorKind::AlreadyExists, "it exists already; name another folder");
        return Err(ModelError::File { path: out.into(), source });
    }
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(ModelError::file(parent))?;
    let temporary =
        tempfile::Builder::new().prefix(".partial-").tempdir_in(parent).map_err(ModelError::file(parent))?;
    let folder = checkpoint.folder();
    for entry in fs::read_dir(folder).map_err(ModelError::file(folder))? {
        let path = entry.map_err(ModelError::file(folder))?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::copy(&path, temporary.path().join(name)).map_err(ModelError::file(&path))?;
        }
    }
    let copy = Checkpoint::open(temporary.path())?;
    let graph = decoder(copy.config(), &Sources::new(&copy, None)?)?;
    let file = temporary.path().join(GRAPH);
    fs::write(&file, graph).map_err(ModelError::file(&file))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary folders are private; results are like other folders.
        let permissions = fs::Permissions::from_mode(0o755);
        fs::set_permissions(temporary.path(), permissions).map_err(ModelError::file(out))?;
    }
    fs::rename(temporary.keep(), out).map_err(ModelError::file(out))
}
