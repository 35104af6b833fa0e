//! The weights of a checkpoint: which tensors there must be, and where they lie.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use safetensors::tensor::Dtype;

use super::{
    super::{
        ModelError,
        layout::{INDEX, WEIGHTS},
    },
    config::ModelConfig,
    fields::Fields,
    names,
    safetensors::{TensorLocation, read_header},
};

/// The tensors by Hugging Face's names.
pub(in super::super) type Tensors = BTreeMap<String, TensorLocation>;

/// Finds all tensors of the checkpoint in `folder` and checks them against its configuration.
pub(super) fn find(folder: &Path, config: &ModelConfig) -> Result<(Vec<PathBuf>, Tensors), ModelError> {
    let index = folder.join(INDEX);
    let single = folder.join(WEIGHTS);
    let (listing, files, mut tensors) = if single.exists() {
        (single.clone(), vec![single.clone()], read_header(&single)?.into_iter().collect())
    } else if index.exists() {
        let (files, tensors) = sharded(folder, &index)?;
        (index, files, tensors)
    } else {
        let other = ["pytorch_model.bin", "pytorch_model.bin.index.json", "consolidated.00.pth"];
        let problem = match other.iter().find(|name| folder.join(name).exists()) {
            Some(name) => format!(
                "there is {name} but no model.safetensors: convert it (transformers' save_pretrained writes safetensors)"
            ),
            None => "there is neither model.safetensors nor model.safetensors.index.json".into(),
        };
        return Err(ModelError::Weights { path: folder.into(), problem });
    };
    split(&mut tensors, config)?;
    check(&listing, &tensors, config)?;
    Ok((files, tensors))
}

/// Follows the index of a checkpoint in several files.
fn sharded(folder: &Path, index: &Path) -> Result<(Vec<PathBuf>, Tensors), ModelError> {
    let fields = Fields::read(index)?;
    let map = fields.object("weight_map")?.ok_or_else(|| fields.missing("weight_map"))?;
    let mut shards = BTreeMap::<&str, Tensors>::new();
    let mut tensors = Tensors::new();
    for name in map.names() {
        let file = map.text(name)?.ok_or_else(|| map.missing(name))?;
        if Path::new(file).file_name() != Some(file.as_ref()) {
            return Err(map.wrong(name, "the name of a file beside the index"));
        }
        let path = folder.join(file);
        let shard = match shards.entry(file) {
            std::collections::btree_map::Entry::Occupied(shard) => shard.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                if !path.exists() {
                    return Err(ModelError::Weights {
                        path,
                        problem: "this part of the checkpoint is missing; fetch it".into(),
                    });
                }
                place.insert(read_header(&path)?.into_iter().collect())
            }
        };
        let location = shard.remove(name).ok_or_else(|| ModelError::Weights {
            path: path.clone(),
            problem: format!("tensor {name} is not in it, but model.safetensors.index.json says so"),
        })?;
        tensors.insert(name.to_owned(), location);
    }
    Ok((shards.into_keys().map(|file| folder.join(file)).collect(), tensors))
}

/// Takes tensors of several projections apart: rows lie one behind the other, so that each part is a place in the file too.
fn split(tensors: &mut Tensors, config: &ModelConfig) -> Result<(), ModelError> {
    let fused: Vec<_> = tensors.keys().filter_map(|name| Some((name.clone(), names::parts(config, name)?))).collect();
    let projections = names::projections(config);
    for (name, parts) in fused {
        let Some(whole) = tensors.remove(&name) else { continue };
        let rows = |part: &str| {
            let module = part.strip_suffix(".weight").unwrap_or(part);
            projections.iter().find(|one| module.ends_with(one.module)).map_or(0, |one| one.rows)
        };
        let expected: usize = parts.iter().map(|part| rows(part)).sum();
        let &[found, columns] = &whole.shape[..] else {
            return Err(ModelError::Weights { path: whole.file, problem: format!("tensor {name} is no matrix") });
        };
        if found != expected || found == 0 {
            let problem = format!("tensor {name} has {found} rows, but config.json makes it {expected}");
            return Err(ModelError::Weights { path: whole.file, problem });
        }
        let row = whole.length / found as u64;
        let mut offset = whole.offset;
        for part in parts {
            let rows = rows(&part);
            let length = row * rows as u64;
            tensors.insert(part, TensorLocation { shape: vec![rows, columns], offset, length, ..whole.clone() });
            offset += length;
        }
    }
    Ok(())
}

fn check(listing: &Path, tensors: &Tensors, config: &ModelConfig) -> Result<(), ModelError> {
    let mut known = BTreeSet::new();
    for slot in names::slots(config) {
        let (shape, name) = (slot.shape(), slot.name);
        let Some(tensor) = tensors.get(&name) else {
            let hint = match name.as_str() {
                "lm_head.weight" => " (config.json says tie_word_embeddings is false)",
                _ if tensors.keys().all(|name| !name.starts_with("model.")) => {
                    " (no name begins with `model.`: was the checkpoint saved without its language-model head?)"
                }
                _ => "",
            };
            return Err(ModelError::Weights {
                path: listing.into(),
                problem: format!("tensor {name} is missing{hint}"),
            });
        };
        let problem = |problem: String| Err(ModelError::Weights { path: tensor.file.clone(), problem });
        if tensor.shape != shape {
            let hint = if tensor.shape.get(1) == shape.get(1)
                && matches!(name.as_str(), "model.embed_tokens.weight" | "lm_head.weight")
            {
                format!(" (config.json says vocab_size is {})", config.vocabulary)
            } else {
                String::new()
            };
            return problem(format!(
                "tensor {name} has shape {:?}, but config.json makes it {shape:?}{hint}",
                tensor.shape
            ));
        }
        if !matches!(tensor.dtype, Dtype::F32 | Dtype::F16 | Dtype::BF16) {
            return problem(format!("tensor {name} is of type {:?}; F32, F16 and BF16 are supported", tensor.dtype));
        }
        known.insert(name);
    }
    // A weight that would be ignored means that the model is not what its configuration says.
    let stray = |name: &&String| {
        name.starts_with("model.layers.") && !known.contains(*name) && !name.ends_with(".rotary_emb.inv_freq")
    };
    if let Some(name) = tensors.keys().find(stray) {
        let problem = format!("tensor {name} has no place in the model that config.json describes");
        return Err(ModelError::Weights { path: tensors[name].file.clone(), problem });
    }
    Ok(())
}
