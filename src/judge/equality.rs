//! Python's `==` between values, without running Python.
//!
//! | left and right | rule |
//! |---|---|
//! | `bool`, `int`, `float`, `complex`, `Fraction`, `Decimal` | by exact numeric value: `True == 1 == 1.0`, `0.0 == -0.0`, `0.1 != Fraction(1, 10)` |
//! | NaN | equal to nothing, itself included |
//! | `str`, `None`, `...`, types | same type, same content |
//! | `bytes`, `bytearray`, `memoryview` | by content, across the three |
//! | `list`, `tuple`, `range`, `deque`, `array` | same kind, item by item; a `namedtuple` is a `tuple` |
//! | `set`, `frozenset`, `dict.keys()`, `dict.items()` | as sets, across the four |
//! | `dict`, `defaultdict`, `Counter`, `OrderedDict` | as mappings, in any order; two `OrderedDict`s in order; two `Counter`s with missing as 0 |
//! | iterators, exceptions, `dict.values()` | never equal, as two distinct objects in Python |
//!
//! One difference is known: Python finds an object equal to itself inside a container even if it is NaN; two sandboxes never share an
//! object, so here `[nan] != [nan]`, as when EvalPlus compares with a stored result.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use num_bigint::BigInt;

use super::{
    number::Number,
    value::{Std, Value},
};

/// Python's `left == right`.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> bool {
    if let (Some(a), Some(b)) = (Number::of(left), Number::of(right)) {
        return a == b;
    }
    match (Shape::of(left), Shape::of(right)) {
        (Shape::Sequence(a, xs), Shape::Sequence(b, ys)) => a == b && sequences_equal(xs, ys),
        (Shape::Range(a), Shape::Range(b)) => a == b,
        (Shape::Bytes(a), Shape::Bytes(b)) => a == b,
        (Shape::Set(xs), Shape::Set(ys)) => sets_equal(xs, ys),
        (Shape::Mapping(a, xs), Shape::Mapping(b, ys)) => match (a, b) {
            (Mapping::Ordered, Mapping::Ordered) => {
                xs.len() == ys.len() && xs.iter().zip(ys).all(|(x, y)| equal(&x.0, &y.0) && equal(&x.1, &y.1))
            }
            (Mapping::Counter, Mapping::Counter) => counters_equal(xs, ys),
            _ => xs.len() == ys.len() && mapping_within(xs, ys),
        },
        (Shape::Atom, Shape::Atom) => left == right,
        _ => false,
    }
}

/// How a value compares, beyond numbers.
enum Shape<'a> {
    Sequence(&'static str, &'a [Value]),
    Range(Vec<BigInt>),
    Bytes(&'a [u8]),
    Set(&'a [Value]),
    Mapping(Mapping, &'a [(Value, Value)]),
    Atom,
    Unequal,
}

#[derive(Clone, Copy, PartialEq)]
enum Mapping {
    Plain,
    Ordered,
    Counter,
}

impl<'a> Shape<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::List(items) => Self::Sequence("list", items),
            Value::Tuple(items) => Self::Sequence("tuple", items),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::Set(items) | Value::FrozenSet(items) => Self::Set(items),
            Value::Dict(items) => Self::Mapping(Mapping::Plain, items),
            Value::Std(std) => match std.as_ref() {
                Std::ByteArray(bytes) | Std::MemoryView(bytes) => Self::Bytes(bytes),
                Std::NamedTuple(_, _, items) => Self::Sequence("tuple", items),
                Std::Deque(items, _) => Self::Sequence("deque", items),
                Std::Array(_, items) => Self::Sequence("array", items),
                Std::DictKeys(items) | Std::DictItems(items) => Self::Set(items),
                Std::DefaultDict(_, items) => Self::Mapping(Mapping::Plain, items),
                Std::OrderedDict(items) => Self::Mapping(Mapping::Ordered, items),
                Std::Counter(items) => Self::Mapping(Mapping::Counter, items),
                Std::Range(start, stop, step) => Self::Range(normal_range(start, stop, step)),
                Std::Iterator(_) | Std::DictValues(_) | Std::Exception(..) => Self::Unequal,
                _ => Self::Atom,
            },
            _ => Self::Atom,
        }
    }
}

/// Bits of a range's bounds beyond which ranges are only compared bound by bound: a division could take long.
const RANGE_BITS: u64 = 10_000;

/// Two ranges are equal when they hold the same numbers: length, first and step (where they matter).
fn normal_range(start: &BigInt, stop: &BigInt, step: &BigInt) -> Vec<BigInt> {
    if [start, stop, step].iter().any(|bound| bound.bits() > RANGE_BITS) {
        return [start, stop, step].map(BigInt::clone).to_vec();
    }
    let (zero, one) = (BigInt::ZERO, BigInt::from(1));
    let length = if *step > zero {
        if stop > start { (stop - start - &one) / step + &one } else { zero.clone() }
    } else if stop < start {
        (start - stop - &one) / -step + &one
    } else {
        zero.clone()
    };
    if length == zero {
        vec![zero]
    } else if length == one {
        vec![length, start.clone()]
    } else {
        vec![length, start.clone(), step.clone()]
    }
}

fn sequences_equal(xs: &[Value], ys: &[Value]) -> bool {
    xs.len() == ys.len() && xs.iter().zip(ys).all(|(x, y)| equal(x, y))
}

/// Finds values by Python equality.
struct Index<'a, T>(HashMap<u64, Vec<(&'a Value, T)>>);

impl<'a, T: Copy> Index<'a, T> {
    fn new(items: impl Iterator<Item = (&'a Value, T)>) -> Self {
        let mut index: HashMap<u64, Vec<(&'a Value, T)>> = HashMap::new();
        for (key, item) in items {
            index.entry(python_hash(key)).or_default().push((key, item));
        }
        Self(index)
    }

    fn get(&self, key: &Value) -> Option<T> {
        self.0.get(&python_hash(key))?.iter().find(|(other, _)| equal(key, other)).map(|(_, item)| *item)
    }
}

/// Whether each set holds only what the other does; bytes may be hostile, so duplicates count once on both sides.
fn sets_equal(xs: &[Value], ys: &[Value]) -> bool {
    let within = |xs: &[Value], ys: &[Value]| {
        let index = Index::new(ys.iter().map(|y| (y, ())));
        xs.iter().all(|x| index.get(x).is_some())
    };
    within(xs, ys) && within(ys, xs)
}

fn mapping_within(xs: &[(Value, Value)], ys: &[(Value, Value)]) -> bool {
    let index = Index::new(ys.iter().map(|(key, value)| (key, value)));
    xs.iter().all(|(key, value)| index.get(key).is_some_and(|other| equal(value, other)))
}

fn counters_equal(xs: &[(Value, Value)], ys: &[(Value, Value)]) -> bool {
    let zero = Value::Int(0);
    let within = |xs: &[(Value, Value)], ys: &[(Value, Value)]| {
        let index = Index::new(ys.iter().map(|(key, value)| (key, value)));
        xs.iter().all(|(key, value)| equal(value, index.get(key).unwrap_or(&zero)))
    };
    within(xs, ys) && within(ys, xs)
}

/// A hash that agrees with [`equal`].
fn python_hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_into(value, &mut hasher);
    hasher.finish()
}

fn hash_into(value: &Value, hasher: &mut DefaultHasher) {
    if let Some(number) = Number::of(value) {
        return number.hash(hasher);
    }
    match Shape::of(value) {
        Shape::Sequence(kind, items) => {
            kind.hash(hasher);
            items.len().hash(hasher);
            for item in items {
                hash_into(item, hasher);
            }
        }
        Shape::Bytes(bytes) => bytes.hash(hasher),
        Shape::Range(parts) => parts.hash(hasher),
        Shape::Atom => match value {
            Value::Str(text) => text.hash(hasher),
            other => other.type_name().hash(hasher),
        },
        // Unordered or unhashable in Python: rarely keys, so one bucket will do.
        Shape::Set(_) | Shape::Mapping(..) | Shape::Unequal => 0_u8.hash(hasher),
    }
}
