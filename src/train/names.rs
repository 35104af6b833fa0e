//! Names and shapes of a model's tensors, as Hugging Face has them.

use crate::model::ModelConfig;

/// A tensor of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// Hugging Face's name.
    pub(super) name: String,
    /// Rows; 1 for a vector.
    pub(super) rows: usize,
    /// Columns: elements of a vector.
    pub(super) columns: usize,
    /// Whether it is a vector: the weight of a normalisation or a bias.
    pub(super) vector: bool,
}

impl Slot {
    /// The shape in the file.
    pub(super) fn shape(&self) -> Vec<usize> {
        if self.vector { vec![self.columns] } else { vec![self.rows, self.columns] }
    }
}

/// A projection of a block.
pub(super) struct Projection {
    /// Its name within the block.
    pub(super) module: &'static str,
    /// Components that come out.
    pub(super) rows: usize,
    /// Components that go in.
    pub(super) columns: usize,
    /// Whether it has a bias.
    pub(super) biased: bool,
}

/// The name of the embedding.
pub(super) const EMBEDDING: &str = "model.embed_tokens.weight";

/// The name of the output layer, where it is not the embedding.
pub(super) const HEAD: &str = "lm_head.weight";

/// The output layer's name.
pub(super) fn head(config: &ModelConfig) -> &'static str {
    if config.tied { EMBEDDING } else { HEAD }
}

/// The projections of each block.
pub(super) fn projections(config: &ModelConfig) -> [Projection; 7] {
    let ModelConfig { hidden, intermediate, head_dim, .. } = *config;
    let (q, kv) = (config.heads * head_dim, config.kv_heads * head_dim);
    let projection = |module, rows, columns, biased| Projection { module, rows, columns, biased };
    [
        projection("self_attn.q_proj", q, hidden, config.qkv_bias),
        projection("self_attn.k_proj", kv, hidden, config.qkv_bias),
        projection("self_attn.v_proj", kv, hidden, config.qkv_bias),
        projection("self_attn.o_proj", hidden, q, config.output_bias),
        projection("mlp.gate_proj", intermediate, hidden, config.mlp_bias),
        projection("mlp.up_proj", intermediate, hidden, config.mlp_bias),
        projection("mlp.down_proj", hidden, intermediate, config.mlp_bias),
    ]
}

/// All tensors, in the order of computation.
pub(super) fn slots(config: &ModelConfig) -> Vec<Slot> {
    let matrix = |name: String, rows, columns| Slot { name, rows, columns, vector: false };
    let vector = |name: String, columns| Slot { name, rows: 1, columns, vector: true };
    let mut slots = vec![matrix(EMBEDDING.into(), config.vocabulary, config.hidden)];
    for layer in 0..config.layers {
        let at = |name: &str| format!("model.layers.{layer}.{name}");
        slots.push(vector(at("input_layernorm.weight"), config.hidden));
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
        slots.push(vector(at("post_attention_layernorm.weight"), config.hidden));
    }
    slots.push(vector("model.norm.weight".into(), config.hidden));
    if !config.tied {
        slots.push(matrix(HEAD.into(), config.vocabulary, config.hidden));
    }
    slots
}
