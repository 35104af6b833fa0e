//! Safetensors files: where each tensor lies, and how one is written. The weights themselves are read one tensor at a time, by who needs them.

use std::{
    cmp::Reverse,
    fs::File,
    io::{BufWriter, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use safetensors::tensor::{Dtype, Metadata};
use serde_json::{Map, Value, json};

use super::{super::ModelError, elements};
use crate::files::NewFile;

/// No real header comes near this; the format's own library has the same limit.
const HEADER_LIMIT: u64 = 100_000_000;

/// The place of a tensor in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorLocation {
    /// The file.
    pub file: PathBuf,
    /// The type of its elements.
    pub dtype: Dtype,
    /// The tensor's shape.
    pub shape: Vec<usize>,
    /// The first byte, from the start of the file.
    pub offset: u64,
    /// The number of bytes.
    pub length: u64,
}

impl TensorLocation {
    /// The bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, ModelError> {
        let failed = || ModelError::file(&self.file);
        let mut file = File::open(&self.file).map_err(failed())?;
        file.seek(SeekFrom::Start(self.offset)).map_err(failed())?;
        let mut bytes = vec![];
        file.take(self.length).read_to_end(&mut bytes).map_err(failed())?;
        if bytes.len() as u64 != self.length {
            let problem = "it was cut short while it was read".to_owned();
            return Err(ModelError::Weights { path: self.file.clone(), problem });
        }
        Ok(bytes)
    }

    /// The tensor that was read, in 32 bits.
    pub(crate) fn decode(&self, bytes: &[u8]) -> Result<Vec<f32>, ModelError> {
        elements::decode(bytes, self.dtype).ok_or_else(|| self.unsupported())
    }

    /// The error for elements of another type.
    pub(super) fn unsupported(&self) -> ModelError {
        let problem = format!("type {:?} is not supported; F32, F16 and BF16 are", self.dtype);
        ModelError::Weights { path: self.file.clone(), problem }
    }
}

/// Reads the header of a safetensors file and checks that the file holds what the header says.
pub(in super::super) fn read_header(path: &Path) -> Result<Vec<(String, TensorLocation)>, ModelError> {
    let problem = |problem: String| ModelError::Weights { path: path.into(), problem };
    let incomplete = || problem("it ends within its header: the file is incomplete; fetch it again".into());
    let mut file = File::open(path).map_err(ModelError::file(path))?;
    let size = file.metadata().map_err(ModelError::file(path))?.len();
    let mut prefix = [0; 8];
    let mut read = |buffer: &mut [u8]| match file.read_exact(buffer) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(incomplete()),
        other => other.map_err(ModelError::file(path)),
    };
    read(&mut prefix)?;
    let length = u64::from_le_bytes(prefix);
    if prefix.starts_with(b"version ") {
        return Err(problem("it is a Git LFS pointer, not the weights: fetch the file itself (git lfs pull)".into()));
    }
    if length > HEADER_LIMIT {
        return Err(problem(format!("its first 8 bytes announce a header of {length} bytes: not a safetensors file")));
    }
    if length > size.saturating_sub(8) {
        return Err(incomplete());
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most HEADER_LIMIT")]
    let mut header = vec![0; length as usize];
    read(&mut header)?;
    let metadata: Metadata = serde_json::from_slice(&header)
        .map_err(|error| problem(format!("its header is not one of a safetensors file: {error}")))?;
    let start = 8 + length;
    // A tensor of single bytes may be said to fill all of 64 bits.
    let wanted = start.saturating_add(metadata.data_len() as u64);
    if wanted > size {
        return Err(problem(format!(
            "its header describes {wanted} bytes, but the file has {size}: it is incomplete; fetch it again"
        )));
    }
    if wanted < size {
        return Err(problem(format!(
            "its header describes {wanted} bytes, but the file has {size}: it is damaged; fetch it again"
        )));
    }
    let locate = |(name, info): (String, &safetensors::tensor::TensorInfo)| {
        let (from, to) = info.data_offsets;
        let location = TensorLocation {
            file: path.into(),
            dtype: info.dtype,
            shape: info.shape.clone(),
            offset: start + from as u64,
            length: (to - from) as u64,
        };
        (name, location)
    };
    let mut tensors = metadata.tensors().into_iter().map(locate).collect::<Vec<_>>();
    tensors.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(tensors)
}

/// Writes a safetensors file of tensors with these names, types and shapes, whose bytes `fill` gives: one after another, so that no more than one
/// is in memory.
pub(in super::super) fn write_tensors(
    path: &Path,
    mut tensors: Vec<(String, Dtype, Vec<usize>)>,
    fill: &mut dyn FnMut(&str) -> Result<Vec<u8>, ModelError>,
) -> Result<(), ModelError> {
    // Each begins at a multiple of its elements' size.
    tensors.sort_by(|(a, kind, _), (b, other, _)| (Reverse(kind.bitsize()), a).cmp(&(Reverse(other.bitsize()), b)));
    let mut header = Map::new();
    header.insert("__metadata__".to_owned(), json!({"format": "pt"}));
    let mut offset = 0;
    for (name, dtype, shape) in &tensors {
        let end = offset + shape.iter().product::<usize>() * dtype.bitsize() / 8;
        header.insert(name.clone(), json!({"dtype": dtype, "shape": shape, "data_offsets": [offset, end]}));
        offset = end;
    }
    let mut header = Value::Object(header).to_string();
    header.extend(std::iter::repeat_n(' ', header.len().next_multiple_of(8) - header.len()));
    let new = NewFile::begin(path).map_err(ModelError::file(path))?;
    let mut out = BufWriter::new(new.file());
    let mut put = |bytes: &[u8]| out.write_all(bytes).map_err(ModelError::file(path));
    put(&(header.len() as u64).to_le_bytes())?;
    put(header.as_bytes())?;
    for (name, ..) in &tensors {
        put(&fill(name)?)?;
    }
    out.flush().map_err(ModelError::file(path))?;
    drop(out);
    new.finish().map_err(ModelError::file(path))
}
