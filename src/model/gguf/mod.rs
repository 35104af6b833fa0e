//! GGUF files, llama.cpp's form of a model: made into a checkpoint in Hugging Face's layout, which is what everything else opens.
//!
//! A file has metadata, a tokenizer and tensors, mostly quantised. Weights are written in 32 bits where any is quantised, so that nothing is rounded
//! once more; it takes the disk that it takes.

mod config;
mod header;
mod metadata;
mod quants;
mod rope;
#[cfg(test)]
mod tests;
mod tokenizer;
mod weights;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use safetensors::tensor::Dtype;

use self::{config::Family, header::Gguf};
use super::{Checkpoint, ModelError, layout};
use crate::files::{self, FolderError, NewFolder};

/// A part of the cache's key: it is to be raised when the same file becomes another checkpoint.
const FORMAT: &[u8] = b"tracewright imported GGUF, 1";

/// The type of an imported checkpoint's weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportType {
    /// 32-bit floats.
    F32,
    /// 16-bit floats.
    F16,
    /// bfloat16.
    Bf16,
}

impl ImportType {
    fn dtype(self) -> Dtype {
        match self {
            Self::F32 => Dtype::F32,
            Self::F16 => Dtype::F16,
            Self::Bf16 => Dtype::BF16,
        }
    }
}

/// Whether `path` names a GGUF file, be it there or not.
#[must_use]
pub fn is_gguf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gguf")) && !path.is_dir()
}

/// Writes the GGUF file as a checkpoint to the new folder `out`. Without a type, the weights get the file's own, or 32 bits where they are
/// quantised.
///
/// # Errors
///
/// The file is damaged, or of a family, type or tokenizer that is not supported; the error names it. Nothing is left behind.
pub fn import(file: &Path, out: &Path, kind: Option<ImportType>) -> Result<(), ModelError> {
    let gguf = Gguf::open(file)?;
    if gguf.count("split.count")?.is_some_and(|count| count > 1) {
        return Err(gguf.wrong("it is one of several parts: put them together first (llama-gguf-split --merge)"));
    }
    let family = Family::of(&gguf)?;
    let heads = config::heads(&gguf, family)?;
    let dtype = kind.map_or_else(|| weights::usual_type(&gguf), ImportType::dtype);
    let name = match dtype {
        Dtype::F16 => "float16",
        Dtype::BF16 => "bfloat16",
        _ => "float32",
    };
    let config = config::config(&gguf, family, name)?;
    let new = NewFolder::begin(out)?;
    let put = |name: &str, value: &serde_json::Value| {
        let path = new.path().join(name);
        files::write(&path, format!("{value:#}\n").as_bytes()).map_err(ModelError::file(path))
    };
    put(layout::CONFIG, &config)?;
    put("generation_config.json", &config::generation(&gguf)?)?;
    let tokenizer = tokenizer::tokenizer(&gguf)?;
    put(layout::TOKENIZER, &tokenizer)?;
    put("tokenizer_config.json", &tokenizer::settings(&gguf)?)?;
    tokenizer::check(&gguf, &tokenizer)?;
    weights::write(&gguf, family, heads, dtype, &new.path().join(layout::WEIGHTS))?;
    // What is missing or does not fit is said of the file that it came from.
    Checkpoint::open(new.path()).map_err(|error| gguf.wrong(format!("it makes no checkpoint: {}", plainly(&error))))?;
    Ok(new.finish()?)
}

/// The fault without the path of a file that is gone by then.
fn plainly(error: &ModelError) -> String {
    match error {
        ModelError::Weights { problem, .. } | ModelError::Config { problem, .. } => problem.clone(),
        ModelError::Unsupported { field, value, supported, .. } => format!("`{field}` is {value}: {supported}"),
        other => other.to_string(),
    }
}

/// The folder of the checkpoint that the GGUF file stands for, made in `cache` unless it is there. `report` gets a line of text when that takes
/// long.
///
/// # Errors
///
/// As of [`import`].
pub fn imported(file: &Path, cache: &Path, report: &mut dyn FnMut(&str)) -> Result<PathBuf, ModelError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(FORMAT);
    hasher.update_reader(File::open(file).map_err(ModelError::file(file))?).map_err(ModelError::file(file))?;
    let folder = cache.join("imported");
    let place = folder.join(&hasher.finalize().to_hex()[..40]);
    if place.exists() {
        return Ok(place);
    }
    report(&format!("importing {} (once)", file.display()));
    fs::create_dir_all(&folder).map_err(ModelError::file(&folder))?;
    match import(file, &place, None) {
        // Another process was faster, with the same bytes.
        Err(ModelError::Folder(FolderError::Taken { .. } | FolderError::Io { .. })) if place.exists() => Ok(place),
        done => done.map(|()| place),
    }
}
