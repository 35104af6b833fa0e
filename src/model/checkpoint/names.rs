//! The names and shapes of a model's tensors, as Hugging Face has them.

use super::{ModelConfig, family::Norm};

/// A tensor of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Hugging Face's name.
    pub(crate) name: String,
    /// The number of rows; 1 for a vector.
    pub(crate) rows: usize,
    /// The number of columns: the elements of a vector.
    pub(crate) columns: usize,
    /// Whether it is a vector: the weight of a normalisation or a bias.
    pub(crate) vector: bool,
}

impl Slot {
    /// The shape in the file.
    pub(crate) fn shape(&self) -> Vec<usize> {
        if self.vector { vec![self.columns] } else { vec![self.rows, self.columns] }
    }
}

/// A projection of a block.
pub(crate) struct Projection {
    /// The projection's name within the block.
    pub(crate) module: &'static str,
    /// The number of components that come out.
    pub(crate) rows: usize,
    /// The number of components that go in.
    pub(crate) columns: usize,
    /// Whether it has a bias.
    pub(crate) biased: bool,
}

/// The name of the embedding.
pub(crate) const EMBEDDING: &str = "model.embed_tokens.weight";

/// The name of the output layer, where it is not the embedding.
pub(crate) const HEAD: &str = "lm_head.weight";

/// The names of the feed-forward block's projections.
pub(crate) struct FeedForward {
    /// The one whose activation multiplies the other's output, where there is one.
    pub(crate) gate: Option<&'static str>,
    /// The one that goes in.
    pub(crate) up: &'static str,
    /// The one that comes out.
    pub(crate) down: &'static str,
}

/// The names of the feed-forward block's projections.
pub(crate) fn feed_forward(config: &ModelConfig) -> FeedForward {
    if config.gated {
        FeedForward { gate: Some("mlp.gate_proj"), up: "mlp.up_proj", down: "mlp.down_proj" }
    } else {
        FeedForward { gate: None, up: "mlp.c_fc", down: "mlp.c_proj" }
    }
}

/// A tensor of a file that holds several projections of a block, one under another.
pub(crate) struct Fused {
    /// The tensor's module within the block.
    pub(crate) module: &'static str,
    /// The projections in it.
    pub(crate) parts: &'static [&'static str],
}

/// The tensors of a file that hold several projections.
pub(crate) fn fused(config: &ModelConfig) -> &'static [Fused] {
    const PARTS: [Fused; 2] = [
        Fused { module: "self_attn.qkv_proj", parts: &["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"] },
        Fused { module: "mlp.gate_up_proj", parts: &["mlp.gate_proj", "mlp.up_proj"] },
    ];
    if config.architecture.is_fused() { &PARTS } else { &[] }
}

/// The weights that a file's tensor of this name holds one under another; nothing where it holds one.
pub(crate) fn parts(config: &ModelConfig, name: &str) -> Option<Vec<String>> {
    let ends = |fused: &&Fused| name.strip_suffix(".weight").is_some_and(|module| module.ends_with(fused.module));
    let fused = fused(config).iter().find(ends)?;
    let block = name.strip_suffix(".weight")?.strip_suffix(fused.module)?;
    Some(fused.parts.iter().map(|part| format!("{block}{part}.weight")).collect())
}

/// The projections of each block.
pub(crate) fn projections(config: &ModelConfig) -> Vec<Projection> {
    let ModelConfig { hidden, intermediate, head_dim, .. } = *config;
    let (q, kv) = (config.heads * head_dim, config.kv_heads * head_dim);
    let projection = |module, rows, columns, biased| Projection { module, rows, columns, biased };
    let attention = [
        projection("self_attn.q_proj", q, hidden, config.qkv_bias),
        projection("self_attn.k_proj", kv, hidden, config.qkv_bias),
        projection("self_attn.v_proj", kv, hidden, config.qkv_bias),
        projection("self_attn.o_proj", hidden, q, config.output_bias),
    ];
    let FeedForward { gate, up, down } = feed_forward(config);
    let inner = gate.into_iter().chain([up]);
    let inner = inner.map(|module| projection(module, intermediate, hidden, config.mlp_bias));
    let outer = projection(down, hidden, intermediate, config.mlp_bias);
    attention.into_iter().chain(inner).chain([outer]).collect()
}

/// All tensors, in the order of computation. Made as they are asked for: a configuration may speak of any number of blocks.
pub(crate) fn slots(config: &ModelConfig) -> impl Iterator<Item = Slot> {
    let first = matrix(EMBEDDING.into(), config.vocabulary, config.hidden);
    let norm = norm(config, "model.norm");
    let head = (!config.tied).then(|| matrix(HEAD.into(), config.vocabulary, config.hidden));
    let blocks = (0..config.layers).flat_map(|layer| block(config, layer));
    std::iter::once(first).chain(blocks).chain(norm).chain(head)
}

fn matrix(name: String, rows: usize, columns: usize) -> Slot {
    Slot { name, rows, columns, vector: false }
}

fn vector(name: String, columns: usize) -> Slot {
    Slot { name, rows: 1, columns, vector: true }
}

/// The tensors of a normalisation of the hidden state.
fn norm(config: &ModelConfig, module: &str) -> Vec<Slot> {
    let parts: &[_] = if config.norm == Norm::Layer { &["weight", "bias"] } else { &["weight"] };
    parts.iter().map(|part| vector(format!("{module}.{part}"), config.hidden)).collect()
}

/// The tensors of one block.
fn block(config: &ModelConfig, layer: usize) -> Vec<Slot> {
    let at = |name: &str| format!("model.layers.{layer}.{name}");
    let mut slots = norm(config, &at("input_layernorm"));
    for projection in projections(config) {
        slots.push(matrix(at(&format!("{}.weight", projection.module)), projection.rows, projection.columns));
        if projection.biased {
            slots.push(vector(at(&format!("{}.bias", projection.module)), projection.rows));
        }
    }
    if config.qk_norm {
        slots.push(vector(at("self_attn.q_norm.weight"), config.head_dim));
        slots.push(vector(at("self_attn.k_norm.weight"), config.head_dim));
    }
    slots.extend(norm(config, &at("post_attention_layernorm")));
    slots
}
