//! Bytes as a dataset file, compressed or not, in any of the formats.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tracewright::internals::{dataset, files};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = files::text(bytes.to_vec()) else { return };
    let Ok(dataset) = dataset::parse("fuzz.jsonl", &text) else { return };
    for (position, task) in dataset.tasks.iter().enumerate() {
        assert_eq!(dataset.position(&task.id), Some(position), "a task is found by its name");
        assert_eq!(task.suite.groups().iter().map(|group| group.len).sum::<usize>(), task.suite.len());
    }
});
