//! Every architecture and option against transformers.

use std::fs;

use safetensors::SafeTensors;

use crate::{Weights, distance, fixtures, load, logits_of, options, runtime};

#[test]
fn logits_are_those_of_transformers() {
    let Some(runtime) = runtime() else { return };
    let mut tested = 0;
    for entry in fs::read_dir(fixtures()).unwrap() {
        let folder = entry.unwrap().path();
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
        assert!(error < 1e-4, "{}: {error}", folder.display());
        tested += 1;
    }
    assert!(tested >= 20, "{tested} fixtures");
}
