//! The sources of a graph's weights, as ONNX Runtime wants to be told of them: paths below one folder.
//!
//! Files are named by their canonical paths, since a checkpoint in a Hugging Face cache consists of links that lead out of its folder,
//! which the runtime refuses to follow.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use safetensors::tensor::Dtype;

use super::{
    ModelError,
    checkpoint::{Checkpoint, TensorLocation, Tensors},
    onnx::Element,
    quantize,
};

/// The tensors of a checkpoint and those that replace some of them.
pub(super) struct Sources<'a> {
    checkpoint: &'a Checkpoint,
    quantised: Option<&'a Tensors>,
    folder: PathBuf,
    /// The path of each file below `folder`.
    locations: HashMap<&'a Path, String>,
}

impl<'a> Sources<'a> {
    /// Takes the weights of `checkpoint`, and `quantised` ones where there are any.
    pub(super) fn new(checkpoint: &'a Checkpoint, quantised: Option<&'a Tensors>) -> Result<Self, ModelError> {
        let tensors = checkpoint.tensors().values().chain(quantised.iter().flat_map(|tensors| tensors.values()));
        let mut files = HashMap::<&Path, PathBuf>::new();
        for tensor in tensors {
            if !files.contains_key(&*tensor.file) {
                files.insert(&tensor.file, fs::canonicalize(&tensor.file).map_err(ModelError::file(&tensor.file))?);
            }
        }
        let mut folder = files.values().next().and_then(|file| file.parent()).unwrap_or(Path::new("")).to_owned();
        while !files.values().all(|file| file.starts_with(&folder)) {
            if !folder.pop() {
                return Err(ModelError::Request(
                    "the checkpoint and the cache of quantised weights must be on one drive".into(),
                ));
            }
        }
        let relative = |(file, canonical): (&'a Path, PathBuf)| {
            let problem =
                || ModelError::Weights { path: file.into(), problem: "its path is not UTF-8: rename it".into() };
            let location = canonical.strip_prefix(&folder).unwrap_or(&canonical);
            Ok((file, location.to_str().ok_or_else(problem)?.replace('\\', "/")))
        };
        let locations = files.into_iter().map(relative).collect::<Result<_, ModelError>>()?;
        Ok(Self { checkpoint, quantised, folder, locations })
    }

    /// The folder that locations are relative to.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A tensor's place: its file's path below the folder, the tensor, its type.
    pub(super) fn find(&self, name: &str) -> Result<(&str, &TensorLocation, Element), ModelError> {
        let tensor = self.tensor(name).and_then(|tensor| Some((self.locations.get(&*tensor.file)?, tensor)));
        let Some((location, tensor)) = tensor else {
            return Err(ModelError::Weights {
                path: self.checkpoint.folder().into(),
                problem: format!("tensor {name} is missing"),
            });
        };
        Ok((location, tensor, element(tensor.dtype)))
    }

    /// The type of a tensor in its file.
    pub(super) fn element(&self, name: &str) -> Option<Element> {
        self.tensor(name).map(|tensor| element(tensor.dtype))
    }

    /// The rows and columns of a weight that has been quantised.
    pub(super) fn quantised_shape(&self, weight: &str) -> Option<[usize; 2]> {
        self.quantised?.get(&quantize::names(weight).0)?;
        self.checkpoint.tensor(weight)?.shape.clone().try_into().ok()
    }

    fn tensor(&self, name: &str) -> Option<&TensorLocation> {
        self.quantised.and_then(|tensors| tensors.get(name)).or_else(|| self.checkpoint.tensor(name))
    }
}

fn element(dtype: Dtype) -> Element {
    match dtype {
        Dtype::F32 => Element::Float,
        Dtype::F16 => Element::Float16,
        Dtype::BF16 => Element::Bfloat16,
        Dtype::U8 => Element::Uint8,
        _ => Element::Undefined,
    }
}
