//! What a reference gave for each call, which is what a candidate may give for it.
//!
//! Tests are written for data or for objects, and only the reference shows which. Where its answer was data, an object of the candidate's,
//! whose methods could answer whatever a test asks, is no answer: it becomes a token that the test may ignore but not use. Only
//! where the reference gave an object may a candidate. What is there to be called is no such object: a test that gets it can
//! do nothing else with it, and what it returns is held to the contract again. And an exception that ends iterations (`StopIteration`, say) steers the loop or
//! the `map` of a test that calls; it reaches the test only where the reference raised it.
//!
//! Calls are known by what they ask. A handle in a request counts as how the tester came by it, so that the numbers that a program
//! gives its objects do not matter. The same request may come several times: then the times are told apart. A call that
//! the reference never got may give what all answers to its target had in common: the same operation on the same object, else on
//! any.

use std::collections::{BTreeMap, HashMap};

use super::classify;
use crate::value::{Handle, HandleKind, Std, Value, codec};

/// Exceptions by which iteration ends.
const STEERING: [&str; 3] = ["StopIteration", "StopAsyncIteration", "GeneratorExit"];

/// A call, by what it asks.
type Key = [u8; 16];

/// A call's keys, the narrowest first: what it asks, of what, and by which operation or function.
type Keys = [Key; 3];

/// Where a value is or may be an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nowhere: it is data.
    Data,
    /// Here.
    Object,
    /// Here, one whose class is derived from that of a plain value, which it holds.
    Subclass,
    /// In some of its parts: the items of a sequence, the keys and values of a mapping in turn.
    Parts(Vec<Shape>),
}

impl Shape {
    fn of(value: &Value) -> Self {
        match value {
            Value::Std(std) => match std.as_ref() {
                Std::Handle(handle) if is_object(handle) => return Self::Object,
                Std::Subclass(..) => return Self::Subclass,
                _ => {}
            },
            Value::Shared(_, value) => return Self::of(value),
            _ => {}
        }
        let parts: Vec<Self> = value.children().into_iter().map(Self::of).collect();
        if parts.iter().all(|part| *part == Self::Data) { Self::Data } else { Self::Parts(parts) }
    }

    fn part(&self, index: usize) -> &Self {
        match self {
            Self::Data | Self::Object | Self::Subclass => &Self::Data,
            // Beyond what the reference gave, what all of its parts were.
            Self::Parts(parts) => parts.get(index).unwrap_or_else(|| {
                let first = parts.first().unwrap_or(&Self::Data);
                if parts.iter().all(|part| part == first) { first } else { &Self::Data }
            }),
        }
    }

    fn common(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Parts(a), Self::Parts(b)) => {
                let longer = a.len().max(b.len());
                let parts: Vec<Self> = (0..longer).map(|index| self.part(index).common(other.part(index))).collect();
                if parts.iter().all(|part| *part == Self::Data) { Self::Data } else { Self::Parts(parts) }
            }
            (a, b) if a == b => a.clone(),
            (Self::Object | Self::Subclass, Self::Object | Self::Subclass) => Self::Subclass,
            _ => Self::Data,
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Data => Value::None,
            Self::Object => Value::Bool(true),
            Self::Subclass => Value::Bool(false),
            Self::Parts(parts) => Value::List(parts.iter().map(Self::to_value).collect()),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::None => Self::Data,
            Value::Bool(true) => Self::Object,
            Value::Bool(false) => Self::Subclass,
            Value::List(parts) => Self::Parts(parts.iter().map(Self::from_value).collect::<Option<_>>()?),
            _ => return None,
        })
    }
}

/// Of iterators and generators a test gets items only, of coroutines what they return.
fn is_object(handle: &Handle) -> bool {
    !matches!(handle.kind, HandleKind::Iterator | HandleKind::Generator | HandleKind::Coroutine)
}

/// What was given for one call.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    shape: Shape,
    /// The builtin exception it raised, of those that steer.
    steering: Option<String>,
}

impl Given {
    fn data() -> Self {
        Self { shape: Shape::Data, steering: None }
    }

    fn common(&self, other: &Self) -> Self {
        Self {
            shape: self.shape.common(&other.shape),
            steering: self.steering.clone().filter(|kind| other.steering.as_ref() == Some(kind)),
        }
    }
}

/// What a reference gave.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Contract {
    /// For each call, each time; empty where all of it was data.
    calls: BTreeMap<Key, Vec<Given>>,
    /// For each operation or function, on each object and on any, what the answers had in common.
    targets: BTreeMap<Key, Given>,
}

impl Contract {
    /// Whether everything was data, and nothing steered.
    pub(super) fn is_plain(&self) -> bool {
        self.calls.is_empty()
    }

    pub(super) fn to_value(&self) -> Value {
        let key = |key: &Key| Value::Bytes(key.to_vec());
        let given = |given: &Given| {
            Value::Tuple(vec![given.shape.to_value(), given.steering.as_deref().map_or(Value::None, Value::str)])
        };
        let calls = self.calls.iter().map(|(call, times)| (key(call), Value::List(times.iter().map(given).collect())));
        let targets = self.targets.iter().map(|(target, common)| (key(target), given(common)));
        Value::Tuple(vec![Value::Dict(calls.collect()), Value::Dict(targets.collect())])
    }

    pub(super) fn from_value(value: &Value) -> Option<Self> {
        let [Value::Dict(calls), Value::Dict(targets)] = value.as_sequence()? else { return None };
        let key = |value: &Value| match value {
            Value::Bytes(bytes) => Key::try_from(bytes.as_slice()).ok(),
            _ => None,
        };
        let given = |value: &Value| match value.as_sequence()? {
            [shape, steering] => {
                Some(Given { shape: Shape::from_value(shape)?, steering: steering.as_str().map(str::to_owned) })
            }
            _ => None,
        };
        let calls = calls
            .iter()
            .map(|(call, times)| Some((key(call)?, times.as_sequence()?.iter().map(given).collect::<Option<_>>()?)));
        let targets = targets.iter().map(|(target, common)| Some((key(target)?, given(common)?)));
        Some(Self { calls: calls.collect::<Option<_>>()?, targets: targets.collect::<Option<_>>()? })
    }
}

/// On what terms a program's answers reach the tests.
#[derive(Debug, Clone)]
pub(super) enum Terms {
    /// Whatever it gives: there is no reference to hold it to.
    Free,
    /// A reference's own: what it gives is noted. Objects are let through, or taken for no answer.
    Noted {
        /// Whether objects are let through.
        objects: bool,
    },
    /// What the reference gave.
    Held(std::sync::Arc<Contract>),
}

/// Lets a program's answers through to its tests, on its terms.
#[derive(Debug)]
pub(super) struct Gate {
    terms: Terms,
    noted: Contract,
    /// How often each call came.
    times: HashMap<Key, usize>,
    /// How the tester came by each handle.
    origins: HashMap<i64, Key>,
    /// Calls under way, innermost last.
    open: Vec<Keys>,
    /// Whether an object got through: its methods answer for it from then on.
    pub(super) objects: bool,
    /// Whether the message at hand is an answer, whose second part is what a call returned.
    returning: bool,
    /// What was let through in the shared values of the answer at hand.
    shared: HashMap<u32, Option<Shape>>,
}

impl Gate {
    pub(super) fn new(terms: Terms) -> Self {
        Self {
            terms,
            noted: Contract::default(),
            times: HashMap::new(),
            origins: HashMap::new(),
            open: Vec::new(),
            objects: false,
            returning: false,
            shared: HashMap::new(),
        }
    }

    /// What was noted of a reference.
    pub(super) fn take_contract(&mut self) -> Contract {
        let mut noted = std::mem::take(&mut self.noted);
        let plain = |given: &Given| *given == Given::data();
        if noted.calls.values().flatten().all(plain) {
            noted = Contract::default();
        }
        noted
    }

    /// Whether nothing depends on which call is answered.
    fn is_indifferent(&self) -> bool {
        match &self.terms {
            Terms::Free => true,
            Terms::Noted { .. } => false,
            Terms::Held(contract) => contract.is_plain(),
        }
    }

    /// Takes note of a call to the program.
    pub(super) fn call(&mut self, request: &[u8]) {
        let keys = if self.is_indifferent() { Default::default() } else { self.keys(request).unwrap_or_default() };
        self.open.push(keys);
    }

    /// How many calls to the program are under way.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Lets the answer to the innermost call through: `value` is what it holds.
    pub(super) fn answer(&mut self, value: &mut Value) {
        let keys = self.open.pop().unwrap_or_default();
        self.returning = true;
        self.pass(keys, value);
        self.returning = false;
    }

    /// Lets a call of the program's through: `operation` on the tester's object `on`, with `value`.
    pub(super) fn callback(&mut self, operation: &str, on: Option<&Value>, value: &mut Value) {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"callback").update(operation.as_bytes());
        if let Some(on) = on {
            hasher.update(&codec::encode(on));
        }
        self.pass([short(&hasher); 3], value);
    }

    /// Lets an exception that ends the innermost call through, in `message`: says whether a builtin exception of type `base` may be raised
    /// there.
    pub(super) fn raise(&mut self, base: &str, message: &mut Value) -> bool {
        let keys = self.open.pop().unwrap_or_default();
        let steering = STEERING.contains(&base).then(|| base.to_owned());
        let (shape, allowed) = match &self.terms {
            // Nothing shows that any may be raised there.
            Terms::Free => (None, steering.is_none()),
            Terms::Noted { objects } => {
                let shape = (!objects).then_some(Shape::Data);
                self.note(keys, Given { shape: Shape::Data, steering }, true);
                (shape, true)
            }
            Terms::Held(contract) => {
                let plain = contract.is_plain();
                let given = if plain { Given::data() } else { self.given(keys) };
                (Some(Shape::Data), steering.is_none() || given.steering == steering)
            }
        };
        self.shared.clear();
        self.filter(keys[0], &mut Vec::new(), shape.as_ref(), message);
        allowed
    }

    /// Ends what is under way: the program is gone.
    pub(super) fn reset(&mut self) {
        self.open.clear();
    }

    fn pass(&mut self, keys: Keys, value: &mut Value) {
        let shape = match &self.terms {
            Terms::Free => None,
            Terms::Noted { objects: true } => {
                self.note(keys, Given { shape: Shape::of(value), steering: None }, false);
                None
            }
            Terms::Noted { objects: false } => {
                self.note(keys, Given::data(), false);
                Some(Shape::Data)
            }
            Terms::Held(contract) if contract.is_plain() => Some(Shape::Data),
            Terms::Held(_) => Some(self.given(keys).shape),
        };
        self.shared.clear();
        self.filter(keys[0], &mut Vec::new(), shape.as_ref(), value);
    }

    fn note(&mut self, [call, narrow, wide]: Keys, given: Given, raised: bool) {
        // That a call raised says nothing of what others return.
        let targets: &[Key] = if raised && given.steering.is_none() { &[] } else { &[narrow, wide] };
        for &target in targets {
            let common = self.noted.targets.get(&target).map_or_else(|| given.clone(), |known| known.common(&given));
            self.noted.targets.insert(target, common);
        }
        self.noted.calls.entry(call).or_default().push(given);
    }

    fn given(&mut self, [call, narrow, wide]: Keys) -> Given {
        let Terms::Held(contract) = &self.terms else { return Given::data() };
        let time = self.times.entry(call).or_default();
        let given = contract.calls.get(&call).and_then(|times| times.get(*time).or(times.last()));
        *time += 1;
        let common = || contract.targets.get(&narrow).or_else(|| contract.targets.get(&wide));
        given.or_else(common).cloned().unwrap_or_else(Given::data)
    }

    /// Replaces objects where there may be none: by what their base class holds, by iterators, by tokens that a test cannot use.
    fn filter(&mut self, call: Key, path: &mut Vec<u32>, shape: Option<&Shape>, value: &mut Value) {
        let allowed = shape.is_none_or(|shape| matches!(shape, Shape::Object | Shape::Subclass));
        match value {
            Value::Shared(number, value) => {
                self.shared.insert(*number, shape.cloned());
                return self.filter(call, path, shape, value);
            }
            Value::Again(number) => {
                // Where it stood first, it may have held objects that may not stand here.
                let there = self.shared.get(number).cloned().unwrap_or(Some(Shape::Object));
                if there.as_ref() != shape && there != Some(Shape::Data) {
                    *value = opaque("object");
                }
                return;
            }
            Value::Std(std) => match std.as_mut() {
                Std::DefaultDict(factory, _) => {
                    if let Some(Value::Std(token)) = factory
                        && let Std::Handle(handle) = token.as_mut()
                    {
                        handle.kind = HandleKind::Callable;
                        path.push(u32::MAX);
                        self.came_by(handle.number, call, path);
                        path.pop();
                    }
                }
                Std::Handle(handle) if !is_object(handle) => {
                    let number = handle.number;
                    self.came_by(number, call, path);
                }
                Std::Handle(handle) if allowed => {
                    let number = handle.number;
                    if handle.kind == HandleKind::Callable {
                        handle.kind = HandleKind::Object;
                    }
                    self.objects = true;
                    self.came_by(number, call, path);
                }
                Std::Handle(handle) if handle.kind == HandleKind::IteratorObject => {
                    handle.kind = HandleKind::Iterator;
                    let number = handle.number;
                    self.came_by(number, call, path);
                }
                // Only as what is returned: put in the place of a test's own function or method, it would answer for that.
                Std::Handle(handle)
                    if matches!(handle.kind, HandleKind::Callable | HandleKind::Class)
                        && self.returning
                        && path.first() == Some(&1) =>
                {
                    handle.kind = HandleKind::Callable;
                    self.came_by(handle.number, call, path);
                }
                Std::Handle(handle) => {
                    *value = opaque(&handle.name);
                    return;
                }
                // The reference gave an object that holds no plain value, so neither does this one. (Containers both sides hold.)
                Std::Subclass(handle, held) if shape == Some(&Shape::Object) && !is_container(held) => {
                    self.objects = true;
                    self.came_by(handle.number, call, path);
                    *std.as_mut() = Std::Handle(handle.clone());
                }
                Std::Subclass(handle, _) if allowed => {
                    let number = handle.number;
                    self.objects = true;
                    self.came_by(number, call, path);
                }
                Std::Subclass(_, held) => {
                    let mut held = std::mem::replace(held, Value::None);
                    self.filter(call, path, shape, &mut held);
                    *value = held;
                    return;
                }
                _ => {}
            },
            _ => {}
        }
        for (index, part) in value.children_mut().into_iter().enumerate() {
            path.push(u32::try_from(index).unwrap_or(u32::MAX));
            self.filter(call, path, shape.map(|shape| shape.part(index)), part);
            path.pop();
        }
    }

    fn came_by(&mut self, number: i64, call: Key, path: &[u32]) {
        self.origins.entry(number).or_insert_with(|| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(&call);
            for index in path {
                hasher.update(&index.to_le_bytes());
            }
            short(&hasher)
        });
    }

    /// What a call asks, and of what.
    fn keys(&self, request: &[u8]) -> Option<Keys> {
        let mut request = codec::decode_request(request).ok()?;
        self.name_handles(&mut request);
        let Value::Tuple(items) = &request else { return None };
        let [_, target, args, kwargs, _] = items.as_slice() else { return None };
        let mut hasher = blake3::Hasher::new();
        hasher.update(&codec::encode(target));
        let (mut narrow, mut wide) = (hasher.clone(), hasher.clone());
        if let (Value::Tuple(_), Some(args)) = (target, args.as_sequence()) {
            // An operation: on what, and for attributes and methods which.
            for arg in args.iter().take(2) {
                let encoded = matches!(arg, Value::Bytes(_) | Value::Str(_)).then(|| codec::encode(arg));
                narrow.update(encoded.as_deref().unwrap_or_default());
                if matches!(arg, Value::Str(_)) {
                    wide.update(encoded.as_deref().unwrap_or_default());
                }
            }
        }
        hasher.update(&codec::encode(args)).update(&codec::encode(kwargs));
        Some([&hasher, &narrow, &wide].map(short))
    }

    /// Replaces numbers of the program's objects by how the tester came by them.
    fn name_handles(&self, value: &mut Value) {
        if let Value::Std(std) = value
            && let Std::Home(Value::Int(number)) = std.as_ref()
        {
            *value = Value::Bytes(self.origins.get(number).copied().unwrap_or_default().to_vec());
            return;
        }
        if let Value::Std(std) = value
            && let Std::DefaultDict(Some(factory), _) = std.as_mut()
        {
            self.name_handles(factory);
        }
        for part in value.children_mut() {
            self.name_handles(part);
        }
    }
}

fn is_container(value: &Value) -> bool {
    match value {
        Value::Shared(_, value) => is_container(value),
        Value::List(_) | Value::Dict(_) | Value::Set(_) => true,
        Value::Std(std) => !matches!(std.as_ref(), Std::Exception(..)),
        _ => false,
    }
}

/// What a test may ignore, but not use.
pub(super) fn opaque(name: &str) -> Value {
    let failure = classify::opaque(&Value::str(name));
    Value::Std(Box::new(Std::Opaque(classify::error_tuple(&failure, "Exception", Value::Tuple(Vec::new())))))
}

fn short(hasher: &blake3::Hasher) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}
