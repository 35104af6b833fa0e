//! Real tokenizers, as `tokenizer.json` files have them: byte-level BPE (GPT-2, Qwen) and Unigram with byte fallback
//! (Llama's decoder).

use serde_json::{Value, json};
use tracewright::internals::model::decode::{
    DecodeError, Detokenizer, FinishReason, Job, SamplingParams, TextStream, TextTokenizer,
};

use crate::support::{Copier, EOS, plain, run_with, speculative};

const CODE: &str = "def größe(xs):\n    # naïve — 42 € 🐍🐍\n    return [x for x in xs if x > 0]\n\ndef rest(): pass\n";

/// GPT-2's letter for a byte.
fn letter(byte: u8) -> char {
    let plain = |byte: u8| matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..);
    if plain(byte) {
        return char::from(byte);
    }
    let before = u32::try_from((0..byte).filter(|other| !plain(*other)).count()).unwrap();
    char::from_u32(256 + before).unwrap()
}

fn byte_level() -> TextTokenizer {
    let mut vocabulary = serde_json::Map::new();
    for token in ["</s>", "<sep>", "<mark>"] {
        vocabulary.insert(token.to_owned(), vocabulary.len().into());
    }
    for byte in 0..=255 {
        vocabulary.insert(letter(byte).to_string(), vocabulary.len().into());
    }
    let merges =
        [["d", "e"], ["de", "f"], ["r", "e"], ["t", "u"], ["tu", "r"], ["re", "tur"], ["retur", "n"], ["Ġ", "x"]];
    for [left, right] in merges {
        vocabulary.insert(format!("{left}{right}"), vocabulary.len().into());
    }
    let special = |id: u32, content: &str| json!({"id": id, "content": content, "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false});
    let byte_level = json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true});
    read(&json!({
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
        "padding": null,
        "added_tokens": [special(0, "</s>"), special(1, "<sep>"), special(2, "<mark>")],
        "normalizer": null,
        "pre_tokenizer": byte_level,
        "post_processor": null,
        "decoder": byte_level,
        "model": {"type": "BPE", "vocab": vocabulary, "merges": merges},
    }))
}

fn unigram() -> TextTokenizer {
    let mut vocabulary: Vec<Value> = ["</s>", "<sep>", "<unk>", "<mark>"].map(|token| json!([token, 0.0])).into();
    vocabulary.extend((0..=255_u8).map(|byte| json!([format!("<0x{byte:02X}>"), -9.0])));
    let words = ["▁", "▁def", "▁return", "re", "st", "x", "▁x", "for", "i", "n", "f", "s", "(", ")", ":", "[", "]"];
    vocabulary.extend(words.map(|word| json!([word, -4.0])));
    let special = |id: u32, content: &str| json!({"id": id, "content": content, "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false});
    read(&json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [special(0, "</s>"), special(1, "<sep>"), special(3, "<mark>")],
        "normalizer": null,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false},
        "post_processor": null,
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ]},
        "model": {"type": "Unigram", "unk_id": 2, "vocab": vocabulary, "byte_fallback": true},
    }))
}

fn read(file: &Value) -> TextTokenizer {
    TextTokenizer::from_bytes(file.to_string().as_bytes()).unwrap()
}

#[test]
fn streams_are_whole_characters_and_add_up_to_the_text() {
    for tokenizer in [byte_level(), unigram()] {
        let tokens = tokenizer.encode(CODE, false).unwrap();
        assert_eq!(tokenizer.decode(&tokens).unwrap(), CODE);
        let mut stream = TextStream::default();
        let mut grew = 0;
        for end in 1..=tokens.len() {
            let before = stream.text().len();
            stream.advance(&tokenizer, &tokens[..end]).unwrap();
            assert!(CODE.starts_with(stream.text()), "{:?}", stream.text());
            grew += usize::from(stream.text().len() > before);
        }
        assert_eq!(stream.text(), CODE);
        assert!(grew > 50, "in {grew} pieces");
    }
}

#[test]
fn texts_of_a_run_are_cut_before_stop_strings_that_span_tokens() {
    for tokenizer in [byte_level(), unigram()] {
        let vocabulary = u32::try_from(tokenizer.vocabulary()).unwrap();
        let mut model = Copier::new(vocabulary, 1000);
        let mut prompt = tokenizer.encode(CODE, false).unwrap();
        prompt.push(tokenizer.id("<sep>").unwrap());
        // What the answer is, where it is cut, and why.
        let cases = [
            (vec![], CODE.len(), FinishReason::Eos),
            (vec!["\n\ndef".to_owned()], CODE.find("\n\ndef").unwrap(), FinishReason::Stop),
            (vec!["never".to_owned(), "turn [".to_owned()], CODE.find("turn [").unwrap(), FinishReason::Stop),
            (vec!["🐍🐍".to_owned(), "€".to_owned()], CODE.find('€').unwrap(), FinishReason::Stop),
            (vec!["🐍\n".to_owned()], CODE.find("🐍\n").unwrap(), FinishReason::Stop),
        ];
        for (stop, end, reason) in cases {
            let params = SamplingParams { stop, ..SamplingParams::greedy(500) };
            let job = Job::new("code", prompt.clone(), 1, params);
            for options in [plain(1), speculative(1)] {
                let results = run_with(&mut model, &tokenizer, vec![EOS], vec![job.clone()], options).unwrap();
                let completion = results.completion("code", 0);
                assert_eq!((completion.text.as_str(), completion.reason), (&CODE[..end], reason));
            }
        }
        // A special token has no text; its name as a stop string means the token.
        for options in [plain(1), speculative(1)] {
            let marked = tokenizer.encode("f(x)<mark>rest", false).unwrap();
            let prompt = [&marked[..], &[tokenizer.id("<sep>").unwrap()]].concat();
            let stop = vec!["never".to_owned(), "<mark>".to_owned()];
            let job = Job::new("marked", prompt, 1, SamplingParams { stop, ..SamplingParams::greedy(500) });
            let results = run_with(&mut model, &tokenizer, vec![EOS], vec![job], options).unwrap();
            let completion = results.completion("marked", 0);
            assert_eq!((completion.text.as_str(), completion.reason), ("f(x)", FinishReason::Stop));
            assert_eq!(completion.tokens.last(), tokenizer.id("<mark>").as_ref());
        }
        // Cut by length inside a character: what there is of it is one U+FFFD or more, never half a character.
        let bytes = tokenizer.encode(&CODE[..CODE.find('🐍').unwrap()], false).unwrap().len();
        let job = Job::new("code", prompt.clone(), 1, SamplingParams::greedy(bytes + 2));
        let results = run_with(&mut model, &tokenizer, vec![EOS], vec![job], plain(1)).unwrap();
        let text = &results.completion("code", 0).text;
        assert!(
            text.trim_end_matches('\u{FFFD}') == &CODE[..CODE.find('🐍').unwrap()] && text.ends_with('\u{FFFD}'),
            "{text:?}"
        );
    }
}

#[test]
fn special_tokens_have_no_text_and_files_are_not_cut() {
    let tokenizer = byte_level();
    let tokens = tokenizer.encode("def f</s><sep> x", true).unwrap();
    assert_eq!(tokenizer.decode(&tokens).unwrap(), "def f x");
    assert!(tokens.len() > 4, "the file's truncation to 4 tokens is not applied");
    assert!(tokens.contains(&0) && tokens.contains(&1));
    assert_eq!(tokenizer.id("<pad>"), None);
}

#[test]
fn a_file_that_is_no_tokenizer_is_named() {
    let path = std::path::Path::new("no/such/tokenizer.json");
    let error = TextTokenizer::open(path).unwrap_err();
    assert!(matches!(error, DecodeError::TokenizerFile { .. }));
    assert!(error.to_string().starts_with("no/such/tokenizer.json: not a usable tokenizer.json: "), "{error}");
    assert!(TextTokenizer::from_bytes(b"{\"version\": \"1.0\"}").is_err());
}
