//! The promise of [`Forward::forward`]: logits depend on their own sequence only, bit for bit.

use std::path::Path;

use tracewright::internals::model::{Forward, LocalModel, Row};

use crate::{
    Weights, load, logits_of, options,
    random::{Random, Shape},
    runtime,
};

/// Sizes that are and are not multiples of what the kernels take at once.
const SHAPES: [Shape; 3] = [
    Shape {
        architecture: "LlamaForCausalLM",
        vocabulary: 331,
        hidden: 70,
        intermediate: 101,
        layers: 2,
        heads: 5,
        kv_heads: 1,
        head_dim: 14,
    },
    Shape {
        architecture: "LlamaForCausalLM",
        vocabulary: 512,
        hidden: 192,
        intermediate: 512,
        layers: 2,
        heads: 3,
        kv_heads: 3,
        head_dim: 64,
    },
    Shape {
        architecture: "MistralForCausalLM",
        vocabulary: 1000,
        hidden: 576,
        intermediate: 1536,
        layers: 2,
        heads: 9,
        kv_heads: 3,
        head_dim: 64,
    },
];

/// Runs `test` on each shape with one and two threads and both kinds of weights.
fn each(test: impl Fn(&mut LocalModel, usize)) {
    let Some(runtime) = runtime() else { return };
    for (seed, shape) in SHAPES.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        shape.write(folder.path(), seed as u64);
        for (weights, threads) in [(Weights::Stored, 1), (Weights::Stored, 2), (Weights::EightBit, 2)] {
            test(&mut load(&runtime, folder.path(), &options(weights, threads)), shape.vocabulary);
        }
    }
}

/// The logits after the last `wanted` of `tokens`, which begin at `start` in slot `slot`.
fn forward(model: &mut LocalModel, slot: usize, start: usize, tokens: &[u32], wanted: usize) -> Vec<f32> {
    let mut logits = vec![];
    model.forward(&[Row { slot, start, tokens, wanted }], &mut logits).unwrap();
    logits
}

#[track_caller]
fn same(a: &[f32], b: &[f32]) {
    assert_eq!(a.len(), b.len());
    if let Some(at) = a.iter().zip(b).position(|(a, b)| a.to_bits() != b.to_bits()) {
        panic!("value {at} of {} differs: {} and {}", a.len(), a[at], b[at]);
    }
}

#[test]
fn cuts_do_not_matter() {
    each(|model, vocabulary| {
        let tokens = Random(1).tokens(300, vocabulary);
        let whole = logits_of(model, &tokens);
        for pieces in [&[1; 40][..], &[2, 1, 5, 8, 33, 1, 100, 3, 1, 146], &[299, 1], &[1, 299]] {
            model.reset(2, 320).unwrap();
            let mut start = 0;
            for piece in pieces {
                let logits = forward(model, 1, start, &tokens[start..start + piece], *piece);
                same(&logits, &whole[start * vocabulary..(start + piece) * vocabulary]);
                start += piece;
            }
        }
    });
}

#[test]
fn other_rows_do_not_matter() {
    each(|model, vocabulary| {
        let mut random = Random(2);
        let lengths = [1, 7, 40, 3, 19, 2, 64, 11];
        let texts = lengths.map(|length| random.tokens(length + 8, vocabulary));
        let alone = texts.clone().map(|text| logits_of(model, &text));
        model.reset(texts.len(), 100).unwrap();
        let mut logits = vec![];
        // Prompts of all lengths at once, each with the logits of its last two tokens at most.
        let rows = texts.iter().enumerate().map(|(slot, text)| {
            let tokens = &text[..lengths[slot]];
            Row { slot, start: 0, tokens, wanted: tokens.len().min(2) }
        });
        model.forward(&rows.collect::<Vec<_>>(), &mut logits).unwrap();
        let expected = alone.iter().zip(lengths).flat_map(|(all, n)| &all[(n - n.min(2)) * vocabulary..n * vocabulary]);
        same(&logits, &expected.copied().collect::<Vec<_>>());
        // Then a token at a time, for fewer and fewer of them, in every place.
        for step in 0..8 {
            let slots = (0..texts.len()).filter(|slot| slot % (step + 1) == 0 || slot % 3 == 1).collect::<Vec<_>>();
            for slots in [slots.clone(), (0..texts.len()).filter(|slot| !slots.contains(slot)).collect()] {
                let rows = slots.iter().map(|&slot| {
                    let at = lengths[slot] + step;
                    Row { slot, start: at, tokens: &texts[slot][at..=at], wanted: 1 }
                });
                model.forward(&rows.collect::<Vec<_>>(), &mut logits).unwrap();
                let expected = slots.iter().flat_map(|&slot| {
                    let at = lengths[slot] + step;
                    &alone[slot][at * vocabulary..(at + 1) * vocabulary]
                });
                same(&logits, &expected.copied().collect::<Vec<_>>());
            }
        }
    });
}

#[test]
fn copies_go_on_as_their_originals() {
    each(|model, vocabulary| {
        let tokens = Random(3).tokens(160, vocabulary);
        let whole = logits_of(model, &tokens);
        model.reset(6, 200).unwrap();
        assert!(forward(model, 2, 0, &tokens[..150], 0).is_empty());
        for slot in [0, 1, 3, 4, 5] {
            model.copy(2, slot, 150 - slot).unwrap();
        }
        let rows = (0..6).map(|slot| {
            let start = if slot == 2 { 150 } else { 150 - slot };
            Row { slot, start, tokens: &tokens[start..start + 3], wanted: 1 }
        });
        let rows = rows.collect::<Vec<_>>();
        let mut logits = vec![];
        model.forward(&rows, &mut logits).unwrap();
        let expected = rows.iter().flat_map(|row| &whole[(row.start + 2) * vocabulary..(row.start + 3) * vocabulary]);
        same(&logits, &expected.copied().collect::<Vec<_>>());
        // Back from a place at home to one aside, over what was there.
        assert!(forward(model, 4, 20, &tokens[..30], 0).is_empty());
        model.copy(0, 4, 152).unwrap();
        same(&forward(model, 4, 152, &tokens[152..], 1), &whole[159 * vocabulary..]);
    });
}

#[test]
fn what_follows_the_start_is_forgotten() {
    each(|model, vocabulary| {
        let tokens = Random(4).tokens(60, vocabulary);
        let other = Random(5).tokens(60, vocabulary);
        let whole = logits_of(model, &tokens);
        model.reset(1, 64).unwrap();
        forward(model, 0, 0, &tokens[..20], 0);
        forward(model, 0, 20, &other[..40], 0);
        same(&forward(model, 0, 20, &tokens[20..30], 10), &whole[20 * vocabulary..30 * vocabulary]);
        assert!(model.forward(&[Row { slot: 0, start: 31, tokens: &tokens[..1], wanted: 0 }], &mut vec![]).is_err());
    });
}

#[test]
fn wrong_calls_are_refused() {
    let Some(runtime) = runtime() else { return };
    let folder = crate::fixtures().join("llama");
    let mut model = load(&runtime, Path::new(&folder), &options(Weights::Stored, 1));
    assert_eq!((model.vocabulary(), model.context()), (40, 64));
    assert!(model.reset(1, 65).is_err());
    model.reset(2, 10).unwrap();
    let mut refuse = |rows: &[Row<'_>], message: &str| {
        let error = model.forward(rows, &mut vec![]).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    };
    let row = Row { slot: 0, start: 0, tokens: &[1, 2], wanted: 1 };
    refuse(&[Row { slot: 2, ..row }], "there are 2 slots");
    refuse(&[Row { start: 1, ..row }], "only 0 are cached");
    refuse(&[Row { tokens: &[40], ..row }], "token 40");
    refuse(&[Row { tokens: &[], ..row }], "0 tokens");
    refuse(&[Row { wanted: 3, ..row }], "logits of 3");
    refuse(&[Row { tokens: &[0; 11], ..row }], "11 tokens do not fit");
    refuse(&[Row { slot: 1, ..row }, row], "ascending");
    assert!(model.copy(0, 1, 1).is_err());
}
