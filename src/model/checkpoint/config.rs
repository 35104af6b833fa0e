//! `config.json`: what the model looks like.

use super::{
    super::ModelError,
    family::{Activation, Architecture, Norm},
    fields::Fields,
    rope::Rope,
};

/// The shape of a model.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about the architecture")]
#[derive(Debug, Clone, PartialEq)]
pub struct ModelConfig {
    /// The family.
    pub architecture: Architecture,
    /// The number of tokens: rows of the embedding.
    pub vocabulary: usize,
    /// The width of the hidden state.
    pub hidden: usize,
    /// The width within the feed-forward block.
    pub intermediate: usize,
    /// The number of blocks.
    pub layers: usize,
    /// The number of query heads per block.
    pub heads: usize,
    /// The number of key and value heads per block (grouped-query attention where fewer than `heads`).
    pub kv_heads: usize,
    /// The number of components of a head.
    pub head_dim: usize,
    /// The factor of the embeddings, where they have one.
    pub embedding_scale: Option<f32>,
    /// The normalisation of the hidden state.
    pub norm: Norm,
    /// The number added to the mean square, or the variance, before its root is taken.
    pub epsilon: f32,
    /// The nonlinearity of the feed-forward block.
    pub activation: Activation,
    /// Whether the feed-forward block has a gate: a projection whose activation multiplies the other's.
    pub gated: bool,
    /// Whether the output layer is the embedding.
    pub tied: bool,
    /// Whether the query, key and value projections have biases.
    pub qkv_bias: bool,
    /// Whether the output projection of attention has one.
    pub output_bias: bool,
    /// Whether the feed-forward projections have them.
    pub mlp_bias: bool,
    /// Whether queries and keys are normalised head by head.
    pub qk_norm: bool,
    /// The rotary position embeddings.
    pub rope: Rope,
    /// The longest sequence that the model was made for, in tokens.
    pub context: usize,
    /// The blocks whose attention looks back at so many tokens only, where there are any.
    pub window: Option<Window>,
}

/// Sliding-window attention: a token sees itself and the `tokens - 1` before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The number of tokens that are seen.
    pub tokens: usize,
    /// Whether it holds for each block.
    pub layers: Vec<bool>,
}

/// The most components of a head, far above any model's; it bounds what is computed before the weights are looked at.
const MOST_COMPONENTS: usize = 1 << 16;

impl ModelConfig {
    /// Reads a `config.json`.
    ///
    /// # Errors
    ///
    /// The file is malformed, or asks for what is not implemented; the error names the field.
    pub fn open(path: &std::path::Path) -> Result<Self, ModelError> {
        Self::read(&Fields::read(path)?)
    }

    /// The same model for sequences of up to `context` tokens: a window over all of them is none.
    pub(crate) fn within(&self, context: usize) -> Self {
        Self { window: self.window.clone().filter(|window| window.tokens < context), ..self.clone() }
    }

    /// The number of tokens that attention in a block sees, where that is limited.
    pub(crate) fn reach(&self, layer: usize) -> Option<usize> {
        self.window.as_ref().filter(|window| window.layers.get(layer) == Some(&true)).map(|window| window.tokens)
    }

    /// Reads `config.json`. Fields that are not there are what transformers' class for the architecture makes of them.
    pub(super) fn read(fields: &Fields) -> Result<Self, ModelError> {
        let architecture = Architecture::read(fields)?;
        for refused in ["quantization_config", "compression_config"] {
            if fields.get(refused).is_some() {
                return Err(
                    fields.unsupported(refused, "f32, f16 and bf16 weights are; take the unquantised checkpoint")
                );
            }
        }
        let activation = architecture.activation(fields)?;
        let hidden = fields.need_count("hidden_size")?;
        let heads = fields.need_count("num_attention_heads")?;
        let kv_heads = match fields.count("num_key_value_heads")? {
            Some(kv_heads) => kv_heads,
            None if fields.has("num_key_value_heads") => heads,
            None => architecture.kv_heads(heads),
        };
        if heads % kv_heads != 0 {
            return Err(fields.wrong("num_key_value_heads", &format!("a divisor of num_attention_heads ({heads})")));
        }
        let head_dim = match fields.count("head_dim")? {
            Some(head_dim) => head_dim,
            None if architecture.head_dim().is_none() && hidden.is_multiple_of(heads) => hidden / heads,
            None => match architecture.head_dim() {
                Some(head_dim) => head_dim,
                None => {
                    return Err(fields.wrong(
                        "hidden_size",
                        &format!("a multiple of num_attention_heads ({heads}), as there is no head_dim"),
                    ));
                }
            },
        };
        if head_dim % 2 != 0 || head_dim > MOST_COMPONENTS {
            let problem = format!("even (rotary embeddings turn pairs) and at most {MOST_COMPONENTS}");
            return Err(fields.wrong("head_dim", &problem));
        }
        let context = fields.count("max_position_embeddings")?.unwrap_or(architecture.context());
        let layers = fields.need_count("num_hidden_layers")?;
        let attention_bias = fields.flag("attention_bias", false)?;
        let qwen2 = architecture == Architecture::Qwen2;
        let use_bias = architecture == Architecture::Starcoder2 && fields.flag("use_bias", true)?;
        let takes_bias = matches!(architecture, Architecture::Llama | Architecture::Qwen3 | Architecture::Gemma);
        let biased = use_bias || takes_bias && attention_bias;
        if attention_bias && architecture == Architecture::Mistral {
            return Err(fields.unsupported("attention_bias", "false is, for Mistral"));
        }
        let (norm, epsilon, usual) = architecture.norm();
        #[expect(clippy::cast_possible_truncation, reason = "models compute in 32 bits")]
        let epsilon = fields.number(epsilon)?.unwrap_or(usual) as f32;
        if fields.flag("use_bidirectional_attention", false)? {
            return Err(fields.unsupported("use_bidirectional_attention", "false is"));
        }
        Ok(Self {
            architecture,
            vocabulary: fields.need_count("vocab_size")?,
            hidden,
            intermediate: fields.need_count("intermediate_size")?,
            layers,
            heads,
            kv_heads,
            head_dim,
            embedding_scale: (architecture == Architecture::Gemma).then(|| root(hidden)),
            norm,
            epsilon,
            activation,
            gated: architecture.is_gated(),
            tied: fields.flag("tie_word_embeddings", architecture.ties())?,
            qkv_bias: qwen2 || biased,
            output_bias: biased,
            mlp_bias: use_bias || architecture == Architecture::Llama && fields.flag("mlp_bias", false)?,
            qk_norm: architecture == Architecture::Qwen3,
            rope: Rope::read(fields, head_dim, context)?,
            context,
            window: window(fields, architecture, layers)?,
        })
    }
}

/// The root of a width.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "widths are far below 2^24")]
fn root(width: usize) -> f32 {
    (width as f64).sqrt() as f32
}

/// The reach of attention, by the rules of each family's class; `None` where all blocks see all that came before.
fn window(fields: &Fields, architecture: Architecture, layers: usize) -> Result<Option<Window>, ModelError> {
    let qwen = matches!(architecture, Architecture::Qwen2 | Architecture::Qwen3);
    let named = named_layers(fields, layers)?;
    let tokens = match fields.count("sliding_window")? {
        None if !fields.has("sliding_window") && architecture.slides() => 4096,
        None => return Ok(None),
        Some(tokens) => tokens,
    };
    let slides = match architecture {
        Architecture::Llama | Architecture::Gemma => return Ok(None),
        _ if qwen && !fields.flag("use_sliding_window", false)? => return Ok(None),
        // These classes look at no types of layers.
        Architecture::Mistral | Architecture::Starcoder2 | Architecture::Phi3 => vec![true; layers],
        Architecture::Qwen2 | Architecture::Qwen3 => named.unwrap_or_else(|| {
            let first = fields.get("max_window_layers").and_then(serde_json::Value::as_u64).unwrap_or(28);
            (0..layers as u64).map(|layer| layer >= first).collect()
        }),
    };
    Ok(slides.contains(&true).then_some(Window { tokens, layers: slides }))
}

/// The blocks that `layer_types` says slide.
fn named_layers(fields: &Fields, layers: usize) -> Result<Option<Vec<bool>>, ModelError> {
    let Some(value) = fields.get("layer_types").filter(|value| !value.is_null()) else { return Ok(None) };
    let types = value.as_array().ok_or_else(|| fields.wrong("layer_types", "a list"))?;
    if types.len() != layers {
        return Err(fields.wrong("layer_types", &format!("a list with a type for each of the {layers} layers")));
    }
    let slides = |kind: &serde_json::Value| match kind.as_str() {
        Some("full_attention") => Ok(false),
        Some("sliding_attention") => Ok(true),
        _ => Err(fields.unsupported("layer_types", "full_attention and sliding_attention are")),
    };
    types.iter().map(slides).collect::<Result<_, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Reads a configuration that says little, with `changes`.
    fn read(architecture: &str, changes: &[(&str, Value)]) -> ModelConfig {
        let mut config = json!({
            "architectures": [architecture], "vocab_size": 40, "hidden_size": 64, "intermediate_size": 24,
            "num_hidden_layers": 30, "num_attention_heads": 32,
        });
        for (name, value) in changes {
            config[*name] = value.clone();
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), config.to_string()).unwrap();
        ModelConfig::read(&Fields::read(file.path()).unwrap()).unwrap()
    }

    #[test]
    fn what_is_not_said_is_what_transformers_makes_of_it() {
        let sizes = |config: ModelConfig| {
            let window =
                config.window.map(|window| (window.tokens, window.layers.iter().filter(|slides| **slides).count()));
            (config.context, config.kv_heads, config.head_dim, window)
        };
        let null = || Value::Null;
        assert_eq!(sizes(read("LlamaForCausalLM", &[])), (2048, 32, 2, None));
        assert_eq!(sizes(read("MistralForCausalLM", &[])), (131_072, 8, 2, Some((4096, 30))));
        let changes = [("sliding_window", null()), ("num_key_value_heads", null())];
        assert_eq!(sizes(read("MistralForCausalLM", &changes)), (131_072, 32, 2, None));
        assert_eq!(sizes(read("Qwen2ForCausalLM", &[])), (32_768, 32, 2, None));
        let slides = ("use_sliding_window", json!(true));
        assert_eq!(sizes(read("Qwen2ForCausalLM", std::slice::from_ref(&slides))), (32_768, 32, 2, Some((4096, 2))));
        assert_eq!(sizes(read("Qwen3ForCausalLM", std::slice::from_ref(&slides))), (32_768, 32, 128, Some((4096, 2))));
        let qwen3 =
            |changes: &[(&str, Value)]| read("Qwen3ForCausalLM", &[std::slice::from_ref(&slides), changes].concat());
        assert_eq!(qwen3(&[("sliding_window", null())]).window, None);
        let types: Vec<_> =
            (0..30).map(|layer| if layer % 3 == 1 { "sliding_attention" } else { "full_attention" }).collect();
        let config = qwen3(&[("sliding_window", json!(9)), ("layer_types", json!(types))]);
        assert_eq!(
            [config.reach(0), config.reach(1), config.reach(28), config.reach(30)],
            [None, Some(9), Some(9), None]
        );
    }
}
