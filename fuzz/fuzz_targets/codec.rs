//! Bytes of a hostile guest as a value: an error, or a value that survives the way back and that every consumer can take.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tracewright::internals::value::{Value, codec, equality::equal, repr::repr};

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = codec::decode(bytes) else { return };
    let encoded = codec::encode(&value);
    let again = codec::decode(&encoded).expect("what was encoded decodes");
    // By bytes: the order of a set's elements is not kept, and NaN is not equal to itself.
    assert_eq!(codec::encode(&again), encoded);
    let same = equal(&value, &value);
    assert_eq!(equal(&value, &again), same, "what comes back compares as what went");
    assert_eq!(equal(&again, &value), same, "equality is symmetric");
    if let Value::Tuple(pair) = &value
        && let [out, expected] = pair.as_slice()
        && equal(out, expected)
    {
        assert!(nothing_is_missing(out, expected), "equal, yet not all that is expected is there");
    }
    assert!(repr(&value, 100).len() <= 107, "as long as asked for, and an ellipsis");
});

/// Whether a mapping or set has all that the other has.
fn nothing_is_missing(out: &Value, expected: &Value) -> bool {
    match (out, expected) {
        (Value::Dict(out), Value::Dict(expected)) => {
            expected.iter().all(|(key, value)| out.iter().any(|(other, held)| equal(other, key) && equal(held, value)))
        }
        (Value::Set(out), Value::Set(expected)) => {
            expected.iter().all(|item| out.iter().any(|other| equal(other, item)))
        }
        _ => true,
    }
}
