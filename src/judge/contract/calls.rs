//! The ways to know a call by.

use std::collections::{BTreeSet, HashMap};

use super::{
    key::{Key, short},
    origins::Origins,
    request::homes,
};
use crate::value::{Std, Value, codec};

/// The number of ways of knowing one call, where its objects came by several; beyond that it is none that the reference got.
const WAYS_BOUND: usize = 256;

/// The bound on those ways in bytes of the request, which is read once for each.
const WAYS_SIZE_BOUND: usize = 4 << 20;

/// The key of a call that the reference never got.
const UNKNOWN: Key = [0; 16];

/// The operations that differ by nothing but what they are asked of.
const NAMELESS: [&str; 5] = ["next", "send", "throw", "call", "await"];

/// A call's keys, the narrowest first: what it asks, of what, and by which operation or function.
pub(super) type Keys = [Key; 3];

/// A call as it is known.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) keys: Keys,
    /// The number of times that it was made before.
    pub(super) time: usize,
}

impl Call {
    /// The digest of the call, this time.
    pub(super) fn key(&self) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.keys[0]).update(&(self.time as u64).to_le_bytes());
        short(&hasher)
    }
}

/// Returns the keys of a call in each way that it is known by: one, but where an object in it came in several.
pub(super) fn all_keys(request: &Value, size: usize, origins: &Origins) -> Vec<Keys> {
    let mut several = BTreeSet::new();
    homes(request, &mut |number| {
        if origins.of(number).len() > 1 {
            several.insert(number);
        }
    });
    let choices = several.iter().map(|number| (*number, origins.of(*number).len()));
    let mut ways: Vec<HashMap<i64, usize>> = vec![HashMap::new()];
    let keys = |way: &HashMap<i64, usize>| {
        let origin = |number: i64| origins.of(number).get(way.get(&number).copied().unwrap_or_default());
        call_keys(request.clone(), &mut |number| origin(number).copied().unwrap_or_default())
    };
    for (number, count) in choices {
        if ways.len() * count > WAYS_BOUND || ways.len() * count * size > WAYS_SIZE_BOUND {
            // Known by its operation alone, if that is anything without what it is asked of.
            let known = keys(&HashMap::new());
            return known
                .map(|[_, narrow, wide]| [UNKNOWN, UNKNOWN, if wide == narrow { UNKNOWN } else { wide }])
                .into_iter()
                .collect();
        }
        let with = |way: &HashMap<i64, usize>, index: usize| {
            let mut way = way.clone();
            way.insert(number, index);
            way
        };
        ways = ways.iter().flat_map(|way| (0..count).map(move |index| with(way, index))).collect();
    }
    ways.iter().filter_map(keys).collect()
}

/// Returns the keys of a call, with the `origin` of each of the program's objects in it, asked in their order.
pub(super) fn call_keys(mut request: Value, origin: &mut impl FnMut(i64) -> Key) -> Option<Keys> {
    name_objects(&mut request, origin);
    let Value::Tuple(items) = &request else { return None };
    let [_, target, args, kwargs, _] = items.as_slice() else { return None };
    let mut hasher = blake3::Hasher::new();
    hasher.update(&codec::encode(target));
    let (mut narrow, mut wide) = (hasher.clone(), hasher.clone());
    if let (Value::Tuple(_), Some(args)) = (target, args.as_sequence()) {
        // An operation: on what, and for attributes and methods which.
        let operation = target.as_sequence().and_then(|target| target.first()?.as_str()).unwrap_or_default();
        for arg in args.iter().take(if NAMELESS.contains(&operation) { 1 } else { 2 }) {
            let encoded = matches!(arg, Value::Bytes(_) | Value::Str(_)).then(|| codec::encode(arg));
            narrow.update(encoded.as_deref().unwrap_or_default());
            if matches!(arg, Value::Str(_)) {
                wide.update(encoded.as_deref().unwrap_or_default());
            }
        }
    }
    hasher.update(&codec::encode(args)).update(&codec::encode(kwargs));
    let [call, narrow, wide] = [&hasher, &narrow, &wide].map(short);
    // What one iterator or function gives says nothing of another.
    let is_nameless = target.as_sequence().and_then(|target| target.first()?.as_str());
    Some([call, narrow, if is_nameless.is_some_and(|name| NAMELESS.contains(&name)) { narrow } else { wide }])
}

/// Replaces numbers of the program's objects by how the tester came by them; the tester's own by none, since they depend on what the program
/// asked of it.
pub(super) fn name_objects(value: &mut Value, origin: &mut impl FnMut(i64) -> Key) {
    if let Value::Std(std) = value {
        match std.as_mut() {
            Std::Home(Value::Int(number)) => {
                *value = Value::Bytes(origin(*number).to_vec());
                return;
            }
            Std::Handle(handle) => handle.number = 0,
            Std::Function(Value::Tuple(parts)) if parts.len() > 2 => parts[0] = Value::Int(0),
            Std::DefaultDict(Some(factory), _) => name_objects(factory, origin),
            _ => {}
        }
    }
    for part in value.children_mut() {
        name_objects(part, origin);
    }
}
