//! `config.json` and `generation_config.json` of a GGUF file.

use serde_json::{Map, Value, json};

use super::{super::ModelError, header::Gguf, rope};

/// A family of GGUF files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `llama`: Llama, Mistral, `SmolLM` and many others.
    Llama,
    /// `qwen2`.
    Qwen2,
    /// `qwen3`.
    Qwen3,
}

impl Family {
    /// The family that the file names.
    pub(super) fn of(file: &Gguf) -> Result<Self, ModelError> {
        let key = "general.architecture";
        match file.need(key, file.text(key)?)? {
            "llama" => Ok(Self::Llama),
            "qwen2" => Ok(Self::Qwen2),
            "qwen3" => Ok(Self::Qwen3),
            other => Err(file.wrong(format!(
                "`{key}` is {other}; llama (Mistral too), qwen2 and qwen3 are supported: take the model's edition in Hugging Face's layout"
            ))),
        }
    }

    /// The prefix of the family's keys.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Llama => "llama",
            Self::Qwen2 => "qwen2",
            Self::Qwen3 => "qwen3",
        }
    }
}

/// The numbers of heads that queries and keys are permuted by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads {
    /// Query heads.
    pub(super) queries: usize,
    /// Key and value heads.
    pub(super) keys: usize,
}

/// The numbers of heads of the file.
pub(super) fn heads(file: &Gguf, family: Family) -> Result<Heads, ModelError> {
    let key = |name: &str| format!("{}.{name}", family.prefix());
    let queries = key("attention.head_count");
    let queries = file.need(&queries, file.count(&queries)?)?;
    Ok(Heads { queries, keys: file.count(&key("attention.head_count_kv"))?.unwrap_or(queries) })
}

/// The content of `config.json`; `dtype` is what transformers calls the type of the weights.
pub(super) fn config(file: &Gguf, family: Family, dtype: &str) -> Result<Value, ModelError> {
    let key = |name: &str| format!("{}.{name}", family.prefix());
    let need = |name: &str| {
        let key = key(name);
        file.need(&key, file.count(&key)?)
    };
    if file.count(&key("expert_count"))?.is_some_and(|count| count > 0) {
        return Err(file.wrong("it is a mixture of experts, which is not supported"));
    }
    let Heads { queries, keys } = heads(file, family)?;
    let hidden = need("embedding_length")?;
    let embedding = file.tensors.get("token_embd.weight");
    let vocabulary = embedding.and_then(|info| info.shape.first().copied());
    let window = file.count(&key("attention.sliding_window"))?;
    let (class, kind) = match family {
        // Llama's class in transformers has no window, and Mistral's is the same but for that.
        Family::Llama if window.is_some() => ("MistralForCausalLM", "mistral"),
        Family::Llama => ("LlamaForCausalLM", "llama"),
        Family::Qwen2 => ("Qwen2ForCausalLM", "qwen2"),
        Family::Qwen3 => ("Qwen3ForCausalLM", "qwen3"),
    };
    let epsilon = key("attention.layer_norm_rms_epsilon");
    let mut config = json!({
        "architectures": [class],
        "model_type": kind,
        "hidden_act": "silu",
        "vocab_size": file.need("token_embd.weight", vocabulary)?,
        "hidden_size": hidden,
        "intermediate_size": need("feed_forward_length")?,
        "num_hidden_layers": need("block_count")?,
        "num_attention_heads": queries,
        "num_key_value_heads": keys,
        "max_position_embeddings": need("context_length")?,
        "rms_norm_eps": file.need(&epsilon, file.number(&epsilon)?)?,
        "rope_theta": file.number(&key("rope.freq_base"))?.unwrap_or(10_000.0),
        "tie_word_embeddings": !file.tensors.contains_key("output.weight"),
        "torch_dtype": dtype,
    });
    let mut put = |name: &str, value: Value| {
        if let Value::Object(fields) = &mut config {
            fields.insert(name.to_owned(), value);
        }
    };
    let head = match file.count(&key("attention.key_length"))? {
        Some(length) => length,
        None if queries > 0 && hidden.is_multiple_of(queries) => hidden / queries,
        None => {
            return Err(file.wrong(format!(
                "`{}` does not fit `{}`",
                key("attention.head_count"),
                key("embedding_length")
            )));
        }
    };
    put("head_dim", json!(head));
    if file.count(&key("rope.dimension_count"))?.is_some_and(|turned| turned != head) {
        return Err(file.wrong(format!(
            "`{}` is not the width of a head, {head}, which is not supported",
            key("rope.dimension_count")
        )));
    }
    if class == "MistralForCausalLM" {
        put("sliding_window", json!(window));
    } else {
        let biased = file.tensors.contains_key("blk.0.attn_q.bias");
        put("attention_bias", json!(biased && family != Family::Qwen2));
    }
    if let Some(scaling) = rope::scaling(file, family.prefix(), head)? {
        put("rope_scaling", scaling);
    }
    for (name, key) in TOKENS {
        if let Some(id) = file.id(key)? {
            put(name, json!(id));
        }
    }
    Ok(config)
}

/// Fields of ids in `config.json`, and their keys.
const TOKENS: [(&str, &str); 3] = [
    ("bos_token_id", "tokenizer.ggml.bos_token_id"),
    ("eos_token_id", "tokenizer.ggml.eos_token_id"),
    ("pad_token_id", "tokenizer.ggml.padding_token_id"),
];

/// The content of `generation_config.json`: the tokens that end a text are those that end it and those that end a turn.
pub(super) fn generation(file: &Gguf) -> Result<Value, ModelError> {
    let mut fields = Map::new();
    for (name, key) in TOKENS {
        if let Some(id) = file.id(key)? {
            fields.insert(name.to_owned(), json!(id));
        }
    }
    if let (Some(eos), Some(turn)) = (file.id("tokenizer.ggml.eos_token_id")?, file.id("tokenizer.ggml.eot_token_id")?)
        && eos != turn
    {
        fields.insert("eos_token_id".to_owned(), json!([eos, turn]));
    }
    Ok(Value::Object(fields))
}
