//! What a reference gave for each call, which is what a candidate may give for it.
//!
//! Tests are written for data or for objects, and only the reference shows which. Where its answer was data, an object of the candidate's,
//! whose methods could answer whatever a test asks, is no answer: it becomes a token that the test may ignore but not use. Only
//! where the reference gave an object may a candidate. The same holds of what else could pass for an answer without being data: builtin
//! types, what is the tester's own (an object of its classes, a mock, a function), namedtuples whose fields hold functions. What is there to be called is
//! no object where a call returns it: a test that gets it can do nothing else with it, and what it returns is held to the contract
//! again. Put into a test's container or handed to its functions, it could stand in for the test's own, so there it is. And an exception
//! that ends iterations (`StopIteration`, say) steers the loop or the `map` of a test that calls; it reaches the test only where the
//! reference raised it.
//!
//! Calls are known by what they ask, and how often that was asked before. A handle in a request counts as how the tester came by it, so that the
//! numbers that a program gives its objects do not matter; what the reference gave in two ways, as one object, counts as one; an object
//! that comes in two ways that were two there is held to both. A call that
//! the reference never got may give what all answers to its target had in common: the same operation on the same object, else on
//! any.

mod filter;
mod gate;
mod shape;

use std::collections::BTreeMap;

use self::shape::Shape;
pub(super) use self::{
    filter::opaque,
    gate::{Gate, Parts, may_hold_tokens},
};
use crate::value::Value;

/// A call, an object or a mapping's key, by a digest.
type Key = [u8; 16];

fn short(hasher: &blake3::Hasher) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}

/// A reference's answer to one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Given {
    /// The shape of what was returned, of the exception that was raised, or of what a function of the tester's was handed.
    shape: Shape,
    /// Whether an exception was raised.
    raised: bool,
    /// The builtin exception it raised, of those that steer.
    steering: Option<String>,
    /// The shapes of what containers of the tester's held in the end, by their positions, where that was not data.
    changes: BTreeMap<i64, Shape>,
}

impl Given {
    /// Whether it was data, and nothing steered.
    fn is_plain(&self) -> bool {
        self.shape == Shape::Data && self.steering.is_none() && self.changes.is_empty()
    }

    fn common(&self, other: &Self) -> Self {
        let change = |(position, shape): (&i64, &Shape)| {
            let common = other.changes.get(position).map_or(Shape::Data, |there| shape.common(there));
            (common != Shape::Data).then_some((*position, common))
        };
        Self {
            shape: if self.raised == other.raised { self.shape.common(&other.shape) } else { Shape::Data },
            raised: self.raised && other.raised,
            steering: self.steering.clone().filter(|kind| other.steering.as_ref() == Some(kind)),
            changes: self.changes.iter().filter_map(change).collect(),
        }
    }

    fn to_value(&self) -> Value {
        let changes = self.changes.iter().map(|(position, shape)| (Value::Int(*position), shape.to_value()));
        Value::Tuple(vec![
            self.shape.to_value(),
            Value::Bool(self.raised),
            self.steering.as_deref().map_or(Value::None, Value::str),
            Value::Dict(changes.collect()),
        ])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let [shape, Value::Bool(raised), steering, Value::Dict(changes)] = value.as_sequence()? else { return None };
        let change = |(position, shape): &(Value, Value)| match position {
            Value::Int(position) => Some((*position, Shape::from_value(shape)?)),
            _ => None,
        };
        Some(Self {
            shape: Shape::from_value(shape)?,
            raised: *raised,
            steering: steering.as_str().map(str::to_owned),
            changes: changes.iter().map(change).collect::<Option<_>>()?,
        })
    }
}

/// A contract: a reference's answers to all calls.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Contract {
    /// For each call, each time; empty where all of it was data.
    calls: BTreeMap<Key, Vec<Given>>,
    /// For each operation or function, on each object and on any, what the answers had in common; likewise of what the tester was asked.
    targets: BTreeMap<Key, Given>,
    /// For each call of the reference's to the tester, each time.
    callbacks: BTreeMap<Key, Vec<Given>>,
    /// Ways by which the tester came by an object that it knew, and the first way to that.
    aliases: BTreeMap<Key, Key>,
}

impl Contract {
    /// Whether all answers were data, and nothing steered.
    pub(super) fn is_plain(&self) -> bool {
        self.calls.is_empty()
    }

    pub(super) fn to_value(&self) -> Value {
        let bytes = |key: &Key| Value::Bytes(key.to_vec());
        let times = |calls: &BTreeMap<Key, Vec<Given>>| {
            let times = |times: &Vec<Given>| Value::List(times.iter().map(Given::to_value).collect());
            Value::Dict(calls.iter().map(|(call, given)| (bytes(call), times(given))).collect())
        };
        let targets = self.targets.iter().map(|(target, common)| (bytes(target), common.to_value()));
        let aliases = self.aliases.iter().map(|(way, first)| (bytes(way), bytes(first)));
        Value::Tuple(vec![
            times(&self.calls),
            Value::Dict(targets.collect()),
            times(&self.callbacks),
            Value::Dict(aliases.collect()),
        ])
    }

    pub(super) fn from_value(value: &Value) -> Option<Self> {
        let [Value::Dict(calls), Value::Dict(targets), Value::Dict(callbacks), Value::Dict(aliases)] =
            value.as_sequence()?
        else {
            return None;
        };
        let key = |value: &Value| match value {
            Value::Bytes(bytes) => Key::try_from(bytes.as_slice()).ok(),
            _ => None,
        };
        let times = |(call, times): &(Value, Value)| {
            Some((key(call)?, times.as_sequence()?.iter().map(Given::from_value).collect::<Option<_>>()?))
        };
        let targets = targets.iter().map(|(target, common)| Some((key(target)?, Given::from_value(common)?)));
        let aliases = aliases.iter().map(|(way, first)| Some((key(way)?, key(first)?)));
        Some(Self {
            calls: calls.iter().map(times).collect::<Option<_>>()?,
            targets: targets.collect::<Option<_>>()?,
            callbacks: callbacks.iter().map(times).collect::<Option<_>>()?,
            aliases: aliases.collect::<Option<_>>()?,
        })
    }
}

/// On what terms a program's answers reach the tests.
#[derive(Debug, Clone)]
pub(super) enum Terms {
    /// No terms: there is no reference to hold it to.
    Free,
    /// A reference's own: what it gives is noted. Objects are let through, or taken for no answer.
    Noted {
        /// Whether objects are let through.
        objects: bool,
    },
    /// The reference's contract.
    Held(std::sync::Arc<Contract>),
}
