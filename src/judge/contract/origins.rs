//! The ways by which a tester came by the objects of a program.

use std::collections::{BTreeMap, HashMap};

use super::{key::Key, terms::Terms};

/// Ways that are kept to one object: more than a call may be known by.
const WAYS_BOUND: usize = 257;

/// The ways to each object, by its number.
#[derive(Debug, Default)]
pub(super) struct Origins {
    ways: HashMap<i64, Vec<Key>>,
    /// Of a reference: further ways, and the first way to the same object.
    pub(super) aliases: BTreeMap<Key, Key>,
}

impl Origins {
    /// Returns the ways to an object.
    pub(super) fn of(&self, number: i64) -> &[Key] {
        self.ways.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Adds a way to an object. Ways that led to one object of the reference's are one.
    pub(super) fn add(&mut self, number: i64, way: Key, terms: &Terms) {
        let known = self.ways.entry(number).or_default();
        if let Terms::Held(contract) = terms {
            let way = contract.aliases.get(&way).copied().unwrap_or(way);
            if !known.contains(&way) && known.len() < WAYS_BOUND {
                known.push(way);
            }
        } else if let Some(first) = known.first() {
            self.aliases.entry(way).or_insert(*first);
        } else {
            known.push(way);
        }
    }
}
