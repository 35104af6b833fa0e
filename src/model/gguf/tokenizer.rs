//! `tokenizer.json` and `tokenizer_config.json` of a GGUF file.
//!
//! A GGUF file names its pre-tokenizer and has no rules for it: they stand here, as llama.cpp's `llama-vocab.cpp` and the models' published
//! `tokenizer.json` have them. `SentencePiece`'s vocabularies come with scores in place of merges, which are made again from them as transformers does.

use std::{cmp::Reverse, collections::HashMap};

use serde_json::{Map, Value, json};

use super::{
    super::{
        ModelError,
        decode::{Detokenizer, TextTokenizer},
    },
    header::{self, Gguf},
};

/// The types of tokens, by ggml's numbers.
mod kind {
    pub(super) const NORMAL: i128 = 1;
    pub(super) const UNKNOWN: i128 = 2;
    pub(super) const CONTROL: i128 = 3;
    pub(super) const USER: i128 = 4;
    pub(super) const UNUSED: i128 = 5;
}

/// Llama 3's cuts: digits in groups of up to three.
const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// The same with digits one by one.
const QWEN2: &str =
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// DeepSeek-Coder's cuts, one after the other; digits are cut one by one after them.
const DEEPSEEK_CODER: [&str; 4] = [r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[一-龥ࠀ-一가-\u{d7ff}]+"];

/// A vocabulary.
struct Vocabulary<'a> {
    tokens: Vec<&'a str>,
    kinds: Vec<i128>,
    /// Tokens that are found in a text before it is cut, and whether they are special.
    added: Vec<(usize, bool)>,
}

impl<'a> Vocabulary<'a> {
    fn read(file: &'a Gguf) -> Result<Self, ModelError> {
        let text = |value: &'a header::Value| match value {
            header::Value::Text(text) => Some(text.as_str()),
            _ => None,
        };
        let int = |value: &header::Value| match value {
            header::Value::Int(number) => Some(*number),
            _ => None,
        };
        let key = "tokenizer.ggml.tokens";
        let tokens = file.need(key, file.list(key, "a list of texts", text)?)?;
        let kinds = file.list("tokenizer.ggml.token_type", "a list of numbers", int)?;
        let kinds = kinds.unwrap_or_else(|| vec![1; tokens.len()]);
        if kinds.len() != tokens.len() {
            return Err(file.wrong(format!("it has {} tokens, but {} types of them", tokens.len(), kinds.len())));
        }
        let added = kinds.iter().enumerate().filter_map(|(id, kind)| match *kind {
            kind::UNKNOWN | kind::CONTROL => Some((id, true)),
            kind::USER => Some((id, false)),
            _ => None,
        });
        Ok(Self { added: added.collect(), tokens, kinds })
    }

    /// The ids by token, without those that stand for nothing.
    fn ids(&self) -> Map<String, Value> {
        let used = self.tokens.iter().enumerate().filter(|(id, _)| self.kinds[*id] != kind::UNUSED);
        used.map(|(id, token)| ((*token).to_owned(), json!(id))).collect()
    }

    fn added(&self) -> Vec<Value> {
        let added = |&(id, special): &(usize, bool)| {
            json!({
                "id": id, "content": self.tokens[id], "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": special,
            })
        };
        self.added.iter().map(added).collect()
    }

    /// The token of an id that the file names under `key`.
    fn named(&self, file: &Gguf, key: &str) -> Result<Option<(u32, &'a str)>, ModelError> {
        let Some(id) = file.id(&format!("tokenizer.ggml.{key}_token_id"))? else { return Ok(None) };
        match self.tokens.get(id as usize) {
            Some(token) => Ok(Some((id, token))),
            None => Err(file.wrong(format!("its {key} token is {id}, but it has {} tokens", self.tokens.len()))),
        }
    }
}

/// The content of `tokenizer.json`.
pub(super) fn tokenizer(file: &Gguf) -> Result<Value, ModelError> {
    let vocabulary = Vocabulary::read(file)?;
    let key = "tokenizer.ggml.model";
    let parts = match file.need(key, file.text(key)?)? {
        "gpt2" => byte_level(file, &vocabulary)?,
        "llama" => sentence_piece(file, &vocabulary)?,
        other => return Err(file.wrong(format!("its tokenizer is of the kind {other}; gpt2 and llama are supported"))),
    };
    Ok(json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": vocabulary.added(),
        "normalizer": parts.normalizer,
        "pre_tokenizer": parts.pre_tokenizer,
        "post_processor": ends(file, &vocabulary, parts.begins)?,
        "decoder": parts.decoder,
        "model": parts.model,
    }))
}

/// The parts of a tokenizer that its kind decides on.
struct Parts {
    normalizer: Value,
    pre_tokenizer: Value,
    decoder: Value,
    model: Value,
    /// Whether texts begin with a token of their own where the file says nothing.
    begins: bool,
}

/// GPT-2's kind: merges of bytes.
fn byte_level(file: &Gguf, vocabulary: &Vocabulary<'_>) -> Result<Parts, ModelError> {
    let byte_level =
        |regex: bool| json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": regex});
    let split = |pattern: &str| json!({"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": false});
    let digits = || json!({"type": "Digits", "individual_digits": true});
    let sequence = |parts: Vec<Value>| json!({"type": "Sequence", "pretokenizers": parts});
    let key = "tokenizer.ggml.pre";
    let name = file.need(key, file.text(key)?)?;
    let mut normalizer = Value::Null;
    let pre_tokenizer = match name {
        "gpt-2" | "gpt2" => byte_level(true),
        "smollm" | "starcoder" | "refact" | "codeshell" => sequence(vec![digits(), byte_level(true)]),
        "llama-bpe" | "llama3" | "llama-v3" => sequence(vec![split(LLAMA3), byte_level(false)]),
        "qwen2" | "deepseek-r1-qwen" => {
            normalizer = json!({"type": "NFC"});
            sequence(vec![split(QWEN2), byte_level(false)])
        }
        "deepseek-coder" => {
            let cuts = DEEPSEEK_CODER.iter().map(|pattern| split(pattern));
            sequence(cuts.chain([digits(), byte_level(false)]).collect())
        }
        other => {
            return Err(file.wrong(format!(
                "`{key}` is {other}; gpt-2, smollm, starcoder, refact, codeshell, llama-bpe, qwen2, deepseek-r1-qwen and deepseek-coder are \
                 supported: take the model's edition in Hugging Face's layout"
            )));
        }
    };
    let key = "tokenizer.ggml.merges";
    let merges = file.need(key, file.list(key, "a list of pairs of tokens", pair)?)?;
    let llama3 = matches!(name, "llama-bpe" | "llama3" | "llama-v3");
    Ok(Parts {
        normalizer,
        pre_tokenizer,
        decoder: byte_level(true),
        model: json!({
            "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
            "fuse_unk": false, "byte_fallback": false, "ignore_merges": llama3, "vocab": vocabulary.ids(), "merges": merges,
        }),
        begins: llama3,
    })
}

/// The two tokens of a merge.
fn pair(value: &header::Value) -> Option<(&str, &str)> {
    match value {
        // A token may begin with a space.
        header::Value::Text(text) => {
            let (at, _) = text.char_indices().skip(1).find(|(_, char)| *char == ' ')?;
            Some((&text[..at], &text[at + 1..]))
        }
        _ => None,
    }
}

/// `SentencePiece`'s kind: merges in the order of scores, and bytes for what is not known.
fn sentence_piece(file: &Gguf, vocabulary: &Vocabulary<'_>) -> Result<Parts, ModelError> {
    let key = "tokenizer.ggml.scores";
    let score = |value: &header::Value| match value {
        header::Value::F32(score) if score.is_finite() => Some(*score),
        _ => None,
    };
    let scores = file.need(key, file.list(key, "a list of numbers", score)?)?;
    if scores.len() != vocabulary.tokens.len() {
        return Err(file.wrong(format!("it has {} tokens, but {} scores", vocabulary.tokens.len(), scores.len())));
    }
    let prefix = file.flag("tokenizer.ggml.add_space_prefix")?.unwrap_or(true);
    let replace = |from: &str, to: &str| json!({"type": "Replace", "pattern": {"String": from}, "content": to});
    let sequence = |parts: Vec<Value>| json!({"type": "Sequence", "normalizers": parts});
    let prepend = prefix.then(|| json!({"type": "Prepend", "prepend": "▁"}));
    let strip = prefix.then(|| json!({"type": "Strip", "content": " ", "start": 1, "stop": 0}));
    let decoders = [replace("▁", " "), json!({"type": "ByteFallback"}), json!({"type": "Fuse"})];
    // Older files do not name it.
    let by_kind = vocabulary.kinds.iter().position(|kind| *kind == kind::UNKNOWN).map(|id| vocabulary.tokens[id]);
    let unknown = vocabulary.named(file, "unknown")?.map(|(_, token)| token).or(by_kind);
    let has_bytes = (0..=255_u8).all(|byte| vocabulary.tokens.contains(&format!("<0x{byte:02X}>").as_str()));
    Ok(Parts {
        normalizer: sequence(prepend.into_iter().chain([replace(" ", "▁")]).collect()),
        pre_tokenizer: Value::Null,
        decoder: json!({"type": "Sequence", "decoders": decoders.into_iter().chain(strip).collect::<Vec<_>>()}),
        model: json!({
            "type": "BPE", "dropout": null, "unk_token": unknown, "continuing_subword_prefix": null, "end_of_word_suffix": null,
            "fuse_unk": true, "byte_fallback": has_bytes, "ignore_merges": false, "vocab": vocabulary.ids(),
            "merges": merges(file, vocabulary, &scores)?,
        }),
        begins: true,
    })
}

/// The longest token that is cut in two, in bytes; no vocabulary comes near it.
const LONGEST: usize = 1024;

/// The merges that give each token from two others, those of the highest scores first (`generate_merges` of transformers). Tokens of bytes and those
/// that are found before a text is cut come from no merge.
fn merges<'a>(file: &Gguf, vocabulary: &Vocabulary<'a>, scores: &[f32]) -> Result<Vec<(&'a str, &'a str)>, ModelError> {
    let normal = || vocabulary.tokens.iter().enumerate().filter(|(id, _)| vocabulary.kinds[*id] == kind::NORMAL);
    let ids: HashMap<&str, usize> = normal().map(|(id, token)| (*token, id)).collect();
    let mut merges = Vec::new();
    for (id, token) in normal() {
        if token.len() > LONGEST {
            return Err(
                file.wrong(format!("its token {id} has {} bytes, more than {LONGEST}: it is damaged", token.len()))
            );
        }
        let cuts = token.char_indices().skip(1).map(|(at, _)| token.split_at(at));
        let mut cuts: Vec<_> = cuts.filter_map(|(a, b)| Some(((*ids.get(a)?, *ids.get(b)?), (a, b)))).collect();
        cuts.sort_unstable();
        merges.extend(cuts.into_iter().map(|(_, pair)| (scores[id], pair)));
    }
    let length = |text: &str| text.chars().count();
    merges.sort_by(|(score, (a, b)), (other, (c, d))| {
        other
            .total_cmp(score)
            .then_with(|| (Reverse(length(a)), Reverse(length(b))).cmp(&(Reverse(length(c)), Reverse(length(d)))))
    });
    Ok(merges.into_iter().map(|(_, pair)| pair).collect())
}

/// The tokens that are put around a text.
fn ends(file: &Gguf, vocabulary: &Vocabulary<'_>, begins: bool) -> Result<Value, ModelError> {
    let puts_bos = file.flag("tokenizer.ggml.add_bos_token")?.unwrap_or(begins);
    let puts_eos = file.flag("tokenizer.ggml.add_eos_token")?.unwrap_or(false);
    let bos = vocabulary.named(file, "bos")?.filter(|_| puts_bos);
    let eos = vocabulary.named(file, "eos")?.filter(|_| puts_eos);
    if bos.is_none() && eos.is_none() {
        return Ok(Value::Null);
    }
    let special = |(_, token): &(u32, &str)| json!({"SpecialToken": {"id": token, "type_id": 0}});
    let around = |name: &str, type_id: u32| {
        let text = json!({"Sequence": {"id": name, "type_id": type_id}});
        bos.iter().map(special).chain([text]).chain(eos.iter().map(special)).collect::<Vec<_>>()
    };
    let specials: Map<String, Value> = bos
        .iter()
        .chain(&eos)
        .map(|(id, token)| ((*token).to_owned(), json!({"id": token, "ids": [id], "tokens": [token]})))
        .collect();
    let pair = [around("A", 0), around("B", 1)].concat();
    Ok(json!({"type": "TemplateProcessing", "single": around("A", 0), "pair": pair, "special_tokens": specials}))
}

/// The content of `tokenizer_config.json`.
pub(super) fn settings(file: &Gguf) -> Result<Value, ModelError> {
    let vocabulary = Vocabulary::read(file)?;
    let mut fields = Map::new();
    fields.insert("tokenizer_class".to_owned(), json!("PreTrainedTokenizerFast"));
    for (name, key) in [("bos_token", "bos"), ("eos_token", "eos"), ("pad_token", "padding"), ("unk_token", "unknown")]
    {
        if let Some((_, token)) = vocabulary.named(file, key)? {
            fields.insert(name.to_owned(), json!(token));
        }
    }
    fields.insert("clean_up_tokenization_spaces".to_owned(), json!(false));
    if let Some(template) = file.text("tokenizer.chat_template")? {
        fields.insert("chat_template".to_owned(), json!(template));
    }
    Ok(Value::Object(fields))
}

/// Texts that a tokenizer has to give back as they are.
const SAMPLES: [&str; 3] = [
    "def f(xs):\n    return [x + 1 for x in xs if x != 1234567890]\n",
    "# Zwölf Boxkämpfer, 東京, 🙂\n\tprint('it\\'s')  # 0x1F\n\n\n",
    "<b>a</b> && x|y \\ \"q\" {n}; ~^%$",
];

/// Checks that the tokenizer, the content of a `tokenizer.json`, reads texts and gives them back.
pub(super) fn check(file: &Gguf, tokenizer: &Value) -> Result<(), ModelError> {
    let wrong = |problem: String| file.wrong(format!("its tokenizer cannot be used: {problem}"));
    let tokenizer =
        TextTokenizer::from_bytes(tokenizer.to_string().as_bytes()).map_err(|error| wrong(error.to_string()))?;
    for sample in SAMPLES {
        let tokens = tokenizer.encode(sample, false).map_err(|error| wrong(error.to_string()))?;
        let text = tokenizer.decode(&tokens).map_err(|error| wrong(error.to_string()))?;
        if text != sample {
            return Err(wrong(format!("of {sample:?} it makes {text:?}")));
        }
    }
    Ok(())
}
