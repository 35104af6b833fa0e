//! The rationale and the program out of whatever a model wrote, in the real guest. The first byte chooses whether an entry point is known.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use tracewright::internals::{
    answer::{Answer, Asked, Extractor, Sanitize},
    sandbox::{CacheDir, Sandbox, Settings, pool},
};

static EXTRACTOR: LazyLock<Extractor<'static>> = LazyLock::new(|| {
    let settings = Settings { jobs: 1, cache: CacheDir::from_environment() };
    Extractor::new(&Arc::new(Sandbox::new(&settings, &mut |_| {}).expect("the sandbox starts")))
});

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let answer = Answer::program(String::from_utf8_lossy(rest));
    let names = if first % 2 == 0 { vec!["f".to_owned()] } else { Vec::new() };
    let asked = Asked { names, ..Asked::default() };
    let found =
        pool::run_one(|| EXTRACTOR.extract(&answer, &asked, Sanitize::Auto)).expect("a worker").expect("no fault");
    // What is not in the answer must not be in the program: each of its lines is one of the answer's, or a part of one.
    let blank = |text: &str| {
        text.chars().filter(|char| !char.is_whitespace() && !char.is_control() && char.is_ascii()).collect::<String>()
    };
    let said = blank(&answer.text);
    for line in found.program.iter().flat_map(|program| program.lines()) {
        assert!(said.contains(&blank(line)), "made up: {line:?}");
    }
});
