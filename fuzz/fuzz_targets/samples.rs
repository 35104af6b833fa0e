//! Bytes as a file of samples, compressed or not, in any of the forms that are one file.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tracewright::internals::{
    candidates,
    dataset::{self, DataDir, Dataset},
    files,
};

static DATASET: LazyLock<Dataset> =
    LazyLock::new(|| dataset::open("mini", &DataDir::new(None)).expect("the bundled dataset opens"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = files::unpack(bytes.to_vec()) else { return };
    let Ok(read) = candidates::parse("fuzz.jsonl", "fuzz", &text, &DATASET) else { return };
    for sample in &read.samples {
        let count = read.samples.iter().filter(|other| other.task == sample.task).count();
        assert!(sample.task < DATASET.tasks.len() && sample.index < count, "a sample stands where it says");
    }
});
