//! Ready-made ONNX exports in optimum's layout: `model.onnx` or `decoder_model_merged.onnx` with `past_key_values.*`, beside `config.json`.
//!
//! Their caches grow by concatenation: every step copies them. Rows run one after another, so a row's logits do not depend on others;
//! a lone token gets a second one behind it, whose results are dropped, for the reason given in the parent module.
//! Whether the cuts of a sequence can then change the last bits depends on the graph that somebody else made. This is for
//! models that exist in no other form; a [`Checkpoint`](super::Checkpoint) is several times faster.

use std::path::{Path, PathBuf};

use ort::{
    session::{Session, SessionInputValue},
    value::{Tensor, TensorElementType, ValueType},
};

use super::{
    ModelError, check,
    checkpoint::{Fields, eos},
    forward::{Forward, Row},
    holds, layout,
    onnx::signed,
    options::{LoadOptions, Weights},
    runtime::{Runtime, Source},
};

/// The most tokens in one run.
const PIECE_TOKENS: usize = 256;

/// An exported model with its KV caches.
pub struct ExportedModel {
    session: Session,
    vocabulary: usize,
    context: usize,
    eos: Vec<u32>,
    caches: Vec<CacheTensor>,
    /// The tensors of each slot, one after another, and the number of positions that they hold.
    slots: Vec<Sequence>,
    limit: usize,
    positions: bool,
    branch: bool,
}

/// A cache tensor of the graph.
struct CacheTensor {
    past: String,
    present: String,
    heads: usize,
    components: usize,
}

/// A cached sequence: tensors of heads by positions by components.
#[derive(Clone, Default)]
struct Sequence {
    filled: usize,
    tensors: Vec<Vec<f32>>,
}

impl ExportedModel {
    /// Whether `folder` holds an export.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        holds::export(folder).is_some()
    }

    /// Loads the export in `folder`.
    ///
    /// # Errors
    ///
    /// There is no such file, its inputs and outputs are not those of optimum's decoders, 8-bit weights are asked for, or the runtime
    /// refuses it.
    pub fn load(folder: &Path, runtime: &Runtime, options: &LoadOptions) -> Result<Self, ModelError> {
        let Some(path) = holds::export(folder) else {
            let problem = format!(
                "there is none of {}; export it with --task text-generation-with-past",
                holds::EXPORTS.join(", ")
            );
            return Err(ModelError::Weights { path: folder.into(), problem });
        };
        if options.weights == Weights::EightBit {
            return Err(ModelError::Request(format!(
                "{}: the weights of an export are used as they are; 8-bit ones are made of a checkpoint's safetensors",
                path.display()
            )));
        }
        let fields = Fields::read(&folder.join(layout::CONFIG))?;
        let vocabulary = fields.need_count("vocab_size")?;
        // GPT-2 and its kind say `n_positions`.
        let most = match fields.count("max_position_embeddings")? {
            None => fields.count("n_positions")?.or(options.context),
            most => most,
        };
        let most =
            most.ok_or_else(|| fields.wrong("max_position_embeddings", "there, unless a context is asked for"))?;
        let session = runtime.session(&Source::File(&path), options.device, options.threads)?;
        let has = |name: &str| session.inputs().iter().any(|input| input.name() == name);
        let unknown = session.inputs().iter().find(|input| {
            let known = ["input_ids", "attention_mask", "position_ids", "use_cache_branch"];
            !known.contains(&input.name()) && !input.name().starts_with("past_key_values.")
        });
        if let Some(input) = unknown {
            return Err(unsupported(&path, input.name(), "an input of unknown meaning"));
        }
        if !has("input_ids")
            || !has("attention_mask")
            || !session.outputs().iter().any(|output| output.name() == "logits")
        {
            return Err(unsupported(&path, "input_ids, attention_mask, logits", "incomplete"));
        }
        Ok(Self {
            caches: cache_tensors(&session, &path)?,
            positions: has("position_ids"),
            branch: has("use_cache_branch"),
            vocabulary,
            context: check::context(most, options.context)?,
            eos: eos(folder, &fields, vocabulary)?,
            slots: vec![],
            limit: 0,
            session,
        })
    }

    /// The tokens that end a text.
    #[must_use]
    pub fn eos(&self) -> &[u32] {
        &self.eos
    }

    /// The number of cached positions of each slot.
    fn filled(&self) -> Vec<usize> {
        self.slots.iter().map(|slot| slot.filled).collect()
    }

    /// Runs some tokens of a sequence and appends the logits of the last `wanted`.
    fn run(
        &mut self,
        slot: usize,
        start: usize,
        tokens: &[u32],
        wanted: usize,
        logits: &mut Vec<f32>,
    ) -> Result<(), ModelError> {
        let failed = || ModelError::runtime("running the model");
        let mut ids = tokens.iter().map(|token| i64::from(*token)).collect::<Vec<_>>();
        if let [id] = ids[..] {
            ids.push(id);
        }
        let count = ids.len();
        // In a merged export's branch without a cache the cache's content is ignored; it must not be empty.
        let cached = if self.branch { start.max(1) } else { start };
        let mut inputs = Vec::<(String, SessionInputValue<'_>)>::new();
        let mut add = |name: &str, shape: Vec<usize>, values: Vec<i64>| -> Result<(), ModelError> {
            inputs.push((name.into(), Tensor::from_array((shape, values)).map_err(failed())?.into()));
            Ok(())
        };
        add("input_ids", vec![1, count], ids)?;
        add("attention_mask", vec![1, start + count], vec![1; start + count])?;
        if self.positions {
            add("position_ids", vec![1, count], (start..start + count).map(signed).collect())?;
        }
        if self.branch {
            let flag = Tensor::from_array(([1_usize], vec![start > 0])).map_err(failed())?;
            inputs.push(("use_cache_branch".into(), flag.into()));
        }
        let sequence = &mut self.slots[slot];
        for (index, cache) in self.caches.iter().enumerate() {
            let mut values = vec![0.0; cache.heads * cached * cache.components];
            if start > 0 {
                let from = sequence.filled * cache.components;
                let part = start * cache.components;
                for (head, values) in values.chunks_mut(part).enumerate() {
                    values.copy_from_slice(&sequence.tensors[index][head * from..head * from + part]);
                }
            }
            let tensor = Tensor::from_array(([1, cache.heads, cached, cache.components], values)).map_err(failed())?;
            inputs.push((cache.past.clone(), tensor.into()));
        }
        let outputs = self.session.run(inputs).map_err(failed())?;
        let end = start + tokens.len();
        let mut tensors = vec![];
        for cache in &self.caches {
            let (shape, values) = outputs[cache.present.as_str()].try_extract_tensor::<f32>().map_err(failed())?;
            let expected = [1, cache.heads, start + count, cache.components].map(signed);
            if shape[..] != expected {
                let message = format!("{} has shape {:?} where {expected:?} was expected", cache.present, &shape[..]);
                return Err(ModelError::Runtime { doing: "running the model", message });
            }
            let heads = values.chunks((start + count) * cache.components);
            tensors.push(heads.flat_map(|head| &head[..end * cache.components]).copied().collect());
        }
        *sequence = Sequence { filled: end, tensors };
        let (_, values) = outputs["logits"].try_extract_tensor::<f32>().map_err(failed())?;
        if values.len() != count * self.vocabulary {
            let message = format!(
                "{} logits for {count} tokens; config.json says vocab_size is {}",
                values.len(),
                self.vocabulary
            );
            return Err(ModelError::Runtime { doing: "running the model", message });
        }
        logits.extend_from_slice(&values[(tokens.len() - wanted) * self.vocabulary..tokens.len() * self.vocabulary]);
        Ok(())
    }
}

impl Forward for ExportedModel {
    fn vocabulary(&self) -> usize {
        self.vocabulary
    }

    fn context(&self) -> usize {
        self.context
    }

    fn reset(&mut self, slots: usize, length: usize) -> Result<(), ModelError> {
        check::reset(slots, length, self.context)?;
        self.slots = vec![Sequence::default(); slots];
        self.limit = length;
        Ok(())
    }

    fn copy(&mut self, from: usize, to: usize, length: usize) -> Result<(), ModelError> {
        check::copy(from, to, length, &self.filled())?;
        let source = &self.slots[from];
        let part = |(cache, values): (&CacheTensor, &Vec<f32>)| {
            let heads = values.chunks((source.filled * cache.components).max(1));
            heads.flat_map(|head| &head[..length * cache.components]).copied().collect()
        };
        let tensors = self.caches.iter().zip(&source.tensors).map(part).collect();
        self.slots[to] = Sequence { filled: length, tensors };
        Ok(())
    }

    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError> {
        check::rows(rows, &self.filled(), self.limit, self.vocabulary)?;
        logits.clear();
        for row in rows {
            for from in (0..row.tokens.len()).step_by(PIECE_TOKENS) {
                let to = row.tokens.len().min(from + PIECE_TOKENS);
                let wanted = (to + row.wanted).saturating_sub(row.tokens.len()).min(to - from);
                self.run(row.slot, row.start + from, &row.tokens[from..to], wanted, logits)?;
            }
        }
        Ok(())
    }
}

/// The graph's cache tensors, in the order of its inputs.
fn cache_tensors(session: &Session, path: &Path) -> Result<Vec<CacheTensor>, ModelError> {
    let mut caches = vec![];
    for input in session.inputs() {
        let Some(rest) = input.name().strip_prefix("past_key_values.") else { continue };
        let present = format!("present.{rest}");
        if !session.outputs().iter().any(|output| output.name() == present) {
            return Err(unsupported(path, &present, "missing among the outputs"));
        }
        let ValueType::Tensor { ty: TensorElementType::Float32, shape, .. } = input.dtype() else {
            return Err(unsupported(path, input.name(), &format!("of type {:?}", input.dtype().tensor_type())));
        };
        let size = |axis: usize| shape.get(axis).and_then(|size| usize::try_from(*size).ok()).filter(|size| *size > 0);
        let (4, Some(heads), Some(components)) = (shape.len(), size(1), size(3)) else {
            return Err(unsupported(path, input.name(), &format!("of shape {:?}", &shape[..])));
        };
        caches.push(CacheTensor { past: input.name().into(), present, heads, components });
    }
    if caches.is_empty() {
        return Err(unsupported(path, "past_key_values.*", "missing among the inputs"));
    }
    Ok(caches)
}

fn unsupported(path: &Path, field: &str, value: &str) -> ModelError {
    let supported = "decoders exported by optimum with --task text-generation-with-past are, with caches of type float32 by batch, heads, \
                     positions and components";
    ModelError::Unsupported {
        path: PathBuf::from(path),
        field: field.into(),
        value: value.into(),
        supported: supported.into(),
    }
}
