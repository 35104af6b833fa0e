//! The header of a GGUF file: its metadata, and where each tensor lies.
//!
//! Versions 2 and 3 of the format, little endian: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>. Every length is checked
//! against what is left of the file before anything is set aside for it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{super::ModelError, quants::Quant};

/// No header comes near this: the largest vocabularies take some ten MiB.
const HEADER_LIMIT: u64 = 256 << 20;
/// The most entries of metadata, tensors, and values in lists, each.
const MOST: u64 = 1 << 22;
/// Lists in lists in lists: no file has more.
const DEEPEST: usize = 3;

/// A value of the metadata.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A whole number of any width.
    Int(i128),
    /// A number of 32 bits.
    F32(f32),
    /// A number of 64 bits.
    F64(f64),
    /// A truth value.
    Bool(bool),
    /// A text.
    Text(String),
    /// Values of one type.
    List(Vec<Value>),
}

/// A tensor of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Info {
    /// The shape, rows before columns: GGUF has them the other way round.
    pub(super) shape: Vec<usize>,
    /// The type of its blocks.
    pub(super) quant: Quant,
    offset: u64,
    length: u64,
}

/// A GGUF file whose header has been read.
#[derive(Debug)]
pub(super) struct Gguf {
    /// The file.
    pub(super) path: PathBuf,
    /// The metadata, by key.
    pub(super) metadata: BTreeMap<String, Value>,
    /// The tensors, by name.
    pub(super) tensors: BTreeMap<String, Info>,
}

impl Gguf {
    /// Reads the header of the file at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ModelError> {
        let file = File::open(path).map_err(ModelError::file(path))?;
        let size = file.metadata().map_err(ModelError::file(path))?.len();
        let mut reader = Reader { file: BufReader::new(file), path, at: 0, size: size.min(HEADER_LIMIT) };
        if reader.bytes(4)? != b"GGUF" {
            return Err(reader.wrong("it is no GGUF file: it does not begin with `GGUF`".to_owned()));
        }
        match reader.u32()? {
            2 | 3 => {}
            version if (1..=3).contains(&version.swap_bytes()) => {
                return Err(
                    reader.wrong("it is big endian: convert the model again for little-endian machines".to_owned())
                );
            }
            version => {
                return Err(
                    reader.wrong(format!("it is of version {version} of the format, but 2 and 3 are supported"))
                );
            }
        }
        let (tensors, entries) = (reader.count(24)?, reader.count(12)?);
        let mut metadata = BTreeMap::new();
        for _ in 0..entries {
            let key = reader.text()?;
            let kind = reader.u32()?;
            let value = reader.value(kind, 0)?;
            if metadata.insert(key.clone(), value).is_some() {
                return Err(reader.wrong(format!("it has `{key}` twice")));
            }
        }
        let mut infos = BTreeMap::new();
        for _ in 0..tensors {
            let (name, info) = reader.tensor()?;
            if infos.insert(name.clone(), info).is_some() {
                return Err(reader.wrong(format!("it has the tensor {name} twice")));
            }
        }
        let alignment = match metadata.get("general.alignment") {
            None => 32,
            Some(Value::Int(alignment)) if (1..=1 << 20).contains(alignment) => u64::try_from(*alignment).unwrap_or(32),
            Some(_) => return Err(reader.wrong("`general.alignment` is no small number above 0".to_owned())),
        };
        let start = reader.at.next_multiple_of(alignment);
        for (name, info) in &mut infos {
            let end = info.offset.checked_add(start).and_then(|from| {
                info.offset = from;
                from.checked_add(info.length)
            });
            if end.is_none_or(|end| end > size) {
                return Err(reader.wrong(format!(
                    "tensor {name} lies beyond its end of {size} bytes: the file is incomplete; fetch it again"
                )));
            }
        }
        Ok(Self { path: path.to_owned(), metadata, tensors: infos })
    }

    /// The elements of a tensor of this file, in 32 bits.
    pub(super) fn read(&self, info: &Info) -> Result<Vec<f32>, ModelError> {
        let failed = || ModelError::file(&self.path);
        let mut file = File::open(&self.path).map_err(failed())?;
        file.seek(SeekFrom::Start(info.offset)).map_err(failed())?;
        let mut bytes = Vec::new();
        file.take(info.length).read_to_end(&mut bytes).map_err(failed())?;
        if bytes.len() as u64 != info.length {
            return Err(self.wrong("it was cut short while it was read"));
        }
        Ok(info.quant.dequantise(&bytes))
    }

    /// The error for a fault of this file.
    pub(super) fn wrong(&self, problem: impl Into<String>) -> ModelError {
        ModelError::Weights { path: self.path.clone(), problem: problem.into() }
    }
}

struct Reader<'a> {
    file: BufReader<File>,
    path: &'a Path,
    at: u64,
    size: u64,
}

impl Reader<'_> {
    fn wrong(&self, problem: String) -> ModelError {
        ModelError::Weights { path: self.path.to_owned(), problem }
    }

    fn incomplete(&self) -> ModelError {
        self.wrong("it ends within its header: the file is incomplete or damaged; fetch it again".to_owned())
    }

    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, ModelError> {
        if length > self.size - self.at {
            return Err(self.incomplete());
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| self.incomplete())?];
        match self.file.read_exact(&mut bytes) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(self.incomplete()),
            done => done.map_err(ModelError::file(self.path))?,
        }
        self.at += length;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        if N as u64 > self.size - self.at {
            return Err(self.incomplete());
        }
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes).map_err(ModelError::file(self.path))?;
        self.at += N as u64;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// The number of things of at least `least` bytes each, which have to be in the rest of the file.
    fn count(&mut self, least: u64) -> Result<u64, ModelError> {
        let count = self.u64()?;
        if count > MOST {
            return Err(self.wrong(format!("its header announces {count} things, which no file has: it is damaged")));
        }
        if count * least > self.size - self.at {
            return Err(self.incomplete());
        }
        Ok(count)
    }

    fn text(&mut self) -> Result<String, ModelError> {
        let length = self.u64()?;
        let bytes = self.bytes(length)?;
        String::from_utf8(bytes).map_err(|_| self.wrong("a text in its header is not UTF-8: it is damaged".to_owned()))
    }

    fn value(&mut self, kind: u32, depth: usize) -> Result<Value, ModelError> {
        Ok(match kind {
            0 => Value::Int(self.array::<1>()?[0].into()),
            1 => Value::Int(i8::from_le_bytes(self.array()?).into()),
            2 => Value::Int(u16::from_le_bytes(self.array()?).into()),
            3 => Value::Int(i16::from_le_bytes(self.array()?).into()),
            4 => Value::Int(self.u32()?.into()),
            5 => Value::Int(i32::from_le_bytes(self.array()?).into()),
            6 => Value::F32(f32::from_le_bytes(self.array()?)),
            7 => Value::Bool(self.array::<1>()?[0] != 0),
            8 => Value::Text(self.text()?),
            9 if depth < DEEPEST => {
                let kind = self.u32()?;
                let least = match kind {
                    0 | 1 | 7 => 1,
                    2 | 3 => 2,
                    4..=6 => 4,
                    _ => 8,
                };
                let count = self.count(least)?;
                let values = (0..count).map(|_| self.value(kind, depth + 1));
                Value::List(values.collect::<Result<_, _>>()?)
            }
            10 => Value::Int(self.u64()?.into()),
            11 => Value::Int(i64::from_le_bytes(self.array()?).into()),
            12 => Value::F64(f64::from_le_bytes(self.array()?)),
            _ => return Err(self.wrong(format!("its header has a value of the unknown type {kind}: it is damaged"))),
        })
    }

    fn tensor(&mut self) -> Result<(String, Info), ModelError> {
        let name = self.text()?;
        let dimensions = self.u32()?;
        if !(1..=4).contains(&dimensions) {
            return Err(self.wrong(format!("tensor {name} has {dimensions} dimensions: it is damaged")));
        }
        let mut sizes = (0..dimensions).map(|_| self.u64()).collect::<Result<Vec<_>, _>>()?;
        let code = self.u32()?;
        let offset = self.u64()?;
        let quant = Quant::of(code).map_err(|kind| {
            self.wrong(format!(
                "tensor {name} is of type {kind}; {} are supported: take another edition of the model",
                Quant::names()
            ))
        })?;
        let (elements, bytes) = quant.block();
        let count = sizes.iter().try_fold(1_u64, |count, size| count.checked_mul(*size));
        let Some(count) = count.filter(|count| *count > 0 && sizes[0] % elements as u64 == 0 && *count < 1 << 48)
        else {
            return Err(
                self.wrong(format!("tensor {name} has the shape {sizes:?}, which its type cannot have: it is damaged"))
            );
        };
        sizes.reverse();
        let shape = sizes.into_iter().map(usize::try_from).collect::<Result<_, _>>();
        let shape = shape.map_err(|_| self.wrong(format!("tensor {name} is too large for this machine")))?;
        Ok((name, Info { shape, quant, offset, length: count / elements as u64 * bytes as u64 }))
    }
}
