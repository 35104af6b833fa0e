//! The decoder, differentiable: all families that can be sampled from.
//!
//! A pass works on one flat list of tokens that holds any number of sequences (see [`Packed`]). The output layer only sees the positions
//! whose next token counts.

use std::sync::Arc;

use burn::tensor::{Device, Int, Tensor, TensorData, activation};

use super::{
    lora::Adapters,
    ops::{Operators, Packed, Targets},
    weights::{self, Weights},
};
use crate::model::{Activation, ModelConfig, Norm, names};

/// A pass: the tokens that it reads, and those that it predicts.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    /// The tokens of all sequences.
    pub(super) tokens: Vec<u32>,
    /// The way in which they belong together.
    pub(super) packed: Arc<Packed>,
    /// The positions whose next token is predicted.
    pub(super) wanted: Vec<u32>,
    /// The tokens that should be predicted there.
    pub(super) targets: Arc<Targets>,
}

/// A model during one pass: weights (tracked where they learn) and what they mean.
pub(super) struct Decoder<'a> {
    /// The model's shape.
    pub(super) config: &'a ModelConfig,
    /// The decoder's weights.
    pub(super) weights: &'a Weights,
    /// Adapters on top, where there are any.
    pub(super) adapters: Option<&'a Adapters>,
    /// Whether the weights learn.
    pub(super) frozen: bool,
    /// The device that computes.
    pub(super) device: &'a Device,
}

impl Decoder<'_> {
    fn operators(&self) -> Operators {
        Operators::of(self.device)
    }

    fn weight(&self, name: &str) -> Tensor<2> {
        self.weights[name].clone()
    }

    /// The weighted sum of losses over what the pass should predict.
    pub(super) fn loss(&self, pass: &Pass) -> Tensor<1> {
        let mut hidden = self.embed(pass);
        for layer in 0..self.config.layers {
            hidden = self.block(layer, hidden, &pass.packed);
        }
        self.finish(hidden, pass)
    }

    /// The embeddings of the tokens.
    pub(super) fn embed(&self, pass: &Pass) -> Tensor<2> {
        let rows = self.weight(names::EMBEDDING).select(0, self.indices(&pass.tokens));
        match self.config.embedding_scale {
            Some(scale) => rows * scale,
            None => rows,
        }
    }

    /// The loss, from the hidden state after the last block.
    pub(super) fn finish(&self, hidden: Tensor<2>, pass: &Pass) -> Tensor<1> {
        let normed = self.wanted(hidden, pass);
        self.operators().cross_entropy(normed, self.weight(weights::head(self.config)), &pass.targets, self.frozen)
    }

    /// The logits of the wanted positions.
    pub(super) fn logits(&self, pass: &Pass) -> Tensor<2> {
        let mut hidden = self.embed(pass);
        for layer in 0..self.config.layers {
            hidden = self.block(layer, hidden, &pass.packed);
        }
        let normed = self.wanted(hidden, pass);
        self.operators().linear(normed, self.weight(weights::head(self.config)), self.frozen)
    }

    fn wanted(&self, hidden: Tensor<2>, pass: &Pass) -> Tensor<2> {
        let hidden =
            if pass.wanted.len() == pass.tokens.len() { hidden } else { hidden.select(0, self.indices(&pass.wanted)) };
        self.norm(hidden, "model.norm")
    }

    /// The hidden state, normalised by the weights of `module`.
    fn norm(&self, hidden: Tensor<2>, module: &str) -> Tensor<2> {
        let epsilon = self.config.epsilon;
        let weight = self.weight(&format!("{module}.weight"));
        match self.config.norm {
            Norm::Rms => self.operators().rms_norm(hidden, weight, epsilon),
            Norm::RmsFromOne => self.operators().rms_norm(hidden, weight + 1.0, epsilon),
            Norm::Layer => Operators::layer_norm(hidden, weight, self.weight(&format!("{module}.bias")), epsilon),
        }
    }

    fn indices(&self, values: &[u32]) -> Tensor<1, Int> {
        #[expect(clippy::cast_possible_wrap, reason = "vocabularies and passes are far below 2^31")]
        let values = values.iter().map(|value| *value as i32).collect::<Vec<_>>();
        let count = values.len();
        Tensor::from_data(TensorData::new(values, [count]), self.device)
    }

    /// The block `layer`.
    pub(super) fn block(&self, layer: usize, hidden: Tensor<2>, packed: &Arc<Packed>) -> Tensor<2> {
        let ModelConfig { heads, kv_heads, .. } = *self.config;
        let ops = self.operators();
        let name = |part: &str| format!("model.layers.{layer}.{part}");
        let normed = self.norm(hidden.clone(), &name("input_layernorm"));
        let query = self.linear(&name("self_attn.q_proj"), normed.clone());
        let key = self.linear(&name("self_attn.k_proj"), normed.clone());
        let value = self.linear(&name("self_attn.v_proj"), normed);
        let query = ops.rotary(self.head_norm(query, &name("self_attn.q_norm.weight")), heads, packed);
        let key = ops.rotary(self.head_norm(key, &name("self_attn.k_norm.weight")), kv_heads, packed);
        let mixed = ops.attention(query, key, value, packed, self.config.reach(layer));
        let hidden = hidden + self.linear(&name("self_attn.o_proj"), mixed);
        let normed = self.norm(hidden.clone(), &name("post_attention_layernorm"));
        let names = names::feed_forward(self.config);
        let up = self.linear(&name(names.up), normed.clone());
        let inner = match (names.gate, self.config.activation) {
            (Some(gate), Activation::Silu) => ops.swiglu(self.linear(&name(gate), normed), up),
            (Some(gate), Activation::Gelu) => Operators::gelu(self.linear(&name(gate), normed)) * up,
            (None, Activation::Silu) => activation::silu(up),
            (None, Activation::Gelu) => Operators::gelu(up),
        };
        hidden + self.linear(&name(names.down), inner)
    }

    /// A projection with its bias and adapter.
    fn linear(&self, module: &str, x: Tensor<2>) -> Tensor<2> {
        let ops = self.operators();
        let adapted = self.adapters.and_then(|adapters| adapters.apply(ops, module, &x));
        let mut y = ops.linear(x, self.weight(&format!("{module}.weight")), self.frozen);
        if let Some(bias) = self.weights.get(&format!("{module}.bias")) {
            y = y + bias.clone();
        }
        match adapted {
            Some(adapted) => y + adapted,
            None => y,
        }
    }

    /// Queries or keys, normalised head by head where the model does so.
    fn head_norm(&self, x: Tensor<2>, weight: &str) -> Tensor<2> {
        if !self.config.qk_norm {
            return x;
        }
        let [tokens, width] = x.dims();
        let dim = self.config.head_dim;
        let rows = x.reshape([tokens * width / dim, dim]);
        self.operators().rms_norm(rows, self.weight(weight), self.config.epsilon).reshape([tokens, width])
    }
}
