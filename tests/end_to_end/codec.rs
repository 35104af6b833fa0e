//! The wire format: what goes in comes out, and hostile bytes meet an error, never a panic or a flood.

use crate::support::SANDBOX;
use num_bigint::BigInt;
use proptest::prelude::*;
use tracewright::internals::{
    sandbox::{Limits, pool},
    value::{PyStr, Std, Value, codec, equality::equal},
};

fn atom() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::None),
        Just(Value::Ellipsis),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (any::<i128>(), 0_u32..200).prop_map(|(value, shift)| Value::int(BigInt::from(value) << shift)),
        any::<f64>().prop_filter("NaN equals nothing", |value| !value.is_nan()).prop_map(Value::Float),
        any::<(f32, f32)>()
            .prop_filter("NaN", |v| !v.0.is_nan() && !v.1.is_nan())
            .prop_map(|(a, b)| Value::Complex(a.into(), b.into())),
        any::<String>().prop_map(|text| Value::str(&text)),
        Just(Value::Str(PyStr::from_wtf8(vec![0xED, 0xA0, 0x80]).unwrap())),
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
        (any::<i64>(), any::<i64>(), 1..1000_i64).prop_map(|(a, b, c)| Value::Std(Box::new(Std::Range(
            a.into(),
            b.into(),
            c.into()
        )))),
        (any::<i64>(), 1..1000_i64).prop_map(|(a, b)| Value::Std(Box::new(Std::Fraction(a.into(), b.into())))),
        "-?[0-9]{1,9}\\.[0-9]{1,9}".prop_map(|text| Value::Std(Box::new(Std::Decimal(text)))),
        proptest::collection::vec(any::<u8>(), 0..9).prop_map(|bytes| Value::Std(Box::new(Std::ByteArray(bytes)))),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    atom().prop_recursive(4, 40, 6, |inner| {
        let items = proptest::collection::vec(inner.clone(), 0..6);
        let pairs = proptest::collection::vec(("[a-z]{0,4}".prop_map(|key| Value::str(&key)), inner), 0..6);
        prop_oneof![
            items.clone().prop_map(Value::List),
            items.clone().prop_map(Value::Tuple),
            pairs.clone().prop_map(|pairs| Value::Dict(distinct(pairs))),
            pairs.prop_map(|pairs| Value::Std(Box::new(Std::OrderedDict(distinct(pairs))))),
            items.prop_map(|items| Value::Std(Box::new(Std::Deque(items, None)))),
        ]
    })
}

fn distinct(pairs: Vec<(Value, Value)>) -> Vec<(Value, Value)> {
    let mut seen = Vec::new();
    pairs
        .into_iter()
        .filter(|(key, _)| {
            !seen.contains(key) && {
                seen.push(key.clone());
                true
            }
        })
        .collect()
}

proptest! {
    #[test]
    fn a_value_survives(value in value()) {
        prop_assert_eq!(codec::decode(&codec::encode(&value)), Ok(value));
    }

    #[test]
    fn equality_is_reflexive_but_for_nan_and_symmetric(a in value(), b in value()) {
        prop_assert!(equal(&a, &a));
        prop_assert_eq!(equal(&a, &b), equal(&b, &a));
    }

    #[test]
    fn hostile_bytes_are_an_error_or_a_value(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(value) = codec::decode(&bytes) {
            prop_assert_eq!(codec::decode(&codec::encode(&value)).map(|again| codec::encode(&again)), Ok(codec::encode(&value)));
        }
    }

    /// Bytes near the format find more of the decoder than noise does.
    #[test]
    fn damaged_values_are_an_error_or_a_value(value in value(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = codec::encode(&value);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = codec::decode(&bytes);
        bytes.truncate(at);
        let _ = codec::decode(&bytes);
    }
}

#[test]
fn a_claimed_length_allocates_nothing() {
    for bytes in [
        &b"[\xff\xff\xff\x7f"[..],
        b"u\xff\xff\xff\x7f",
        b"l\x00\x00\x00\x80",
        b"s\xff\xff\xff\xff",
        b"<\xff\xff\xff\x7fN",
    ] {
        assert!(codec::decode(bytes).is_err());
    }
}

#[test]
fn nesting_is_bounded() {
    let deep: Vec<u8> =
        std::iter::repeat_n(b"[\x01\0\0\0".as_slice(), 100_000).flatten().copied().chain([b'N']).collect();
    // Where values are decoded stacks are large.
    pool::run_one(|| assert!(codec::decode(&deep).is_err())).unwrap();
}

#[test]
fn what_is_shared_stays_shared_and_is_written_once() {
    // [x, x, [y]] with y inside x, x a list that holds itself; numbers go by beginnings, and only what is referred to keeps one.
    let graph = b"[\x03\0\0\0\xdb\x02\0\0\0r\0\0\0\0\xdb\x01\0\0\0i\x07\0\0\0r\0\0\0\0\xdb\x01\0\0\0r\x01\0\0\0";
    let value = codec::decode_message(graph).unwrap();
    let again = codec::encode(&value);
    assert_eq!(codec::decode_message(&again).unwrap(), value);
    assert_eq!(again.len(), graph.len());
    assert!(codec::decode(graph).is_err(), "a tree cannot hold itself");
    // As a tree, what is shared stands each time; a few bytes cannot stand for more than a bound.
    assert_eq!(codec::decode(b"(\x02\0\0\0\xdb\0\0\0\0r\0\0\0\0").unwrap(), Value::Tuple(vec![Value::List(vec![]); 2]));
    let mut bomb = Vec::new();
    for _ in 0..40 {
        bomb.extend_from_slice(b"\xa8\x02\0\0\0");
    }
    bomb.extend_from_slice(b"\xdb\0\0\0\0");
    for number in (1..=40_u32).rev() {
        bomb.push(b'r');
        bomb.extend_from_slice(&number.to_le_bytes());
    }
    pool::run_one(|| assert!(codec::decode(&bomb).is_err())).unwrap();
    assert!(codec::decode_message(&bomb).is_ok());
    for hostile in
        [b"r\0\0\0\0".as_slice(), b"[\x01\0\0\0r\x05\0\0\0", b"[\x01\0\0\0r\xff\xff\xff\xff", b"\xd8R\xe9\0\0\0\0"]
    {
        assert!(codec::decode_message(hostile).is_err());
    }
}

/// Python's own answers for `a == b`, over every pair of these values, against [`equal`] on what crosses.
#[test]
fn equality_is_pythons() {
    let expressions = [
        "True",
        "1",
        "1.0",
        "0",
        "-0.0",
        "0.0",
        "2**70",
        "float(2**70)",
        "0.1",
        "Fraction(1, 10)",
        "Fraction(1, 2)",
        "0.5",
        "Decimal('0.5')",
        "Decimal('0.1')",
        "Decimal('1e400')",
        "10**400",
        "complex(1, 0)",
        "1j",
        "float('inf')",
        "Decimal('Infinity')",
        "None",
        "...",
        "'a'",
        "b'a'",
        "bytearray(b'a')",
        "''",
        "[]",
        "()",
        "[1, 2]",
        "(1, 2)",
        "[1.0, 2]",
        "{1, 2}",
        "frozenset([2, 1.0])",
        "{1: 2}",
        "{1.0: 2.0}",
        "OrderedDict([(1, 2)])",
        "OrderedDict([(1, 2), (3, 4)])",
        "OrderedDict([(3, 4), (1, 2)])",
        "{3: 4, 1: 2}",
        "Counter('ab')",
        "Counter({'a': 1, 'b': 1, 'c': 0})",
        "{'a': 1, 'b': 1}",
        "defaultdict(int, {1: 2})",
        "deque([1, 2])",
        "range(1, 3)",
        "range(1, 4, 2)",
        "range(1, 5, 2)",
        "range(0)",
        "range(3, 3)",
        "array('i', [1, 2])",
        "P(1, 2)",
        "{}",
        "set()",
        "date(2024, 1, 1)",
        "datetime(2024, 1, 1)",
        "timedelta(1)",
        "timedelta(hours=24)",
        "int",
        "bool",
        "[[1], [2.0]]",
        "[[True], [2]]",
        "{'k': [1, {2}]}",
        "{1: 2}.keys()",
        "{(1, 2)}",
        "{1: 2}.items()",
        "slice(1, 2, 3)",
    ];
    let setup = "from fractions import Fraction\nfrom decimal import Decimal\nfrom collections import *\nfrom array import array\nfrom datetime import *\nP = namedtuple('P', 'x y')\n";
    let source = format!(
        "{setup}VALUES = lambda: [{}]\ndef value(i):\n    return VALUES()[i]\ndef table():\n    a, b = VALUES(), VALUES()\n    return [[bool(x == y) for y in b] for x in a]\n",
        expressions.join(", ")
    );
    let (values, table) = pool::run_one(|| {
        let mut instance = SANDBOX.instantiate(&Limits { fuel: 10_000_000_000, memory: 1 << 30, output: 0 }).unwrap();
        assert_eq!(codec::decode(&instance.load(&source, &[], false).unwrap()), Ok(Value::None));
        let mut call = |name: &str, arguments: Vec<Value>| {
            let request = request(name, arguments);
            let reply = codec::decode_message(&instance.call(&codec::encode(&request)).unwrap()).unwrap();
            let Value::Tuple(items) = reply else { panic!("{reply:?}") };
            assert_eq!(items[0], Value::str("return"), "{items:?}");
            items[1].clone()
        };
        let values: Vec<Value> = (0..expressions.len())
            .map(|index| call("value", vec![Value::Int(i64::try_from(index).unwrap())]))
            .collect();
        (values, call("table", vec![]))
    })
    .unwrap();
    let rows = table.as_sequence().unwrap();
    let mut wrong = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, cell) in row.as_sequence().unwrap().iter().enumerate() {
            if *cell != Value::Bool(equal(&values[i], &values[j])) {
                wrong.push(format!("{} == {}: Python says {cell:?}", expressions[i], expressions[j]));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A call, as a tester asks for it.
fn request(name: &str, arguments: Vec<Value>) -> Value {
    let items = [Value::str("call"), Value::str(name), Value::Tuple(arguments), Value::Dict(Vec::new()), Value::None];
    Value::Tuple(items.to_vec())
}
