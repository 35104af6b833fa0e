//! Families of models: what their classes in transformers do unlike each other.

use super::{super::ModelError, fields::Fields};

/// A family of models: Hugging Face's class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Architecture {
    /// `LlamaForCausalLM`: Llama, `CodeLlama`, DeepSeek-Coder, `SmolLM` and many others.
    Llama,
    /// `MistralForCausalLM`.
    Mistral,
    /// `Qwen2ForCausalLM`: Qwen 2, 2.5 and 2.5-Coder.
    Qwen2,
    /// `Qwen3ForCausalLM`.
    Qwen3,
    /// `GemmaForCausalLM`: the first Gemma and `CodeGemma`.
    Gemma,
    /// `Starcoder2ForCausalLM`.
    Starcoder2,
    /// `Phi3ForCausalLM`: Phi-3, Phi-3.5 and Phi-4, where their rotary embeddings are plain.
    Phi3,
}

/// The way in which the hidden state is normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Norm {
    /// By its root mean square, then times a weight.
    Rms,
    /// By its root mean square, then times one more than a weight.
    RmsFromOne,
    /// To mean 0 and variance 1, then times a weight, plus a bias.
    Layer,
}

/// The nonlinearity of the feed-forward block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `x * sigmoid(x)`.
    Silu,
    /// GELU by its approximation with `tanh`.
    Gelu,
}

/// The families' names: of the class, and `model_type` where no class is named.
const NAMES: [(Architecture, &str, &str); 7] = [
    (Architecture::Llama, "LlamaForCausalLM", "llama"),
    (Architecture::Mistral, "MistralForCausalLM", "mistral"),
    (Architecture::Qwen2, "Qwen2ForCausalLM", "qwen2"),
    (Architecture::Qwen3, "Qwen3ForCausalLM", "qwen3"),
    (Architecture::Gemma, "GemmaForCausalLM", "gemma"),
    (Architecture::Starcoder2, "Starcoder2ForCausalLM", "starcoder2"),
    (Architecture::Phi3, "Phi3ForCausalLM", "phi3"),
];

impl Architecture {
    /// Reads the family that `config.json` names.
    pub(super) fn read(fields: &Fields) -> Result<Self, ModelError> {
        let class = fields.get("architectures").and_then(|names| names.as_array()).and_then(|names| names.first());
        let class = class.and_then(|name| name.as_str());
        let (field, found) = if let Some(class) = class {
            ("architectures", NAMES.iter().find(|(_, name, _)| *name == class))
        } else {
            let kind = fields.text("model_type")?;
            ("model_type", NAMES.iter().find(|(.., name)| Some(*name) == kind))
        };
        found.map(|(family, ..)| *family).ok_or_else(|| {
            let (last, rest) = NAMES
                .split_last()
                .map_or(("", vec![]), |((_, last, _), rest)| (*last, rest.iter().map(|(_, name, _)| *name).collect()));
            fields.unsupported(field, &format!("{} and {last} are", rest.join(", ")))
        })
    }

    /// The class's context, where the file says nothing.
    pub(super) fn context(self) -> usize {
        match self {
            Self::Llama => 2048,
            Self::Mistral => 131_072,
            Self::Qwen2 | Self::Qwen3 => 32_768,
            Self::Gemma => 8192,
            Self::Starcoder2 | Self::Phi3 => 4096,
        }
    }

    /// The class's number of key and value heads of a model with so many `heads`, where the file says nothing.
    pub(super) fn kv_heads(self, heads: usize) -> usize {
        match self {
            Self::Llama | Self::Phi3 => heads,
            Self::Mistral => 8,
            Self::Qwen2 | Self::Qwen3 => 32,
            Self::Gemma => 16,
            Self::Starcoder2 => 2,
        }
    }

    /// The class's width of a head, where it does not follow from the others.
    pub(super) fn head_dim(self) -> Option<usize> {
        match self {
            Self::Qwen3 => Some(128),
            Self::Gemma => Some(256),
            _ => None,
        }
    }

    /// Whether the class ties embedding and output layer, where the file says nothing.
    pub(super) fn ties(self) -> bool {
        matches!(self, Self::Gemma | Self::Starcoder2)
    }

    /// The normalisation, and the field of its epsilon with the class's value.
    pub(super) fn norm(self) -> (Norm, &'static str, f64) {
        match self {
            Self::Gemma => (Norm::RmsFromOne, "rms_norm_eps", 1e-6),
            Self::Starcoder2 => (Norm::Layer, "norm_epsilon", 1e-5),
            Self::Phi3 => (Norm::Rms, "rms_norm_eps", 1e-5),
            _ => (Norm::Rms, "rms_norm_eps", 1e-6),
        }
    }

    /// Reads the activation, which has to be the family's own.
    pub(super) fn activation(self, fields: &Fields) -> Result<Activation, ModelError> {
        let name = fields.text("hidden_act")?;
        match self {
            // Its first files say `gelu` and mean the approximation.
            Self::Gemma if matches!(name, None | Some("gelu" | "gelu_pytorch_tanh")) => Ok(Activation::Gelu),
            Self::Starcoder2 if matches!(name, None | Some("gelu_pytorch_tanh")) => Ok(Activation::Gelu),
            Self::Gemma | Self::Starcoder2 => Err(fields.unsupported("hidden_act", "gelu_pytorch_tanh is")),
            _ if matches!(name, None | Some("silu" | "swish")) => Ok(Activation::Silu),
            _ => Err(fields.unsupported("hidden_act", "silu is")),
        }
    }

    /// Whether the feed-forward block has a gate.
    pub(super) fn is_gated(self) -> bool {
        self != Self::Starcoder2
    }

    /// Whether a block's projections lie in the file one under another: query, key and value, and gate and up.
    pub(super) fn is_fused(self) -> bool {
        self == Self::Phi3
    }

    /// Whether the class has sliding windows where the file says nothing of them.
    pub(super) fn slides(self) -> bool {
        !matches!(self, Self::Llama | Self::Gemma | Self::Starcoder2 | Self::Phi3)
    }
}
