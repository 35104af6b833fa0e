//! The scaling of rotary embeddings: from GGUF's keys, or from Llama 3's factors, to `rope_scaling`.

use serde_json::{Value, json};

use super::{super::ModelError, header::Gguf};

/// The tensor of Llama 3's factors, by which the periods of pairs of components are multiplied.
pub(super) const FACTORS: &str = "rope_freqs.weight";

/// The scaling, where there is any; `prefix` begins the family's keys.
pub(super) fn scaling(file: &Gguf, prefix: &str, head: usize) -> Result<Option<Value>, ModelError> {
    let key = |name: &str| format!("{prefix}.rope.scaling.{name}");
    let number = |name: &str| file.number(&key(name));
    let kind = file.text(&key("type"))?.unwrap_or("none");
    let factor = number("factor")?;
    for (name, usual) in
        [("yarn_log_multiplier", 0.0), ("yarn_ext_factor", 1.0), ("yarn_attn_factor", 1.0), ("attn_factor", 1.0)]
    {
        if number(name)?.is_some_and(|number| (number - usual).abs() > 1e-6) {
            return Err(file.wrong(format!("`{}` is not {usual}, which is not supported", key(name))));
        }
    }
    let original = file.count(&key("original_context_length"))?.filter(|length| *length > 0);
    let scaling = match kind {
        "none" => None,
        // Written for models that are not scaled too.
        "linear" if factor.is_none_or(|factor| (factor - 1.0).abs() < 1e-6) => None,
        "linear" => Some(json!({"rope_type": "linear", "factor": factor})),
        "yarn" => {
            let mut scaling = json!({
                "rope_type": "yarn",
                "factor": file.need(&key("factor"), factor)?,
                "original_max_position_embeddings": file.need(&key("original_context_length"), original)?,
            });
            for (name, key) in [("beta_fast", "yarn_beta_fast"), ("beta_slow", "yarn_beta_slow")] {
                if let Some(turns) = number(key)? {
                    scaling[name] = json!(turns);
                }
            }
            Some(scaling)
        }
        other => return Err(file.wrong(format!("`{}` is {other}; none, linear and yarn are supported", key("type")))),
    };
    let Some(info) = file.tensors.get(FACTORS) else { return Ok(scaling) };
    if scaling.is_some() {
        return Err(file.wrong(format!("{FACTORS} stands beside another scaling")));
    }
    let base = file.number(&format!("{prefix}.rope.freq_base"))?.unwrap_or(10_000.0);
    let wrong = || file.wrong(format!("{FACTORS} are no factors of Llama 3's, which alone are supported"));
    // Before anything is made of a size that the metadata claims.
    if info.shape != [head / 2] {
        return Err(wrong());
    }
    let factors = file.read(info)?;
    // The published models' length first, then what smaller ones may have been trained with.
    let lengths = original.into_iter().chain([8192]).chain((4..=20).map(|power| 1 << power));
    lengths.into_iter().find_map(|length| llama3(&factors, base, head, length)).map(Some).ok_or_else(wrong)
}

/// The scaling of a model trained with this length, if these are its factors: llama.cpp's converter writes the factors and not what they are made
/// from.
fn llama3(factors: &[f32], base: f64, head: usize, length: usize) -> Option<Value> {
    let (low, high) = (1.0, 4.0);
    let factor = factors.iter().copied().fold(1.0, f32::max);
    let fits = factors.iter().enumerate().all(|(index, found)| {
        #[expect(clippy::cast_precision_loss, reason = "heads are narrow, and lengths below 2^52")]
        let (exponent, length) = ((2 * index) as f64 / head as f64, length as f64);
        let wavelength = 2.0 * std::f64::consts::PI * base.powf(exponent);
        let wanted = if wavelength < length / high {
            1.0
        } else if wavelength > length / low {
            f64::from(factor)
        } else {
            let smooth = (length / wavelength - low) / (high - low);
            1.0 / ((1.0 - smooth) / f64::from(factor) + smooth)
        };
        (f64::from(*found) / wanted - 1.0).abs() < 1e-5
    });
    fits.then(|| {
        json!({
            "rope_type": "llama3", "factor": factor, "low_freq_factor": low, "high_freq_factor": high,
            "original_max_position_embeddings": length,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rope;

    /// The factors of a scaling, by the code that runs models.
    fn factors(scaling: &Value) -> Vec<f32> {
        let config = |scaling: &Value| {
            let config = json!({
                "architectures": ["LlamaForCausalLM"], "vocab_size": 8, "hidden_size": 64, "intermediate_size": 8,
                "num_hidden_layers": 1, "num_attention_heads": 1, "rope_theta": 500_000.0, "rope_scaling": scaling,
            });
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), config.to_string()).unwrap();
            crate::model::ModelConfig::open(file.path()).unwrap().rope
        };
        let (plain, scaled): (Rope, Rope) = (config(&Value::Null), config(scaling));
        plain.frequencies.iter().zip(&scaled.frequencies).map(|(plain, scaled)| plain / scaled).collect()
    }

    #[test]
    fn factors_lead_back_to_the_scaling() {
        for (factor, length) in [(8.0, 8192), (32.0, 8192), (8.0, 16)] {
            let scaling = json!({
                "rope_type": "llama3", "factor": factor, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                "original_max_position_embeddings": length,
            });
            let found = llama3(&factors(&scaling), 500_000.0, 64, length);
            let found = found.unwrap();
            assert!((found["factor"].as_f64().unwrap() - factor).abs() < 1e-4, "{found}");
        }
        assert!(llama3(&[1.0, 3.0, 2.0], 500_000.0, 6, 8192).is_none());
    }
}
