//! Trained weights as a checkpoint like the one they came from.

use std::{
    borrow::Cow,
    fs,
    path::{Path, PathBuf},
};

use burn::tensor::Tensor;
use safetensors::{SafeTensors, View, tensor::Dtype};
use serde_json::{Value, json};

use super::{
    TrainError,
    files::{Encoded, write_bytes, write_tensors},
    lora,
    options::{Lora, Precision},
    weights::{self, Weights},
};
use crate::{
    files::{NewFolder, read_text},
    model::{Checkpoint, layout, names},
};

/// A trained model, as it is written.
pub(super) struct Trained<'a> {
    /// The checkpoint that it came from.
    pub(super) source: &'a Checkpoint,
    /// All weights, adapters merged.
    pub(super) weights: &'a Weights,
    /// Adapters to write beside them.
    pub(super) adapters: Option<(&'a Lora, &'a Weights)>,
    /// The type of what is written.
    pub(super) precision: Precision,
}

/// Writes the checkpoint: weight files of the same names with the same tensors, and every other file of the folder as it is. Adapters go
/// to the folder `adapter`. The folder gets its name when all is written.
pub(super) fn write(trained: &Trained<'_>, out: &Path) -> Result<(), TrainError> {
    let new = NewFolder::begin(out)?;
    copy_others(trained, new.path())?;
    let mut total = 0;
    for file in trained.source.files() {
        total += write_shard(trained, file, new.path())?;
    }
    copy_index(trained, new.path(), total)?;
    if let Some((lora, adapters)) = trained.adapters {
        write_adapters(trained.source, lora, adapters, &new.path().join("adapter"))?;
    }
    Ok(new.finish()?)
}

fn copy_others(trained: &Trained<'_>, folder: &Path) -> Result<(), TrainError> {
    let source = trained.source.folder();
    for entry in fs::read_dir(source).map_err(TrainError::file(source))? {
        let path = entry.map_err(TrainError::file(source))?.path();
        let Some(name) = path.file_name() else { continue };
        let weights = path.extension().is_some_and(|extension| extension == "safetensors");
        // Links are followed, as in the cache of Hugging Face's hub; folders are other people's.
        if weights || name == layout::INDEX || !path.is_file() {
            continue;
        }
        let target = folder.join(name);
        match dtype_name(trained.precision).filter(|_| name == layout::CONFIG) {
            Some(dtype) => write_config(&path, &target, dtype)?,
            None => drop(fs::copy(&path, &target).map_err(TrainError::file(&target))?),
        }
    }
    Ok(())
}

/// The name of the type in `config.json`; nothing for each tensor's own.
fn dtype_name(precision: Precision) -> Option<&'static str> {
    match precision {
        Precision::Source => None,
        Precision::F32 => Some("float32"),
        Precision::Bf16 => Some("bfloat16"),
    }
}

/// The `config.json` that says what type the weights have now.
fn write_config(path: &Path, target: &Path, dtype: &str) -> Result<(), TrainError> {
    let mut config = read_json(path)?;
    if let Some(fields) = config.as_object_mut() {
        for name in ["torch_dtype", "dtype"] {
            if let Some(value) = fields.get_mut(name) {
                *value = json!(dtype);
            }
        }
    }
    write_json(target, &config)
}

fn copy_index(trained: &Trained<'_>, folder: &Path, total: usize) -> Result<(), TrainError> {
    let source = trained.source.folder().join(layout::INDEX);
    if trained.source.files().len() < 2 && !source.exists() {
        return Ok(());
    }
    let mut index = read_json(&source)?;
    if let Some(size) = index.pointer_mut("/metadata/total_size") {
        *size = json!(total);
    }
    write_json(&folder.join(layout::INDEX), &index)
}

fn read_json(path: &Path) -> Result<Value, TrainError> {
    let text = read_text(path).map_err(TrainError::file(path))?;
    serde_json::from_str(&text).map_err(|error| TrainError::format(path, error.to_string()))
}

fn write_json(path: &Path, value: &Value) -> Result<(), TrainError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| TrainError::format(path, error.to_string()))?;
    text.push(b'\n');
    write_bytes(path, &text)
}

/// A tensor of a weight file: trained, or something that this module does not know and hands on.
enum Part<'a> {
    Trained(Box<Encoded<'a>>),
    Other { dtype: Dtype, shape: Vec<usize>, data: &'a [u8] },
}

impl View for Part<'_> {
    fn dtype(&self) -> Dtype {
        match self {
            Self::Trained(tensor) => tensor.dtype,
            Self::Other { dtype, .. } => *dtype,
        }
    }

    fn shape(&self) -> &[usize] {
        match self {
            Self::Trained(tensor) => &tensor.shape,
            Self::Other { shape, .. } => shape,
        }
    }

    fn data(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Trained(tensor) => tensor.data(),
            Self::Other { data, .. } => Cow::Borrowed(data),
        }
    }

    fn data_len(&self) -> usize {
        match self {
            Self::Trained(tensor) => tensor.data_len(),
            Self::Other { data, .. } => data.len(),
        }
    }
}

/// Writes one weight file and returns the bytes of its tensors.
fn write_shard(trained: &Trained<'_>, file: &Path, folder: &Path) -> Result<usize, TrainError> {
    let bytes = fs::read(file).map_err(TrainError::file(file))?;
    let wrong = |error: safetensors::SafeTensorError| TrainError::format(file, error.to_string());
    let (_, metadata) = SafeTensors::read_metadata(&bytes).map_err(wrong)?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(wrong)?;
    let mut parts = vec![];
    for (name, view) in tensors.iter() {
        // A tied model may have its output layer in the file all the same.
        let source = if name == names::HEAD { weights::head(trained.source.config()) } else { name };
        let (dtype, shape) = (view.dtype(), view.shape().to_vec());
        let fused = names::parts(trained.source.config(), source).and_then(|parts| {
            let parts = parts.iter().map(|part| trained.weights.get(part).cloned()).collect::<Option<Vec<_>>>()?;
            Some(Cow::Owned(Tensor::cat(parts, 0)))
        });
        let part = match trained.weights.get(source).map(Cow::Borrowed).or(fused) {
            Some(tensor) => {
                let dtype = match trained.precision {
                    Precision::Source => dtype,
                    Precision::F32 => Dtype::F32,
                    Precision::Bf16 => Dtype::BF16,
                };
                Part::Trained(Box::new(Encoded { tensor, shape, dtype }))
            }
            None => Part::Other { dtype, shape, data: view.data() },
        };
        parts.push((name.to_owned(), part));
    }
    let total = parts.iter().map(|(_, part)| part.data_len()).sum();
    let name = file.file_name().map_or_else(|| PathBuf::from(layout::WEIGHTS), PathBuf::from);
    // Several entries would be written in no fixed order.
    let metadata = metadata.metadata().clone().filter(|entries| entries.len() == 1);
    write_tensors(&folder.join(name), parts, metadata)?;
    Ok(total)
}

/// Adapters as PEFT's `save_pretrained` lays them out.
fn write_adapters(source: &Checkpoint, lora: &Lora, adapters: &Weights, folder: &Path) -> Result<(), TrainError> {
    fs::create_dir(folder).map_err(TrainError::file(folder))?;
    let tensors = adapters.iter().map(|(name, tensor)| {
        let encoded = Encoded { tensor: Cow::Borrowed(tensor), shape: tensor.dims().to_vec(), dtype: Dtype::F32 };
        (format!("base_model.model.{name}"), encoded)
    });
    let format = [("format".to_owned(), "pt".to_owned())].into();
    write_tensors(&folder.join(layout::ADAPTER_WEIGHTS), tensors.collect(), Some(format))?;
    let config = json!({
        "base_model_name_or_path": source.folder().to_string_lossy(),
        "bias": "none",
        "fan_in_fan_out": false,
        "inference_mode": true,
        "init_lora_weights": true,
        "lora_alpha": lora.alpha,
        "lora_dropout": 0.0,
        "modules_to_save": null,
        "peft_type": "LORA",
        "r": lora.rank,
        "target_modules": lora::modules(source.config(), lora),
        "task_type": "CAUSAL_LM",
    });
    write_json(&folder.join(layout::ADAPTER), &config)
}
