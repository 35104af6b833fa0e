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
//! | `UserList`, `UserDict`, `mappingproxy`, `struct_time` | as the list, dict or tuple that they hold |
//! | iterators, exceptions, `dict.values()` | never equal, as two distinct objects in Python |
//!
//! One difference is known: Python finds an object equal to itself inside a container even if it is NaN; two sandboxes never share an
//! object, so here `[nan] != [nan]`, as when EvalPlus compares with a stored result.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use num_bigint::BigInt;

use super::{Std, Value, number::Number};

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
            _ => mappings_equal(xs, ys),
        },
        (Shape::Atom, Shape::Atom) => left == right,
        _ => false,
    }
}

/// The form in which a value compares, beyond numbers.
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
                Std::NamedTuple(_, _, items) | Std::StructTime(items) => Self::Sequence("tuple", items),
                Std::UserList(value) | Std::UserDict(value) | Std::MappingProxy(value) => Self::of(value),
                Std::Deque(items, _) => Self::Sequence("deque", items),
                Std::Array(_, items) => Self::Sequence("array", items),
                Std::DictKeys(items) | Std::DictItems(items) => Self::Set(items),
                Std::DefaultDict(_, items) => Self::Mapping(Mapping::Plain, items),
                Std::OrderedDict(items) => Self::Mapping(Mapping::Ordered, items),
                Std::Counter(items) => Self::Mapping(Mapping::Counter, items),
                Std::Range(start, stop, step) => Self::Range(normal_range(start, stop, step)),
                Std::Iterator(_) | Std::DictValues(_) | Std::Exception(..) | Std::Match(_) => Self::Unequal,
                std if std.is_token() => Self::Unequal,
                _ => Self::Atom,
            },
            Value::Shared(_, value) => Self::of(value),
            Value::Again(_) => Self::Unequal,
            _ => Self::Atom,
        }
    }
}

/// The number of bits of a range's bounds beyond which ranges are only compared bound by bound: a division could take long.
const RANGE_BITS: u64 = 10_000;

/// Two ranges are equal when they hold the same numbers: the length, the first and the step (where they matter).
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

/// Finds keys by Python equality and notes which were found.
struct Index<'a> {
    entries: Vec<(&'a Value, &'a Value)>,
    buckets: HashMap<u64, Vec<usize>>,
    met: Vec<bool>,
}

impl<'a> Index<'a> {
    fn new(entries: impl Iterator<Item = (&'a Value, &'a Value)>) -> Self {
        let entries: Vec<_> = entries.collect();
        let mut buckets: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, (key, _)) in entries.iter().enumerate() {
            buckets.entry(python_hash(key)).or_default().push(at);
        }
        Self { met: vec![false; entries.len()], entries, buckets }
    }

    fn of_set(items: &'a [Value]) -> Self {
        Self::new(items.iter().map(|item| (item, item)))
    }

    fn of_mapping(items: &'a [(Value, Value)]) -> Self {
        Self::new(items.iter().map(|(key, value)| (key, value)))
    }

    fn meet(&mut self, key: &Value) -> Option<&'a Value> {
        let bucket = self.buckets.get(&python_hash(key))?;
        let at = bucket.iter().copied().find(|&at| equal(key, self.entries[at].0))?;
        self.met[at] = true;
        Some(self.entries[at].1)
    }

    /// The entries that no key met: looking them up the other way round would compare nested sets twice a level.
    fn unmet(&self) -> impl Iterator<Item = (&'a Value, &'a Value)> {
        self.entries.iter().zip(&self.met).filter(|(_, met)| !**met).map(|(entry, _)| *entry)
    }
}

/// Whether each set holds only what the other does; bytes may be hostile, so duplicates count once on both sides.
fn sets_equal(xs: &[Value], ys: &[Value]) -> bool {
    let mut index = Index::of_set(ys);
    if !xs.iter().all(|x| index.meet(x).is_some()) {
        return false;
    }
    let mut unmet = index.unmet().peekable();
    if unmet.peek().is_none() {
        return true;
    }
    let mut index = Index::of_set(xs);
    unmet.all(|(y, _)| index.meet(y).is_some())
}

/// Whether each key meets one of its own: of hostile bytes with a key twice, as many say nothing.
fn mappings_equal(xs: &[(Value, Value)], ys: &[(Value, Value)]) -> bool {
    let mut index = Index::of_mapping(ys);
    xs.len() == ys.len()
        && xs.iter().all(|(key, value)| index.meet(key).is_some_and(|other| equal(value, other)))
        && index.unmet().next().is_none()
}

fn counters_equal(xs: &[(Value, Value)], ys: &[(Value, Value)]) -> bool {
    let zero = Value::Int(0);
    let mut index = Index::of_mapping(ys);
    xs.iter().all(|(key, value)| equal(value, index.meet(key).unwrap_or(&zero)))
        && index.unmet().all(|(_, value)| equal(value, &zero))
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
        Shape::Set(items) => {
            let mut hashes: Vec<u64> = items.iter().map(python_hash).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes.hash(hasher);
        }
        // Unhashable in Python, so no keys: one bucket will do.
        Shape::Mapping(..) | Shape::Unequal => 0_u8.hash(hasher),
    }
}
