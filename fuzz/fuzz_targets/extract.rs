//! Rationale and fix out of whatever a model wrote. The first byte chooses whether an entry point is known.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tracewright::prompt::extract;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let found = extract(&text, (first % 2 == 0).then_some("f"));
    // What is not in the answer must not be in the fix: each of its lines is one of the answer's, or a part of one.
    if let Some(fix) = found.fix {
        for line in fix.lines().map(str::trim).filter(|line| !line.is_empty()) {
            assert!(text.contains(line), "made up: {line:?}");
        }
    }
});
