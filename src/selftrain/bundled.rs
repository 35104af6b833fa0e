//! The bundled material: a tiny checkpoint, small repair tasks and a configuration, so that the loop can be seen at work within minutes.
//!
//! `benchmarks/tiny/README.md` says how each file was made, with this program's own commands.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::SelfTrainError;
use crate::files;

/// The bundled files, each with its place below the folder that they are unpacked into.
const FILES: [(&str, &[u8]); 9] = [
    (CONFIG, include_bytes!("../../benchmarks/tiny/demo.toml")),
    ("prompt.jinja", include_bytes!("../../benchmarks/tiny/prompt.jinja")),
    ("train.jsonl.gz", include_bytes!("../../benchmarks/tiny/train.jsonl.gz")),
    ("dev.jsonl", include_bytes!("../../benchmarks/tiny/dev.jsonl")),
    ("test.jsonl", include_bytes!("../../benchmarks/tiny/test.jsonl")),
    ("base/config.json", include_bytes!("../../benchmarks/tiny/base/config.json")),
    ("base/tokenizer.json", include_bytes!("../../benchmarks/tiny/base/tokenizer.json")),
    ("base/model.safetensors", include_bytes!("../../benchmarks/tiny/base/model.safetensors")),
    ("README.md", include_bytes!("../../benchmarks/tiny/README.md")),
];

/// The configuration's name there.
const CONFIG: &str = "next.toml";

/// Writes the bundled files to `folder`, except those that are there with the same content, and returns the configuration's path.
///
/// # Errors
///
/// The system's error.
pub fn unpack(folder: &Path) -> Result<PathBuf, SelfTrainError> {
    for (name, content) in FILES {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|there| there == content) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(SelfTrainError::file(parent))?;
        files::write(&path, content).map_err(SelfTrainError::file(&path))?;
    }
    Ok(folder.join(CONFIG))
}
