//! The forward pass of a decoder-only model as an ONNX graph, over weights that stay where they are.
//!
//! All tokens of a call, of whatever rows, form one flat list of `tokens`: everything but attention works on it, so that a ragged batch
//! costs no padding in the large products. Attention wants a rectangle of `rows` by `queries`; two gathers, whose indices the session
//! computes, lead from the list into the rectangle of heads and back, and do the transposition on the way.
//!
//! The query heads that share a KV head stand in the rectangle as further queries of that head, told apart by the mask. ONNX Runtime would
//! otherwise go through keys and values once for each of them: measured on one thread (32 rows, 256 positions), attention takes 2.9
//! in place of 5.4 ms with groups of 3 heads, and 2.5 in place of 6.9 ms with groups of 7.
//!
//! The KV cache, per block a tensor of `rows` by KV heads by `length` by components, is written by `ScatterND`: session and graph share one
//! buffer for past and present, and only the new positions are touched. (`TensorScatter` would write as many
//! positions of every row, idle ones included.) Rotary cosines and sines are inputs, so that no table for the whole context is kept.
//!
//! Products are `FusedMatMul` with the second operand transposed: Hugging Face's [out, in] weights as they lie in the file.

use super::{
    ModelError,
    checkpoint::{Activation, ModelConfig, Norm, names},
    onnx::{Attr, Axis, Builder, Element, External, signed},
    quantize::{self, QUANT_BLOCK},
    sources::Sources,
};

/// The names of the graph's small inputs.
pub(super) mod input {
    /// The tokens, flat: `[tokens]`.
    pub(in super::super) const TOKENS: &str = "tokens";
    /// The cosines of the tokens' positions: `[1, tokens, head_dim / 2]`.
    pub(in super::super) const COSINES: &str = "cosines";
    /// The sines, of the same shape.
    pub(in super::super) const SINES: &str = "sines";
    /// The place of each token and KV head in the cache: row, head and position, `[tokens, kv_heads, 3]`.
    pub(in super::super) const SCATTER: &str = "scatter";
    /// The token's head that goes to each place in the rectangle: `[rows, kv_heads, queries]`.
    pub(in super::super) const SPREAD: &str = "spread";
    /// The place in the rectangle of each token's head: `[tokens, heads]`.
    pub(in super::super) const COLLECT: &str = "collect";
    /// The positions that each query sees: `[rows, 1, queries, length]`.
    pub(in super::super) const MASK: &str = "mask";
    /// The positions that each query sees in blocks whose attention slides, of the same shape.
    pub(in super::super) const SLIDING: &str = "sliding_mask";
    /// The tokens whose logits are wanted: `[wanted]`.
    pub(in super::super) const WANTED: &str = "wanted";
    /// The logits, the only output but the cache: `[wanted, vocabulary]`.
    pub(in super::super) const LOGITS: &str = "logits";
}

/// The names of a cache tensor as input and as output.
pub(super) fn cache_names(config: &ModelConfig) -> Vec<(String, String)> {
    let names =
        |layer| ["key", "value"].map(|kind| (format!("past.{layer}.{kind}"), format!("present.{layer}.{kind}")));
    (0..config.layers).flat_map(names).collect()
}

/// The mask of blocks with this reach.
fn mask(reach: Option<usize>) -> &'static str {
    if reach.is_some() { input::SLIDING } else { input::MASK }
}

/// The masks that the model's blocks use, with their reach: one or two.
pub(super) fn masks(config: &ModelConfig) -> Vec<(&'static str, Option<usize>)> {
    let mut masks: Vec<_> =
        (0..config.layers).map(|layer| config.reach(layer)).map(|reach| (mask(reach), reach)).collect();
    masks.sort_unstable();
    masks.dedup();
    masks
}

/// Builds and encodes the graph.
pub(super) fn decoder(config: &ModelConfig, sources: &Sources<'_>) -> Result<Vec<u8>, ModelError> {
    let mut graph = Decoder { config, sources, builder: Builder::default() };
    graph.declare_inputs();
    let embedding = graph.stored("model.embed_tokens.weight")?;
    let rows = graph.builder.node("embedding", "Gather", &[&embedding, input::TOKENS], &[]);
    let mut hidden = graph.float(&rows, "model.embed_tokens.weight", "embedding.float");
    if let Some(scale) = config.embedding_scale {
        graph.builder.number("embedding.scale", scale);
        hidden = graph.builder.node("embedding.scaled", "Mul", &[&hidden, "embedding.scale"], &[]);
    }
    for layer in 0..config.layers {
        hidden = graph.attention(layer, &hidden)?;
        hidden = graph.feed_forward(layer, &hidden)?;
    }
    let wanted = graph.builder.node("wanted.hidden", "Gather", &[&hidden, input::WANTED], &[]);
    let normed = graph.norm("final", &wanted, "model.norm")?;
    let head = if config.tied { "model.embed_tokens" } else { "lm_head" };
    graph.linear(input::LOGITS, &normed, head, false)?;
    let logits = [Axis::Named("wanted"), Axis::Fixed(config.vocabulary)];
    graph.builder.output(input::LOGITS, Element::Float, &logits);
    for (_, present) in cache_names(config) {
        graph.builder.output(&present, Element::Float, &graph.cache_shape());
    }
    Ok(graph.builder.encode("decoder"))
}

struct Decoder<'a> {
    config: &'a ModelConfig,
    sources: &'a Sources<'a>,
    builder: Builder,
}

impl Decoder<'_> {
    fn declare_inputs(&mut self) {
        let ModelConfig { heads, kv_heads, head_dim, .. } = *self.config;
        let tokens = || Axis::Named("tokens");
        let rows = || Axis::Named("rows");
        let mut whole = |name: &str, shape: &[Axis]| self.builder.input(name, Element::Int64, shape);
        whole(input::TOKENS, &[tokens()]);
        whole(input::SCATTER, &[tokens(), Axis::Fixed(kv_heads), Axis::Fixed(3)]);
        whole(input::SPREAD, &[rows(), Axis::Fixed(kv_heads), Axis::Named("queries")]);
        whole(input::COLLECT, &[tokens(), Axis::Fixed(heads)]);
        whole(input::WANTED, &[Axis::Named("wanted")]);
        for (name, _) in masks(self.config) {
            let mask = [rows(), Axis::Fixed(1), Axis::Named("queries"), Axis::Named("length")];
            self.builder.input(name, Element::Bool, &mask);
        }
        for name in [input::COSINES, input::SINES] {
            self.builder.input(name, Element::Float, &[Axis::Fixed(1), tokens(), Axis::Fixed(head_dim / 2)]);
        }
        for (past, _) in cache_names(self.config) {
            self.builder.input(&past, Element::Float, &self.cache_shape());
        }
        let (q, d) = (signed(heads * head_dim), signed(head_dim));
        self.builder.integers("shape.queries", &[1, -1, q]);
        self.builder.integers("shape.keys", &[1, -1, signed(kv_heads * head_dim)]);
        self.builder.integers("shape.components", &[-1, d]);
        self.builder.integers("shape.cached", &[-1, signed(kv_heads), d]);
        self.builder.integers("shape.flat", &[-1, q]);
    }

    fn cache_shape(&self) -> [Axis; 4] {
        let ModelConfig { kv_heads, head_dim, .. } = *self.config;
        [Axis::Named("rows"), Axis::Fixed(kv_heads), Axis::Named("length"), Axis::Fixed(head_dim)]
    }

    /// The hidden state plus the attention over it.
    fn attention(&mut self, layer: usize, hidden: &str) -> Result<String, ModelError> {
        let ModelConfig { heads, kv_heads, qkv_bias, output_bias, .. } = *self.config;
        let block = format!("model.layers.{layer}");
        let at = |name: &str| format!("{layer}.{name}");
        let normed = self.norm(&at("before_attention"), hidden, &format!("{block}.input_layernorm"))?;
        let query = self.linear(&at("query"), &normed, &format!("{block}.self_attn.q_proj"), qkv_bias)?;
        let key = self.linear(&at("key"), &normed, &format!("{block}.self_attn.k_proj"), qkv_bias)?;
        let value = self.linear(&at("value"), &normed, &format!("{block}.self_attn.v_proj"), qkv_bias)?;
        let query =
            self.rotated(&at("query"), &query, "shape.queries", heads, &format!("{block}.self_attn.q_norm.weight"))?;
        let key =
            self.rotated(&at("key"), &key, "shape.keys", kv_heads, &format!("{block}.self_attn.k_norm.weight"))?;
        let builder = &mut self.builder;
        let mut store = |kind: &str, new: &str| {
            let shaped = builder.node(&at(&format!("{kind}.cached")), "Reshape", &[new, "shape.cached"], &[]);
            let past = format!("past.{layer}.{kind}");
            builder.node(&format!("present.{layer}.{kind}"), "ScatterND", &[&past, input::SCATTER, &shaped], &[])
        };
        let (keys, values) = (store("key", &key), store("value", &value));
        let query = builder.node(&at("query.heads"), "Reshape", &[&query, "shape.components"], &[]);
        let query = builder.node(&at("query.spread"), "Gather", &[&query, input::SPREAD], &[]);
        let mask = mask(self.config.reach(layer));
        let mixed = builder.node(&at("attention"), "Attention", &[&query, &keys, &values, mask], &[]);
        let mixed = builder.node(&at("attention.heads"), "Reshape", &[&mixed, "shape.components"], &[]);
        let mixed = builder.node(&at("attention.collect"), "Gather", &[&mixed, input::COLLECT], &[]);
        let mixed = builder.node(&at("attention.flat"), "Reshape", &[&mixed, "shape.flat"], &[]);
        let output = self.linear(&at("output"), &mixed, &format!("{block}.self_attn.o_proj"), output_bias)?;
        Ok(self.builder.node(&at("after_attention"), "Add", &[hidden, &output], &[]))
    }

    /// The queries or keys, normalised where the model does so, then turned by their positions: `[1, tokens, heads * head_dim]`.
    fn rotated(
        &mut self,
        name: &str,
        value: &str,
        shape: &str,
        heads: usize,
        norm: &str,
    ) -> Result<String, ModelError> {
        let mut value = value.to_owned();
        if self.config.qk_norm {
            value = self.builder.node(&format!("{name}.components"), "Reshape", &[&value, "shape.components"], &[]);
            value = self.rms_norm(name, &value, norm)?;
        }
        let value = self.builder.node(&format!("{name}.shaped"), "Reshape", &[&value, shape], &[]);
        let inputs = [&*value, input::COSINES, input::SINES];
        let attributes = [Attr::Int("num_heads", signed(heads))];
        Ok(self.builder.node(&format!("{name}.rotated"), "RotaryEmbedding", &inputs, &attributes))
    }

    /// The hidden state plus the feed-forward block over it.
    fn feed_forward(&mut self, layer: usize, hidden: &str) -> Result<String, ModelError> {
        let bias = self.config.mlp_bias;
        let block = format!("model.layers.{layer}");
        let at = |name: &str| format!("{layer}.{name}");
        let names = names::feed_forward(self.config);
        let normed = self.norm(&at("before_mlp"), hidden, &format!("{block}.post_attention_layernorm"))?;
        let inner = if let Some(gate) = names.gate {
            let gate = self.linear(&at("gate"), &normed, &format!("{block}.{gate}"), bias)?;
            let up = self.linear(&at("up"), &normed, &format!("{block}.{}", names.up), bias)?;
            let gate = self.activated(&at("gate"), &gate);
            self.builder.node(&at("gated"), "Mul", &[&gate, &up], &[])
        } else {
            let up = self.linear(&at("up"), &normed, &format!("{block}.{}", names.up), bias)?;
            self.activated(&at("up"), &up)
        };
        let down = self.linear(&at("down"), &inner, &format!("{block}.{}", names.down), bias)?;
        Ok(self.builder.node(&at("after_mlp"), "Add", &[hidden, &down], &[]))
    }

    /// The activation of `value`.
    fn activated(&mut self, name: &str, value: &str) -> String {
        match self.config.activation {
            Activation::Silu => {
                let sigmoid = self.builder.node(&format!("{name}.sigmoid"), "Sigmoid", &[value], &[]);
                self.builder.node(&format!("{name}.silu"), "Mul", &[value, &sigmoid], &[])
            }
            Activation::Gelu => {
                self.builder.node(&format!("{name}.gelu"), "Gelu", &[value], &[Attr::Text("approximate", "tanh")])
            }
        }
    }

    /// The hidden state, normalised by the weights of `module`.
    fn norm(&mut self, name: &str, value: &str, module: &str) -> Result<String, ModelError> {
        let weight = format!("{module}.weight");
        match self.config.norm {
            Norm::Rms => self.rms_norm(name, value, &weight),
            Norm::RmsFromOne => {
                if !self.builder.has("one") {
                    self.builder.number("one", 1.0);
                }
                let scale = self.weight(&weight)?;
                let scale = self.builder.node(&format!("{name}.scale"), "Add", &[&scale, "one"], &[]);
                Ok(self.normalised(name, "RMSNormalization", &[value, &scale]))
            }
            Norm::Layer => {
                let (scale, bias) = (self.weight(&weight)?, self.weight(&format!("{module}.bias"))?);
                Ok(self.normalised(name, "LayerNormalization", &[value, &scale, &bias]))
            }
        }
    }

    fn rms_norm(&mut self, name: &str, value: &str, weight: &str) -> Result<String, ModelError> {
        let scale = self.weight(weight)?;
        Ok(self.normalised(name, "RMSNormalization", &[value, &scale]))
    }

    fn normalised(&mut self, name: &str, operator: &str, inputs: &[&str]) -> String {
        let attributes = [Attr::Int("axis", -1), Attr::Float("epsilon", self.config.epsilon)];
        self.builder.node(&format!("{name}.norm"), operator, inputs, &attributes)
    }

    /// `value` times the transpose of the weight of `module`, plus its bias.
    fn linear(&mut self, name: &str, value: &str, module: &str, biased: bool) -> Result<String, ModelError> {
        let product = if biased { format!("{name}.product") } else { name.to_owned() };
        let weight = format!("{module}.weight");
        if let Some(shape) = self.sources.quantised_shape(&weight) {
            let [rows, columns] = shape;
            let (codes, scales) = quantize::names(&weight);
            let codes = self.stored(&codes)?;
            let scales = self.stored(&scales)?;
            // Level 4 multiplies in 8-bit integers, which is the fast way, and by one kernel for any number of rows.
            let attributes = [
                Attr::Int("K", signed(columns)),
                Attr::Int("N", signed(rows)),
                Attr::Int("bits", 8),
                Attr::Int("block_size", signed(QUANT_BLOCK)),
                Attr::Int("accuracy_level", 4),
            ];
            self.builder.contrib(&product, "MatMulNBits", &[value, &codes, &scales], &attributes);
        } else {
            let weight = self.weight(&weight)?;
            self.builder.contrib(&product, "FusedMatMul", &[value, &weight], &[Attr::Int("transB", 1)]);
        }
        if !biased {
            return Ok(product);
        }
        let bias = self.weight(&format!("{module}.bias"))?;
        Ok(self.builder.node(name, "Add", &[&product, &bias], &[]))
    }

    /// A weight in 32 bits.
    fn weight(&mut self, name: &str) -> Result<String, ModelError> {
        let stored = self.stored(name)?;
        Ok(self.float(&stored, name, &format!("{name}.float")))
    }

    /// `value`, which has the type of the tensor `name`, in 32 bits. ONNX Runtime folds the cast of a constant while loading.
    fn float(&mut self, value: &str, name: &str, cast: &str) -> String {
        if self.sources.element(name) == Some(Element::Float) || self.builder.has(cast) {
            return if self.builder.has(cast) { cast.into() } else { value.into() };
        }
        self.builder.node(cast, "Cast", &[value], &[Attr::Int("to", i64::from(i32::from(Element::Float)))])
    }

    /// A weight as it is in its file.
    fn stored(&mut self, name: &str) -> Result<String, ModelError> {
        if !self.builder.has(name) {
            let (location, tensor, element) = self.sources.find(name)?;
            let data = External { location, offset: tensor.offset, length: tensor.length };
            self.builder.external(name, element, &tensor.shape, &data);
        }
        Ok(name.to_owned())
    }
}
