//! The faults that fuzzing found (see `fuzz/README.md`), so that they stay found.

use std::time::{Duration, Instant};

use tracewright::internals::value::{Value, equality::equal};

/// A nested set was compared twice at each level, both ways round: 20 levels took seconds, 40 would take days.
#[test]
fn nested_sets_compare_at_once() {
    let nested = (0..400).fold(Value::Int(1), |inner, _| Value::FrozenSet(vec![inner]));
    let other = (0..400).fold(Value::Int(2), |inner, _| Value::FrozenSet(vec![inner]));
    let started = Instant::now();
    assert!(equal(&nested, &nested) && !equal(&nested, &other));
    let counter =
        |inner| Value::Std(Box::new(tracewright::internals::value::Std::Counter(vec![(Value::Int(1), inner)])));
    let nested = (0..400).fold(Value::Int(1), |inner, _| counter(inner));
    assert!(equal(&nested, &nested));
    assert!(started.elapsed() < Duration::from_secs(20));
}

/// All sets had one hash, so that a set of sets compared each with each.
#[test]
fn sets_of_sets_compare_at_once() {
    let set = |order: &dyn Fn(i64) -> i64| {
        Value::Set((0..20_000).map(|n| Value::FrozenSet(vec![Value::Int(order(n)), Value::Int(-1)])).collect())
    };
    let started = Instant::now();
    assert!(equal(&set(&|n| n), &set(&|n| 19_999 - n)));
    assert!(!equal(&set(&|n| n), &set(&|n| n + 1)));
    assert!(started.elapsed() < Duration::from_secs(20));
}

/// A guest that writes its answer by hand can repeat a key: one it knows must not stand in for one it does not.
#[test]
fn a_key_twice_is_not_two_keys() {
    let dict = |keys: [i64; 2]| Value::Dict(keys.map(|key| (Value::Int(key), Value::Bool(true))).to_vec());
    assert!(equal(&dict([1, 2]), &dict([2, 1])));
    assert!(!equal(&dict([1, 1]), &dict([1, 2])), "what the candidate sends stands on the left");
    assert!(!equal(&dict([1, 2]), &dict([1, 1])));
    let nested = |keys| Value::List(vec![Value::Tuple(vec![dict(keys)])]);
    assert!(!equal(&nested([1, 1]), &nested([1, 2])));
}
