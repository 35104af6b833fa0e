//! Checkpoints with random weights, of any size.

use std::{collections::BTreeMap, fs, path::Path};

use safetensors::tensor::{Dtype, TensorView, serialize_to_file};
use serde_json::{Value, json};

/// A small generator with a fixed stream (Steele et al., `SplitMix`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    /// Random tokens of the vocabulary.
    pub(crate) fn tokens(&mut self, count: usize, vocabulary: usize) -> Vec<u32> {
        (0..count).map(|_| u32::try_from(self.below(vocabulary)).unwrap()).collect()
    }

    /// A number that is uniform around zero with this deviation.
    fn value(&mut self, deviation: f32) -> f32 {
        let unit = f32::from(u16::try_from(self.next() >> 48).unwrap()) / 32768.0 - 1.0;
        unit * deviation * 1.732
    }
}

/// The shape of a random model.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) architecture: &'static str,
    pub(crate) vocabulary: usize,
    pub(crate) hidden: usize,
    pub(crate) intermediate: usize,
    pub(crate) layers: usize,
    pub(crate) heads: usize,
    pub(crate) kv_heads: usize,
    pub(crate) head_dim: usize,
}

impl Shape {
    /// The `config.json` of the model.
    pub(crate) fn config(&self) -> Value {
        json!({
            "architectures": [self.architecture], "vocab_size": self.vocabulary, "hidden_size": self.hidden,
            "intermediate_size": self.intermediate, "num_hidden_layers": self.layers, "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads, "head_dim": self.head_dim, "max_position_embeddings": 4096,
            "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": true, "eos_token_id": 0, "sliding_window": 40,
        })
    }

    /// The names and shapes of the model's tensors.
    pub(crate) fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let (q, kv) = (self.heads * self.head_dim, self.kv_heads * self.head_dim);
        let (h, i) = (self.hidden, self.intermediate);
        let mut tensors = vec![
            ("model.embed_tokens.weight".to_owned(), vec![self.vocabulary, h]),
            ("model.norm.weight".into(), vec![h]),
        ];
        for layer in 0..self.layers {
            let mut add = |name: &str, shape: &[usize]| {
                tensors.push((format!("model.layers.{layer}.{name}.weight"), shape.to_vec()));
            };
            add("self_attn.q_proj", &[q, h]);
            add("self_attn.k_proj", &[kv, h]);
            add("self_attn.v_proj", &[kv, h]);
            add("self_attn.o_proj", &[h, q]);
            add("mlp.gate_proj", &[i, h]);
            add("mlp.up_proj", &[i, h]);
            add("mlp.down_proj", &[h, i]);
            add("input_layernorm", &[h]);
            add("post_attention_layernorm", &[h]);
        }
        tensors
    }

    /// Writes the model to `folder`.
    pub(crate) fn write(&self, folder: &Path, seed: u64) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("config.json"), self.config().to_string()).unwrap();
        write_tensors(&folder.join("model.safetensors"), &self.tensors(), seed);
    }
}

/// Writes random 32-bit tensors to a safetensors file.
pub(crate) fn write_tensors(path: &Path, tensors: &[(String, Vec<usize>)], seed: u64) {
    let mut random = Random(seed);
    let mut data = BTreeMap::new();
    for (name, shape) in tensors {
        let count = shape.iter().product::<usize>();
        #[expect(clippy::cast_precision_loss, reason = "small sizes")]
        let deviation = 1.0 / (*shape.last().unwrap() as f32).sqrt();
        let value =
            |random: &mut Random| if shape.len() == 1 { 1.0 + random.value(0.2) } else { random.value(deviation) };
        let bytes = (0..count).flat_map(|_| value(&mut random).to_le_bytes()).collect::<Vec<_>>();
        data.insert(name.clone(), (shape.clone(), bytes));
    }
    let views =
        data.iter().map(|(name, (shape, bytes))| (name, TensorView::new(Dtype::F32, shape.clone(), bytes).unwrap()));
    serialize_to_file(views, None, path).unwrap();
}
