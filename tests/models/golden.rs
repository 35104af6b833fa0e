//! Every architecture and option against transformers.

use std::fs;

use safetensors::SafeTensors;
use tracewright::internals::model::{Forward, Row};

use crate::{Weights, distance, fixtures, load, logits_of, options, runtime};

#[test]
fn logits_are_those_of_transformers() {
    let Some(runtime) = runtime() else { return };
    let mut tested = 0;
    let wanted = std::env::var_os("TRACEWRIGHT_GOLDEN");
    let folders = match &wanted {
        // One that somebody imported, with what `import_gguf.py` put into it.
        Some(folder) => vec![folder.into()],
        None => fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>(),
    };
    for folder in folders {
        let bytes = fs::read(folder.join("golden.safetensors")).unwrap();
        let golden = SafeTensors::deserialize(&bytes).unwrap();
        let tokens = golden.tensor("tokens").unwrap();
        let tokens =
            tokens.data().as_chunks::<8>().0.iter().map(|token| u32::try_from(i64::from_le_bytes(*token)).unwrap());
        let tokens = tokens.collect::<Vec<_>>();
        let expected = golden.tensor("logits").unwrap();
        let expected =
            expected.data().as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value)).collect::<Vec<_>>();
        let mut model = load(&runtime, &folder, &options(Weights::Stored, 1));
        let error = distance(&logits_of(&mut model, &tokens), &expected);
        println!("{}: {error:e}", folder.file_name().unwrap().display());
        // The values of a real model are larger and pass through more blocks.
        let bound = if wanted.is_some() { 1e-3 } else { 1e-4 };
        assert!(error < bound, "{}: {error}", folder.display());
        tested += 1;
    }
    assert!(wanted.is_some() || tested >= 21, "{tested} fixtures");
}

/// A model that somebody imported goes on with a text as transformers does (`import_gguf.py compare`).
#[test]
fn greedy_texts_are_those_of_transformers() {
    let Some(folder) = std::env::var_os("TRACEWRIGHT_GOLDEN").map(std::path::PathBuf::from) else {
        return println!("skipped: TRACEWRIGHT_GOLDEN names no checkpoint");
    };
    let Some(runtime) = runtime() else { return };
    let texts = fs::read_to_string(folder.join("greedy.json")).unwrap();
    let texts: Vec<serde_json::Value> = serde_json::from_str(&texts).unwrap();
    let mut model = load(&runtime, &folder, &options(Weights::Stored, 2));
    let tokens = |value: &serde_json::Value| {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|token| u32::try_from(token.as_u64().unwrap()).unwrap())
            .collect::<Vec<_>>()
    };
    for text in &texts {
        let (mut all, expected) = (tokens(&text["prompt"]), tokens(&text["tokens"]));
        let prompt = all.len();
        let (mut start, mut logits) = (0, vec![]);
        model.reset(1, prompt + expected.len()).unwrap();
        while all.len() < prompt + expected.len() {
            model.forward(&[Row { slot: 0, start, tokens: &all[start..], wanted: 1 }], &mut logits).unwrap();
            let best = logits.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap().0;
            start = all.len();
            all.push(u32::try_from(best).unwrap());
        }
        assert_eq!(all[prompt..], expected);
    }
    println!("{} texts are the same", texts.len());
}
