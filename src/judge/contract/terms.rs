//! Contracts: a reference's answers, and the terms on which a program is tested.

use std::collections::BTreeMap;

use super::{key::Key, shape::Shape};
use crate::value::Value;

/// A reference's answer to one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Given {
    /// The shape of what was returned, of the exception that was raised, or of what a function of the tester's was handed.
    pub(super) shape: Shape,
    /// Whether an exception was raised.
    pub(super) raised: bool,
    /// The builtin exception it raised, of those that a test may take for an answer; whether it was the test's own.
    pub(super) steering: Option<String>,
    /// The shapes of what containers of the tester's held, by their positions: in the end, and only if they hold more than data or the call
    /// carried what is the tester's own; of a call back, those that held anything then.
    pub(super) changes: BTreeMap<i64, Shape>,
}

impl Given {
    /// Whether it was data, and nothing steered.
    pub(super) fn is_plain(&self) -> bool {
        self.shape == Shape::Data && self.steering.is_none() && self.changes.is_empty()
    }

    pub(super) fn common(&self, other: &Self) -> Self {
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

/// A step of a reference's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The digest of the message without its objects.
    pub(super) message: Key,
    /// The first way to each of the program's objects in a call.
    pub(super) objects: Vec<Key>,
}

impl Step {
    fn to_value(&self) -> Value {
        let objects = self.objects.iter().flatten().copied().collect();
        Value::Tuple(vec![Value::Bytes(self.message.to_vec()), Value::Bytes(objects)])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let [Value::Bytes(message), Value::Bytes(objects)] = value.as_sequence()? else { return None };
        let (objects, []) = objects.as_chunks::<16>() else { return None };
        Some(Self { message: Key::try_from(message.as_slice()).ok()?, objects: objects.to_vec() })
    }
}

/// A contract: a reference's answers to all calls.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in super::super) struct Contract {
    /// The reference's answer to each call, each time; empty where all of it was data.
    pub(super) calls: BTreeMap<Key, Vec<Given>>,
    /// The part that the answers had in common, for each operation or function, on each object and on any.
    pub(super) targets: BTreeMap<Key, Given>,
    /// The record of each call of the reference's to the tester, each time, by the call that it was made in, and by any.
    pub(super) callbacks: BTreeMap<Key, Vec<Given>>,
    /// The ways by which the tester came by an object that it knew, and the first way to that.
    pub(super) aliases: BTreeMap<Key, Key>,
    /// The shapes of the items that iterators gave, by the way to each.
    pub(super) items: BTreeMap<Key, Shape>,
    /// The steps of the conversation, if all answers were not data.
    pub(super) steps: Vec<Step>,
    /// Whether something of the tester's own was in an answer.
    pub(super) homes: bool,
    /// Whether the tester was handed some.
    pub(super) handed_homes: bool,
}

impl Contract {
    /// Whether all answers were data, and nothing steered.
    pub(in super::super) fn is_plain(&self) -> bool {
        self.calls.is_empty()
    }

    /// Whether nothing was noted at all.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.calls.is_empty() && self.callbacks.is_empty()
    }

    pub(in super::super) fn to_value(&self) -> Value {
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
            Value::Dict(self.items.iter().map(|(way, shape)| (bytes(way), shape.to_value())).collect()),
            Value::List(self.steps.iter().map(Step::to_value).collect()),
            Value::Bool(self.homes),
            Value::Bool(self.handed_homes),
        ])
    }

    pub(in super::super) fn from_value(value: &Value) -> Option<Self> {
        let [
            Value::Dict(calls),
            Value::Dict(targets),
            Value::Dict(callbacks),
            Value::Dict(aliases),
            Value::Dict(items),
            Value::List(steps),
            Value::Bool(homes),
            Value::Bool(handed_homes),
        ] = value.as_sequence()?
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
            items: items
                .iter()
                .map(|(way, shape)| Some((key(way)?, Shape::from_value(shape)?)))
                .collect::<Option<_>>()?,
            steps: steps.iter().map(Step::from_value).collect::<Option<_>>()?,
            homes: *homes,
            handed_homes: *handed_homes,
        })
    }
}

/// The terms on which a program's answers reach the tests.
#[derive(Debug, Clone)]
pub(in super::super) enum Terms {
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
