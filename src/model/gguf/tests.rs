//! GGUF files written here, and what is made of them.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    super::{Checkpoint, decode::TextTokenizer},
    header::Gguf,
    import, is_gguf,
};

/// A tensor: name, shape (rows first), type and bytes.
type Tensor = (String, Vec<usize>, u32, Vec<u8>);

/// A GGUF file in the making.
#[derive(Clone)]
struct Writer {
    version: u32,
    metadata: Vec<(String, u32, Vec<u8>)>,
    tensors: Vec<Tensor>,
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat()
}

fn list(kind: u32, values: &[Vec<u8>]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(values.len() as u64).to_le_bytes(), &values.concat()].concat()
}

impl Writer {
    fn put(&mut self, key: &str, kind: u32, value: Vec<u8>) {
        self.metadata.retain(|(known, ..)| known != key);
        self.metadata.push((key.to_owned(), kind, value));
    }

    fn without(&self, key: &str) -> Self {
        let mut other = self.clone();
        other.metadata.retain(|(known, ..)| known != key);
        other
    }

    fn with(&self, key: &str, kind: u32, value: Vec<u8>) -> Self {
        let mut other = self.clone();
        other.put(key, kind, value);
        other
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = [&b"GGUF"[..], &self.version.to_le_bytes()].concat();
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.metadata.len() as u64).to_le_bytes());
        for (key, kind, value) in &self.metadata {
            out.extend([text(key), kind.to_le_bytes().to_vec(), value.clone()].concat());
        }
        let (mut data, mut offsets) = (Vec::new(), Vec::new());
        for (.., bytes) in &self.tensors {
            data.resize(usize::next_multiple_of(data.len(), 32), 0);
            offsets.push(data.len() as u64);
            data.extend(bytes);
        }
        for ((name, shape, kind, _), offset) in self.tensors.iter().zip(offsets) {
            out.extend(text(name));
            out.extend(u32::try_from(shape.len()).unwrap().to_le_bytes());
            shape.iter().rev().for_each(|size| out.extend((*size as u64).to_le_bytes()));
            out.extend(kind.to_le_bytes());
            out.extend(offset.to_le_bytes());
        }
        out.resize(out.len().next_multiple_of(32), 0);
        [out, data].concat()
    }
}

const HIDDEN: usize = 8;
const HEADS: usize = 4;
const KV: usize = 2;

/// The values of a tensor: small numbers that 32 bits hold, others for each name.
fn values(name: &str, count: usize) -> Vec<f32> {
    let seed = name.bytes().map(usize::from).sum::<usize>();
    (0..count).map(|index| f32::from(u16::try_from((index * 31 + seed) % 199).unwrap()) / 16.0 - 6.0).collect()
}

/// The rows as llama.cpp's converter permutes them: each head's halves side by side.
fn permuted(values: &[f32], rows: usize, heads: usize) -> Vec<f32> {
    let (width, half) = (values.len() / rows, rows / heads / 2);
    let rows = |row: usize| &values[row * width..(row + 1) * width];
    let order = (0..heads).flat_map(|head| (0..half).flat_map(move |i| [0, 1].map(|j| (head * 2 + j) * half + i)));
    order.flat_map(|row| rows(row).to_vec()).collect()
}

/// A tiny model of a family, with a tokenizer of bytes; and its tensors in Hugging Face's names.
fn model(family: &str) -> (Writer, BTreeMap<String, Vec<f32>>) {
    let mut writer = Writer { version: 3, metadata: vec![], tensors: vec![] };
    let int = |value: u32| value.to_le_bytes().to_vec();
    writer.put("general.architecture", 8, text(family));
    for (key, value) in [
        ("block_count", 1),
        ("context_length", 64),
        ("embedding_length", 8),
        ("feed_forward_length", 12),
        ("attention.head_count", 4),
        ("attention.head_count_kv", 2),
    ] {
        writer.put(&format!("{family}.{key}"), 4, int(value));
    }
    writer.put(&format!("{family}.attention.layer_norm_rms_epsilon"), 6, 1e-5_f32.to_le_bytes().to_vec());
    writer.put(&format!("{family}.rope.freq_base"), 6, 50_000_f32.to_le_bytes().to_vec());
    let (mut tokens, mut kinds): (Vec<String>, Vec<u32>) = (vec!["<s>".into(), "</s>".into()], vec![3, 3]);
    if family == "llama" {
        tokens.push("<unk>".into());
        kinds.push(2);
        tokens.extend((0..=255).map(|byte| format!("<0x{byte:02X}>")));
        kinds.extend([6; 256]);
        let pieces = ["▁", "d", "e", "f", "de", "def", "▁def", "ef"];
        tokens.extend(pieces.map(str::to_owned));
        kinds.extend([1; 8]);
        let scores = (0..tokens.len()).map(|id| (-(f32::from(u16::try_from(id).unwrap()))).to_le_bytes().to_vec());
        writer.put("tokenizer.ggml.scores", 9, list(6, &scores.collect::<Vec<_>>()));
        writer.put("tokenizer.ggml.model", 8, text("llama"));
        writer.put("tokenizer.ggml.unknown_token_id", 4, int(2));
    } else {
        // GPT-2's letters for bytes.
        let plain = |byte: u32| matches!(byte, 33..=126 | 161..=172 | 174..=255);
        let mut others = 256..;
        let letters = (0..256).map(|byte| if plain(byte) { byte } else { others.next().unwrap() });
        tokens.extend(letters.map(|letter| char::from_u32(letter).unwrap().to_string()));
        tokens.extend(["de".to_owned(), "def".to_owned()]);
        kinds.extend([1; 258]);
        writer.put("tokenizer.ggml.merges", 9, list(8, &[text("d e"), text("de f")]));
        writer.put("tokenizer.ggml.model", 8, text("gpt2"));
        writer.put("tokenizer.ggml.pre", 8, text(if family == "qwen2" { "qwen2" } else { "smollm" }));
    }
    let vocabulary = tokens.len();
    let kinds: Vec<_> = kinds.into_iter().map(int).collect();
    writer.put("tokenizer.ggml.tokens", 9, list(8, &tokens.iter().map(|token| text(token)).collect::<Vec<_>>()));
    writer.put("tokenizer.ggml.token_type", 9, list(5, &kinds));
    writer.put("tokenizer.ggml.bos_token_id", 4, int(0));
    writer.put("tokenizer.ggml.eos_token_id", 4, int(1));
    writer.put("tokenizer.chat_template", 8, text("{{ messages }}"));
    let mut tensors = BTreeMap::new();
    let mut add = |name: &str, renamed: &str, shape: &[usize]| {
        let whole = values(renamed, shape.iter().product());
        let heads = match name.split('.').nth(2) {
            Some("attn_q") if family == "llama" => Some(HEADS),
            Some("attn_k") if family == "llama" => Some(KV),
            _ => None,
        };
        let stored = heads.map_or_else(|| whole.clone(), |heads| permuted(&whole, shape[0], heads));
        let bytes = stored.iter().flat_map(|value| value.to_le_bytes()).collect();
        writer.tensors.push((name.to_owned(), shape.to_vec(), 0, bytes));
        tensors.insert(renamed.to_owned(), whole);
    };
    let head = if family == "qwen3" { 4 } else { HIDDEN / HEADS };
    let (q, kv) = (HEADS * head, KV * head);
    add("token_embd.weight", "model.embed_tokens.weight", &[vocabulary, HIDDEN]);
    add("output_norm.weight", "model.norm.weight", &[HIDDEN]);
    add("output.weight", "lm_head.weight", &[vocabulary, HIDDEN]);
    for (name, renamed, shape) in [
        ("attn_norm", "input_layernorm", &[HIDDEN][..]),
        ("attn_q", "self_attn.q_proj", &[q, HIDDEN]),
        ("attn_k", "self_attn.k_proj", &[kv, HIDDEN]),
        ("attn_v", "self_attn.v_proj", &[kv, HIDDEN]),
        ("attn_output", "self_attn.o_proj", &[HIDDEN, q]),
        ("ffn_norm", "post_attention_layernorm", &[HIDDEN]),
        ("ffn_gate", "mlp.gate_proj", &[12, HIDDEN]),
        ("ffn_up", "mlp.up_proj", &[12, HIDDEN]),
        ("ffn_down", "mlp.down_proj", &[HIDDEN, 12]),
    ] {
        add(&format!("blk.0.{name}.weight"), &format!("model.layers.0.{renamed}.weight"), shape);
    }
    match family {
        "qwen2" => {
            for (name, rows) in [("q", q), ("k", kv), ("v", kv)] {
                add(&format!("blk.0.attn_{name}.bias"), &format!("model.layers.0.self_attn.{name}_proj.bias"), &[rows]);
            }
        }
        "qwen3" => {
            for name in ["q", "k"] {
                let renamed = format!("model.layers.0.self_attn.{name}_norm.weight");
                add(&format!("blk.0.attn_{name}_norm.weight"), &renamed, &[head]);
            }
            writer.put("qwen3.attention.key_length", 4, int(4));
        }
        _ => {}
    }
    (writer, tensors)
}

fn imported(bytes: &[u8], folder: &Path) -> Result<Checkpoint, String> {
    let file = folder.join("model.gguf");
    fs::write(&file, bytes).unwrap();
    let out = folder.join("out");
    import(&file, &out, None).map_err(|error| {
        let left = fs::read_dir(folder).unwrap().count();
        assert_eq!(left, 1, "something is left behind: {error}");
        error.to_string()
    })?;
    Ok(Checkpoint::open(&out).unwrap())
}

#[test]
fn families_come_as_they_were() {
    for family in ["llama", "qwen2", "qwen3"] {
        let (writer, tensors) = model(family);
        let folder = tempfile::tempdir().unwrap();
        let checkpoint = imported(&writer.bytes(), folder.path()).unwrap();
        for (name, expected) in tensors {
            let tensor = checkpoint.tensor(&name).unwrap();
            assert_eq!(tensor.decode(&tensor.read().unwrap()).unwrap(), expected, "{family} {name}");
        }
        let read = |name: &str| -> Value {
            serde_json::from_str(&fs::read_to_string(checkpoint.folder().join(name)).unwrap()).unwrap()
        };
        let config = read("config.json");
        assert_eq!(config["rms_norm_eps"], json!(1e-5));
        assert_eq!((&config["tie_word_embeddings"], &config["rope_theta"]), (&json!(false), &json!(50000.0)));
        assert_eq!(read("tokenizer_config.json")["chat_template"], "{{ messages }}");
        assert_eq!(checkpoint.eos(), [1]);
        let tokenizer = TextTokenizer::open(checkpoint.folder()).unwrap();
        let tokens = tokenizer.encode("def</s>", true).unwrap();
        let id = |token: &str| tokenizer.id(token).unwrap();
        // Merges by score: `▁def` is one token there, behind the token that begins a text.
        let expected = if family == "llama" { vec![0, id("▁def"), 1] } else { vec![id("def"), 1] };
        assert_eq!(tokens, expected, "{family}");
    }
}

#[test]
fn a_file_is_imported_once_into_the_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (file, cache) = (folder.path().join("model.gguf"), folder.path().join("cache"));
    assert!(is_gguf(&file) && is_gguf(Path::new("A.GGUF")) && !is_gguf(Path::new("model.safetensors")));
    fs::write(&file, model("qwen3").0.bytes()).unwrap();
    let mut told = Vec::new();
    let mut place = || super::imported(&file, &cache, &mut |line| told.push(line.to_owned())).unwrap();
    let (first, second) = (place(), place());
    assert_eq!(first, second);
    Checkpoint::open(&first).unwrap();
    // Another file is another checkpoint.
    fs::write(&file, model("qwen2").0.bytes()).unwrap();
    assert_ne!(place(), first);
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn blocks_are_those_of_ggml_bit_for_bit() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/quants.gguf");
    let file = Gguf::open(&path).unwrap();
    let mut tested = 0;
    for (name, info) in &file.tensors {
        let Some(values) = file.tensors.get(&format!("{name}.values")) else { continue };
        let bits = |values: Vec<f32>| values.into_iter().map(f32::to_bits).collect::<Vec<_>>();
        assert_eq!(bits(file.read(info).unwrap()), bits(file.read(values).unwrap()), "{name}");
        tested += 1;
    }
    assert_eq!(tested, 10);
}

#[test]
fn scores_become_the_merges_that_sentencepiece_makes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/pieces.json");
    let golden: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let values = |name: &str| golden[name].as_array().unwrap().iter();
    let kinds = values("kinds").map(|kind| u32::try_from(kind.as_u64().unwrap()).unwrap().to_le_bytes().to_vec());
    #[expect(clippy::cast_possible_truncation, reason = "they were of 32 bits")]
    let scores = values("scores").map(|score| (score.as_f64().unwrap() as f32).to_le_bytes().to_vec());
    let tokens: Vec<_> = values("tokens").map(|token| text(token.as_str().unwrap())).collect();
    let rows = tokens.len();
    let mut writer = model("llama").0;
    writer.put("tokenizer.ggml.tokens", 9, list(8, &tokens));
    writer.put("tokenizer.ggml.token_type", 9, list(5, &kinds.collect::<Vec<_>>()));
    writer.put("tokenizer.ggml.scores", 9, list(6, &scores.collect::<Vec<_>>()));
    for (key, id) in [("unknown", 0_u32), ("bos", 1), ("eos", 2)] {
        writer.put(&format!("tokenizer.ggml.{key}_token_id"), 4, id.to_le_bytes().to_vec());
    }
    for tensor in writer.tensors.iter_mut().filter(|tensor| matches!(&*tensor.0, "token_embd.weight" | "output.weight"))
    {
        (tensor.1, tensor.3) = (vec![rows, HIDDEN], vec![0; rows * HIDDEN * 4]);
    }
    // Files of old do not say which token is for what is not known.
    for writer in [writer.clone(), writer.without("tokenizer.ggml.unknown_token_id")] {
        let folder = tempfile::tempdir().unwrap();
        let checkpoint = imported(&writer.bytes(), folder.path()).unwrap();
        let tokenizer = TextTokenizer::open(checkpoint.folder()).unwrap();
        for one in values("texts") {
            let tokens = tokenizer.encode(one["text"].as_str().unwrap(), false).unwrap();
            assert_eq!(json!(tokens), one["tokens"], "{one}");
        }
    }
}

#[test]
fn faults_are_named_and_nothing_is_left() {
    let (sound, _) = model("llama");
    let (bytes, int) = (sound.bytes(), |value: u32| value.to_le_bytes().to_vec());
    let tensor = |change: &dyn Fn(&mut Tensor)| {
        let mut other = sound.clone();
        change(&mut other.tensors[4]);
        other.bytes()
    };
    let twice = |writer: &mut Writer| writer.tensors.push(writer.tensors[0].clone());
    let mut doubled = sound.clone();
    twice(&mut doubled);
    let mut big_endian = bytes.clone();
    big_endian[4..8].reverse();
    let mut endless = bytes.clone();
    endless[8..16].fill(0xff);
    let gpt2 = model("qwen2").0;
    // In the place of the last token.
    let with_token = |token: &str| {
        let mut other = sound.clone();
        let place = other.metadata.iter_mut().find(|(key, ..)| key == "tokenizer.ggml.tokens").unwrap();
        let kept = place.2.len() - text("ef").len();
        place.2.truncate(kept);
        place.2.extend(text(token));
        other
    };
    for (bytes, word) in [
        (b"PK\x03\x04 something else".to_vec(), "no GGUF file"),
        (Writer { version: 1, ..sound.clone() }.bytes(), "version 1"),
        (Writer { version: 4, ..sound.clone() }.bytes(), "version 4"),
        (big_endian, "big endian"),
        (bytes[..100].to_vec(), "ends within its header"),
        (bytes[..bytes.len() - 1].to_vec(), "incomplete"),
        (endless, "damaged"),
        (doubled.bytes(), "twice"),
        (tensor(&|tensor| tensor.2 = 10), "Q2_K"),
        (tensor(&|tensor| tensor.2 = 99), "number 99"),
        (tensor(&|tensor| tensor.2 = 12), "cannot have"),
        (tensor(&|tensor| tensor.0 = "blk.0.ffn_gate_exps.weight".into()), "ffn_gate_exps"),
        (tensor(&|tensor| tensor.0 = "blk.1.attn_q.weight".into()), "self_attn.q_proj.weight is missing"),
        (sound.with("general.architecture", 8, text("mamba")).bytes(), "mamba"),
        (sound.without("llama.block_count").bytes(), "llama.block_count"),
        (sound.with("llama.block_count", 8, text("one")).bytes(), "llama.block_count"),
        (sound.with("llama.expert_count", 4, int(8)).bytes(), "mixture of experts"),
        (sound.with("llama.rope.scaling.type", 8, text("longrope")).bytes(), "longrope"),
        (sound.with("llama.rope.dimension_count", 4, int(1)).bytes(), "rope.dimension_count"),
        (sound.with("split.count", 2, vec![2, 0]).bytes(), "several parts"),
        (sound.with("general.alignment", 4, int(0)).bytes(), "general.alignment"),
        (sound.with("x", 77, vec![]).bytes(), "unknown type 77"),
        (sound.with("tokenizer.ggml.model", 8, text("t5")).bytes(), "t5"),
        (sound.with("tokenizer.ggml.bos_token_id", 4, int(9999)).bytes(), "9999"),
        (sound.without("tokenizer.ggml.tokens").bytes(), "tokenizer.ggml.tokens"),
        (sound.without("tokenizer.ggml.scores").bytes(), "tokenizer.ggml.scores"),
        (sound.with("llama.rope.scaling.attn_factor", 6, 2_f32.to_le_bytes().to_vec()).bytes(), "attn_factor"),
        (with_token(&"x".repeat(2000)).bytes(), "2000 bytes"),
        (gpt2.without("tokenizer.ggml.pre").bytes(), "tokenizer.ggml.pre"),
        (gpt2.with("tokenizer.ggml.pre", 8, text("tekken")).bytes(), "tekken"),
        (gpt2.with("tokenizer.ggml.merges", 9, list(8, &[text("de")])).bytes(), "tokenizer.ggml.merges"),
        (gpt2.with("tokenizer.ggml.merges", 9, list(8, &[text("x yz")])).bytes(), "cannot be used"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let told = imported(&bytes, folder.path()).unwrap_err();
        assert!(told.contains(word) && told.contains("model.gguf"), "{word}: {told}");
    }
}

proptest! {
    /// Whatever is in it, a file is refused or opened, and nothing is set aside that it does not have.
    #[test]
    fn no_file_breaks_the_reader(cut in 0_usize..6000, changes in proptest::collection::vec((0_usize..4000, any::<u8>()), 0..6)) {
        let mut bytes = model("qwen2").0.bytes();
        bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(3000)));
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("model.gguf");
        fs::write(&file, &bytes).unwrap();
        let _ = import(&file, &folder.path().join("out"), None);
    }
}
