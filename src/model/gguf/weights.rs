//! The weights of a GGUF file in Hugging Face's names, order and types.

use std::{collections::BTreeMap, path::Path};

use safetensors::tensor::Dtype;

use super::{
    super::{ModelError, checkpoint::elements, write_tensors},
    config::{Family, Heads},
    header::{Gguf, Info},
    quants::Quant,
    rope,
};

/// A tensor as it is written.
struct Target<'a> {
    info: &'a Info,
    /// The number of heads by which llama.cpp's converter has permuted its rows.
    permuted: Option<usize>,
}

/// The type that weights are written in where nobody asks for one: what the matrices have, or 32 bits where any is quantised, so that nothing is
/// rounded.
pub(super) fn usual_type(file: &Gguf) -> Dtype {
    let mut kinds = file.tensors.values().filter(|info| info.shape.len() > 1).map(|info| info.quant);
    match kinds.next() {
        Some(Quant::F16) if kinds.all(|kind| kind == Quant::F16) => Dtype::F16,
        Some(Quant::BF16) if kinds.all(|kind| kind == Quant::BF16) => Dtype::BF16,
        _ => Dtype::F32,
    }
}

/// Writes the weights of `file` to the safetensors file `path`.
pub(super) fn write(file: &Gguf, family: Family, heads: Heads, dtype: Dtype, path: &Path) -> Result<(), ModelError> {
    let targets = targets(file, family, heads)?;
    let shapes = targets.iter().map(|(name, target)| (name.clone(), dtype, target.info.shape.clone())).collect();
    write_tensors(path, shapes, &mut |name| {
        let Target { info, permuted } = targets[name];
        let mut values = file.read(info)?;
        if let Some(heads) = permuted {
            values = unpermuted(&values, info.shape[0], heads);
        }
        if dtype == Dtype::F16 && values.iter().any(|value| value.abs() > f32::from(half::f16::MAX)) {
            return Err(
                file.wrong(format!("{name} has values that f16 cannot hold: import it with --dtype f32 or bf16"))
            );
        }
        elements::encode(&values, dtype).ok_or_else(|| file.wrong(format!("{dtype:?} is no type of weights")))
    })
}

/// The tensors by the names that they get.
fn targets(file: &Gguf, family: Family, heads: Heads) -> Result<BTreeMap<String, Target<'_>>, ModelError> {
    let mut targets = BTreeMap::new();
    for (name, info) in &file.tensors {
        // Its factors are in the configuration.
        if name == rope::FACTORS {
            continue;
        }
        let renamed = renamed(name).ok_or_else(|| {
            file.wrong(format!("tensor {name} has no place in a model of the family {}", family.prefix()))
        })?;
        let permuted = match (family, name.split('.').nth(2)) {
            (Family::Llama, Some("attn_q")) => Some(heads.queries),
            (Family::Llama, Some("attn_k")) => Some(heads.keys),
            _ => None,
        };
        if permuted.is_some_and(|heads| heads == 0 || !info.shape[0].is_multiple_of(2 * heads)) {
            return Err(
                file.wrong(format!("tensor {name} has {} rows, which {permuted:?} heads do not divide", info.shape[0]))
            );
        }
        targets.insert(renamed, Target { info, permuted });
    }
    Ok(targets)
}

/// Hugging Face's name of a tensor.
fn renamed(name: &str) -> Option<String> {
    let (module, part) = name.rsplit_once('.')?;
    let block = |module: &str| {
        Some(match module {
            "attn_norm" => "input_layernorm",
            "attn_q" => "self_attn.q_proj",
            "attn_k" => "self_attn.k_proj",
            "attn_v" => "self_attn.v_proj",
            "attn_output" => "self_attn.o_proj",
            "attn_q_norm" => "self_attn.q_norm",
            "attn_k_norm" => "self_attn.k_norm",
            "ffn_norm" => "post_attention_layernorm",
            "ffn_gate" => "mlp.gate_proj",
            "ffn_up" => "mlp.up_proj",
            "ffn_down" => "mlp.down_proj",
            _ => return None,
        })
    };
    let module = match module {
        "token_embd" => "model.embed_tokens".to_owned(),
        "output_norm" => "model.norm".to_owned(),
        "output" => "lm_head".to_owned(),
        _ => {
            let (number, module) = module.strip_prefix("blk.")?.split_once('.')?;
            format!("model.layers.{}.{}", number.parse::<usize>().ok()?, block(module)?)
        }
    };
    matches!(part, "weight" | "bias").then(|| format!("{module}.{part}"))
}

/// The rows in Hugging Face's order: it turns the first half of a head's components with the second, llama.cpp each even one with the next.
fn unpermuted(values: &[f32], rows: usize, heads: usize) -> Vec<f32> {
    let (width, head) = (values.len() / rows, rows / heads);
    let mut out = Vec::with_capacity(values.len());
    for row in 0..rows {
        let (first, within) = (row / head * head, row % head);
        let (half, index) = (within / (head / 2), within % (head / 2));
        let from = (first + 2 * index + half) * width;
        out.extend_from_slice(&values[from..from + width]);
    }
    out
}
