//! The ways by which a tester came by the objects of a program.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{key::Key, shape::Shape, terms::Terms};

/// The number of ways that are kept to one object: more than a call may be known by.
const WAYS_BOUND: usize = 257;

/// The number of objects' ways of which it is known that they are among those of a candidate's.
const KNOWN_BOUND: usize = 1 << 20;

/// The ways to each object, by its number.
#[derive(Debug, Default)]
pub(super) struct Origins {
    ways: HashMap<i64, Vec<Key>>,
    /// The ways to a candidate's objects, more of one than may be told apart.
    known: HashSet<(i64, Key)>,
    /// The further ways of a reference, and the first way to the same object.
    pub(super) aliases: BTreeMap<Key, Key>,
    /// The shapes of the items that each iterator of a reference gave, by the first way to it.
    pub(super) items: BTreeMap<Key, Vec<Shape>>,
    /// The iterators of a candidate, by their numbers.
    iterators: HashMap<i64, Iterated>,
    /// The objects that a tester takes for iterators, generators or coroutines: it knows of itself when they are at their end.
    advancing: HashSet<i64>,
}

/// An iterator of a candidate's.
#[derive(Debug, Default)]
struct Iterated {
    /// The shape of the items that the reference gave where it stands.
    items: Option<Shape>,
    /// Whether it stands elsewhere too.
    elsewhere: bool,
    /// The number of items that it gave so far.
    given: usize,
}

impl Origins {
    /// Returns the ways to an object.
    pub(super) fn of(&self, number: i64) -> &[Key] {
        self.ways.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Whether a candidate's object came by `way`, the first to an object of the reference's.
    pub(super) fn is_by(&self, number: i64, way: &Key) -> bool {
        self.known.contains(&(number, *way)) || self.of(number).contains(way)
    }

    /// Takes note of what a tester may take for an iterator, a generator or a coroutine.
    pub(super) fn advances(&mut self, number: i64) {
        self.advancing.insert(number);
    }

    /// Whether what is asked of an object may depend on what a tester keeps of it, which is that of several of the reference's.
    pub(super) fn is_blurred(&self, number: i64) -> bool {
        self.of(number).len() > 1 && self.advancing.contains(&number)
    }

    /// Takes note of an iterator that stands where the reference gave `shape`.
    pub(super) fn iterate(&mut self, number: i64, shape: &Shape) {
        let known = self.iterators.entry(number).or_default();
        if shape.has_items() {
            known.items = Some(known.items.as_ref().map_or_else(|| shape.clone(), |items| items.common(shape)));
        } else {
            known.elsewhere = true;
        }
    }

    /// Returns the shape of the answer with an iterator's next items, where the reference gave what holds such items: `given` is that of
    /// what it gave for the same call.
    pub(super) fn next(&self, number: i64, given: &Shape) -> Option<Shape> {
        let known = self.iterators.get(&number)?;
        let next = known.items.as_ref()?.items_from(known.given);
        Some(if known.elsewhere { next.common(given) } else { next })
    }

    /// Takes note of items that an iterator gave, with their shapes where it is a reference's.
    pub(super) fn gave(&mut self, number: i64, count: usize, shapes: Option<Vec<Shape>>) {
        if let Some(known) = self.iterators.get_mut(&number) {
            known.given += count;
        }
        if let (Some(shapes), Some(way)) = (shapes, self.of(number).first().copied()) {
            self.items.entry(way).or_default().extend(shapes);
        }
    }

    /// Adds a way to an object. Ways that led to one object of the reference's are one.
    pub(super) fn add(&mut self, number: i64, way: Key, terms: &Terms) {
        let known = self.ways.entry(number).or_default();
        if let Terms::Held(contract) = terms {
            let way = contract.aliases.get(&way).copied().unwrap_or(way);
            if self.known.len() < KNOWN_BOUND {
                if self.known.insert((number, way)) && known.len() < WAYS_BOUND {
                    known.push(way);
                }
            } else if !known.contains(&way) && known.len() < WAYS_BOUND {
                known.push(way);
            }
        } else if let Some(first) = known.first() {
            self.aliases.entry(way).or_insert(*first);
        } else {
            known.push(way);
        }
    }
}
