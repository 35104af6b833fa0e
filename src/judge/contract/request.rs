//! The requests of a tester's: what they carry besides data, and the names of what is in them.

use std::collections::{BTreeSet, HashMap};

use crate::value::{HandleKind, Std, Value, codec};

/// The types of the library's whose instances are there to be called, though they have attributes too.
const LIBRARY_CALLABLES: [&str; 5] = ["_lru_cache_wrapper", "partial", "itemgetter", "attrgetter", "methodcaller"];

/// The things that requests carry besides data.
#[derive(Debug, Default, Clone)]
pub(super) struct Carried {
    /// Whether containers hold something of the tester's own.
    pub(super) homes: bool,
    /// Whether they hold objects of the program's.
    pub(super) theirs: bool,
    /// Whether they hold builtin types.
    pub(super) types: bool,
    /// The numbers of the tester's functions: what is only there to be called.
    pub(super) functions: BTreeSet<i64>,
}

impl Carried {
    pub(super) fn add(&mut self, other: &Self) {
        self.homes |= other.homes;
        self.theirs |= other.theirs;
        self.types |= other.types;
        self.functions.extend(&other.functions);
    }
}

/// Returns the things that a message of a tester's carries, a call or the answer to a call back: its functions, and what is in its containers. An
/// argument itself is in none.
pub(super) fn carried_by(message: &[u8]) -> Carried {
    let mut carried = Carried::default();
    let Ok(Value::Tuple(parts)) = codec::decode_request(message) else { return carried };
    let values: Vec<&Value> = match parts.as_slice() {
        [_, _, args, kwargs, _] => args.children().into_iter().chain(kwargs.children()).collect(),
        [_, value, _] => vec![value],
        [_, _, args, attributes, _, _] => vec![args, attributes],
        _ => Vec::new(),
    };
    let contents = contents(parts.last().unwrap_or(&Value::None)).map(|(_, content)| content);
    for value in values.iter().copied().chain(contents) {
        carried.homes |= makes(value);
        for held in unshared(value) {
            carried.homes |= held.any(&|value| is_home(value) || makes(value));
            carried.types |=
                held.any(&|value| matches!(value, Value::Std(std) if matches!(std.as_ref(), Std::Type(_))));
            carried.theirs |=
                held.any(&|value| matches!(value, Value::Std(std) if matches!(std.as_ref(), Std::Home(_))));
        }
        functions(value, &mut carried.functions);
    }
    carried
}

fn is_home(value: &Value) -> bool {
    match value {
        Value::Std(std) => matches!(std.as_ref(), Std::Handle(_) | Std::Function(_) | Std::Home(_)),
        _ => false,
    }
}

/// Whether missing values of it are made by something of the tester's own.
fn makes(value: &Value) -> bool {
    match value {
        Value::Shared(_, value) => makes(value),
        Value::Std(std) => matches!(std.as_ref(), Std::DefaultDict(Some(Value::Std(_)), _)),
        _ => false,
    }
}

/// The numbers of the functions in a request.
fn functions(value: &Value, found: &mut BTreeSet<i64>) {
    if let Value::Std(std) = value {
        match std.as_ref() {
            Std::Handle(handle)
                if handle.kind == HandleKind::Callable || LIBRARY_CALLABLES.contains(&handle.name.as_str()) =>
            {
                found.insert(handle.number);
            }
            Std::Function(Value::Tuple(parts)) => {
                if let [Value::Int(number), _, ..] = parts.as_slice() {
                    found.insert(*number);
                }
            }
            _ => {}
        }
    }
    value.children().into_iter().for_each(|part| functions(part, found));
}

/// The values within a value, shared or not.
fn unshared(value: &Value) -> Vec<&Value> {
    match value {
        Value::Shared(_, value) => value.children(),
        value => value.children(),
    }
}

/// The number of a thing of the tester's own.
pub(super) fn home(value: &Value) -> Option<i64> {
    match value {
        Value::Std(std) => match std.as_ref() {
            Std::Home(Value::Int(number)) => Some(*number),
            _ => None,
        },
        _ => None,
    }
}

/// Adds the names of the tester's own things in a message, by their numbers; those of one name are told apart by their order in it.
pub(super) fn names(message: &Value, found: &mut HashMap<i64, String>) {
    let mut met: Vec<(i64, String)> = Vec::new();
    all_names(message, &mut met);
    let mut times: HashMap<String, usize> = HashMap::new();
    for (number, name) in met {
        let time = times.entry(name.clone()).or_default();
        found.entry(number).or_insert_with(|| format!("{name}:{time}"));
        *time += 1;
    }
}

fn all_names(value: &Value, met: &mut Vec<(i64, String)>) {
    if let Value::Std(std) = value {
        match std.as_ref() {
            Std::Handle(handle) => met.push((handle.number, handle.name.clone())),
            Std::Function(Value::Tuple(parts)) => {
                if let [Value::Int(number), name, ..] = parts.as_slice() {
                    met.push((*number, name.as_str().unwrap_or_default().to_owned()));
                }
            }
            _ => {}
        }
    }
    value.children().into_iter().for_each(|part| all_names(part, met));
}

/// Calls `found` with the number of each of the program's objects in a request.
pub(super) fn homes(value: &Value, found: &mut impl FnMut(i64)) {
    if let Value::Std(std) = value {
        match std.as_ref() {
            Std::Home(Value::Int(number)) => found(*number),
            Std::DefaultDict(Some(factory), _) => homes(factory, found),
            _ => {}
        }
    }
    for part in value.children() {
        homes(part, found);
    }
}

/// Whether an encoded message may hold more than inert data.
pub(in super::super) fn may_hold_tokens(message: &[u8]) -> bool {
    // Codes of extensions, one with a number; in texts they stand too.
    message.iter().any(|byte| matches!(byte, b'X' | 0xD8))
}

/// Returns the contents of containers that changed, with their positions.
pub(super) fn contents(changes: &Value) -> impl Iterator<Item = (i64, &Value)> {
    let parts = changes.as_sequence().unwrap_or_default().iter();
    parts.filter_map(|change| match change.as_sequence() {
        Some([Value::Int(position), content]) => Some((*position, content)),
        _ => None,
    })
}
