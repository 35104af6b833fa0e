//! The shared values that are more than inert data.

use std::collections::{HashMap, HashSet};

use super::shape::is_object;
use crate::value::{Std, Value};

/// The numbers of the shared values of a message that hold, or lead to, more than inert data.
pub(super) fn live<'v>(parts: impl Iterator<Item = &'v Value>) -> HashSet<u32> {
    let mut found = Liveness::default();
    parts.for_each(|part| found.read(part, None));
    let mut live: HashSet<u32> = HashSet::new();
    let mut next: Vec<u32> = std::mem::take(&mut found.live);
    while let Some(number) = next.pop() {
        if live.insert(number) {
            next.extend(found.holders.get(&number).into_iter().flatten());
        }
    }
    live
}

#[derive(Default)]
struct Liveness {
    /// The shared values with something live in them.
    live: Vec<u32>,
    /// The holders of each shared value: those in which it stands.
    holders: HashMap<u32, Vec<u32>>,
}

impl Liveness {
    fn read(&mut self, value: &Value, holder: Option<u32>) {
        match value {
            Value::Shared(number, value) => {
                self.holders.entry(*number).or_default().extend(holder);
                return self.read(value, Some(*number));
            }
            Value::Again(number) => return self.holders.entry(*number).or_default().extend(holder),
            Value::Std(std) if is_live(std) => self.live.extend(holder),
            _ => {}
        }
        for part in value.children() {
            self.read(part, holder);
        }
    }
}

/// Whether it is more than inert data, or than what holds such data and gives it in turn.
fn is_live(std: &Std) -> bool {
    match std {
        Std::Held(_) => false,
        Std::Handle(handle) => is_object(handle),
        Std::Type(_) | Std::DefaultDict(Some(Value::Std(_)), _) => true,
        std => std.is_token(),
    }
}
