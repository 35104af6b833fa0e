//! Adapters in PEFT's layout: `adapter_config.json` and `adapter_model.safetensors`, low-rank matrices beside a base model's weights.
//!
//! What runs is a whole checkpoint: the products are added to the base's weights once, and the result is kept in the cache, under the digest of
//! everything that it was made from.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
};

use super::{
    super::{
        ModelError, holds,
        layout::{ADAPTER, ADAPTER_WEIGHTS, CONFIG, INDEX, WEIGHTS},
    },
    Checkpoint, Fields, TensorLocation,
    merge::{self, LowRank},
    read_header,
};
use crate::files::{FolderError, NewFolder};

/// A part of the cache's key: it is to be raised when the merged weights become others.
const FORMAT: &[u8] = b"tracewright merged adapter, 1";
/// The ends of the names of files that belong to a checkpoint beside its weights.
const OTHERS: [&str; 4] = ["json", "jinja", "model", "txt"];

/// The folder of the whole checkpoint that `folder` stands for: itself, or for an adapter its base with the adapter merged, made in `cache`
/// unless it is there. `report` gets a line of text when that takes long.
///
/// # Errors
///
/// The adapter is of a kind that cannot be merged, or it or its base is missing or malformed. The error names file and field or tensor.
pub fn whole(folder: &Path, cache: &Path, report: &mut dyn FnMut(&str)) -> Result<PathBuf, ModelError> {
    if !holds::adapter(folder) {
        return Ok(folder.to_owned());
    }
    let config = Config::read(folder)?;
    let base = Checkpoint::open(&config.base)?;
    let products = products(folder, &config, &base)?;
    let others = others(folder, &base)?;
    let place = cache.join("merged").join(key(folder, &base, &others)?);
    if place.exists() {
        return Ok(place);
    }
    report(&format!("merging the adapter {} into {} (once)", folder.display(), config.base.display()));
    let new = match NewFolder::begin(&place) {
        Err(FolderError::Taken { path }) => return Ok(path),
        new => new?,
    };
    for (name, path) in &others {
        fs::copy(path, new.path().join(name)).map_err(ModelError::file(path))?;
    }
    merge::write(base.tensors(), &products, &new.path().join(WEIGHTS))?;
    match new.finish() {
        // Another process was faster, with the same bytes.
        Err(_) if place.exists() => Ok(place),
        done => done.map(|()| place).map_err(Into::into),
    }
}

/// The settings in `adapter_config.json`.
struct Config {
    /// The base model's folder.
    base: PathBuf,
    alpha: f64,
    /// The other values of it, by the ends of modules' names.
    alphas: Vec<(String, f64)>,
    /// Whether products are divided by the root of the rank in place of the rank.
    rooted: bool,
}

impl Config {
    fn read(folder: &Path) -> Result<Self, ModelError> {
        let fields = Fields::read(&folder.join(ADAPTER))?;
        if fields.text("peft_type")? != Some("LORA") {
            return Err(
                fields.unsupported("peft_type", "LORA is; else merge the adapter with PEFT (merge_and_unload) first")
            );
        }
        let merge = "it cannot be merged here; do so with PEFT (merge_and_unload) and take the result";
        for flag in ["use_dora", "use_qalora", "fan_in_fan_out", "lora_bias"] {
            if fields.flag(flag, false)? {
                return Err(fields.unsupported(flag, merge));
            }
        }
        let says_nothing = |value: &serde_json::Value| {
            value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(serde_json::Map::is_empty)
        };
        for list in ["modules_to_save", "trainable_token_indices", "layer_replication", "target_parameters"] {
            if fields.get(list).is_some_and(|value| !says_nothing(value)) {
                return Err(fields.unsupported(list, merge));
            }
        }
        if !matches!(fields.text("bias")?, None | Some("none")) {
            return Err(fields.unsupported("bias", merge));
        }
        let mut alphas = Vec::new();
        if let Some(pattern) = fields.object("alpha_pattern")? {
            for name in pattern.names() {
                // PEFT takes regular expressions; what is none but a dot between names means the same without.
                if !name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.')) {
                    return Err(
                        fields.unsupported("alpha_pattern", "names of modules are; merge the adapter with PEFT first")
                    );
                }
                alphas.push((name.to_owned(), pattern.need_positive(name)?));
            }
        }
        Ok(Self {
            base: base(folder, &fields)?,
            alpha: fields.need_positive("lora_alpha")?,
            alphas,
            rooted: fields.flag("use_rslora", false)?,
        })
    }

    /// The factor of the product of a module's matrices of this rank.
    fn scale(&self, module: &str, rank: usize) -> f32 {
        let is = |end: &str| module.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let alpha = self.alphas.iter().find(|(end, _)| is(end)).map_or(self.alpha, |(_, alpha)| *alpha);
        #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
        let rank = rank as f64;
        #[expect(clippy::cast_possible_truncation, reason = "weights are of 32 bits")]
        let scale = (alpha / if self.rooted { rank.sqrt() } else { rank }) as f32;
        scale
    }
}

/// The base model's folder: the path as it is given, or from the adapter's folder.
fn base(folder: &Path, fields: &Fields) -> Result<PathBuf, ModelError> {
    let field = "base_model_name_or_path";
    let name = fields.text(field)?.ok_or_else(|| fields.missing(field))?;
    let places = [PathBuf::from(name), folder.join(name)];
    if let Some(base) = places.iter().find(|place| place.is_dir()) {
        return Ok(base.clone());
    }
    Err(fields.wrong(
        field,
        "the folder of the base model (seen from here or from the adapter's folder: fetch the model that the adapter was trained on, and give \
         its path there)",
    ))
}

/// The adapter's matrices by the names of the base's weights, checked against them.
fn products(folder: &Path, config: &Config, base: &Checkpoint) -> Result<BTreeMap<String, LowRank>, ModelError> {
    let path = folder.join(ADAPTER_WEIGHTS);
    if !path.exists() && folder.join("adapter_model.bin").exists() {
        let problem = "there is adapter_model.bin but no adapter_model.safetensors: convert it (PEFT's save_pretrained writes safetensors)";
        return Err(ModelError::Weights { path: folder.into(), problem: problem.into() });
    }
    let problem = |problem: String| ModelError::Weights { path: path.clone(), problem };
    let (mut first, mut second) = (BTreeMap::new(), BTreeMap::new());
    for (name, tensor) in read_header(&path)? {
        let module = name.strip_prefix("base_model.model.").unwrap_or(&name);
        let place = match (module.strip_suffix(".lora_A.weight"), module.strip_suffix(".lora_B.weight")) {
            (Some(module), _) => first.insert(module.to_owned(), tensor),
            (_, Some(module)) => second.insert(module.to_owned(), tensor),
            _ => {
                return Err(problem(format!(
                    "tensor {name} is neither lora_A nor lora_B of a linear layer: merge the adapter with PEFT first"
                )));
            }
        };
        if place.is_some() {
            return Err(problem(format!("tensor {name} is there twice")));
        }
    }
    if first.is_empty() && second.is_empty() {
        return Err(problem("there is no tensor in it".to_owned()));
    }
    let mut products = BTreeMap::new();
    for (module, a) in first {
        let b = second.remove(&module).ok_or_else(|| problem(format!("{module} has lora_A but no lora_B")))?;
        let weight = format!("{module}.weight");
        let target = base.tensor(&weight).ok_or_else(|| {
            problem(format!("it changes {weight}, which the base model {} does not have", base.folder().display()))
        })?;
        let fits = |a: &TensorLocation, b: &TensorLocation| match (&a.shape[..], &b.shape[..], &target.shape[..]) {
            ([rank, columns], [rows, other], [target_rows, target_columns]) => {
                rank == other && *rank > 0 && rows == target_rows && columns == target_columns
            }
            _ => false,
        };
        if !fits(&a, &b) {
            return Err(problem(format!(
                "lora_A {:?} and lora_B {:?} of {module} do not fit the base model's {:?}",
                a.shape, b.shape, target.shape
            )));
        }
        let scale = config.scale(&module, a.shape[0]);
        products.insert(weight, LowRank { a, b, scale });
    }
    match second.keys().next() {
        Some(module) => Err(problem(format!("{module} has lora_B but no lora_A"))),
        None => Ok(products),
    }
}

/// The files beside the weights, by name: the base's, and in their place the adapter's (training may add to a tokenizer).
fn others(folder: &Path, base: &Checkpoint) -> Result<BTreeMap<String, PathBuf>, ModelError> {
    let mut files = BTreeMap::new();
    for (folder, skipped) in [(base.folder(), INDEX), (folder, ADAPTER)] {
        for entry in fs::read_dir(folder).map_err(ModelError::file(folder))? {
            let path = entry.map_err(ModelError::file(folder))?.path();
            let kind = path.extension().and_then(|kind| kind.to_str());
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            // The shape of the model is the base's.
            let is_shape = name == CONFIG && files.contains_key(name);
            if kind.is_some_and(|kind| OTHERS.contains(&kind)) && name != skipped && !is_shape && path.is_file() {
                files.insert(name.to_owned(), path);
            }
        }
    }
    Ok(files)
}

/// The digest of everything that the merged checkpoint is made from.
fn key(folder: &Path, base: &Checkpoint, others: &BTreeMap<String, PathBuf>) -> Result<String, ModelError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(FORMAT);
    let adapter = [folder.join(ADAPTER), folder.join(ADAPTER_WEIGHTS)];
    let named = others.iter().map(|(name, path)| (name.as_str(), path));
    let weights = adapter.iter().chain(base.files()).map(|path| ("", path));
    for (name, path) in named.chain(weights) {
        let mut content = blake3::Hasher::new();
        let file = File::open(path).map_err(ModelError::file(path))?;
        content.update_reader(file).map_err(ModelError::file(path))?;
        hasher.update(name.as_bytes()).update(b"\0").update(content.finalize().as_bytes());
    }
    Ok(hasher.finalize().to_hex()[..40].to_owned())
}
