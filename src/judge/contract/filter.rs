//! The filter that decides what of one message reaches a tester.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    key::{Key, short},
    kinds::{is_container, is_disguise, is_written_in_python, pairs_mut},
    live::live,
    origins::Origins,
    request::Carried,
    shape::{DATA, Kind, Shape, is_exception, is_object, key_of},
    terms::Terms,
};
use crate::{
    judge::classify,
    value::{HandleKind, Std, Value},
};

/// The most objects that are kept of a shared value, and the longest paths to them.
const FOUND_BOUND: usize = 10_000;
const PATH_BOUND: usize = 64;

/// The number of ways to objects that are followed in one message. With more, they are objects that the reference never gave.
const STEPS_BOUND: usize = 200_000;

/// The number of tokens for what a test may ignore, in one message; each takes some hundred bytes. What would be one more is `None`, which
/// any program can give.
const REFUSED_BOUND: usize = 10_000;

/// A message of a program's, to be let through: its values, and the contents that containers of the tester's have now.
pub(in super::super) struct Parts<'a> {
    /// The values.
    pub(in super::super) values: Vec<&'a mut Value>,
    /// `None`, or a tuple of positions with contents.
    pub(in super::super) changes: &'a mut Value,
    /// Whether nothing in it is more than inert data.
    pub(in super::super) inert: bool,
}

/// A part of a message, and what may stand there wherever the reference gave data.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the part")]
pub(super) struct Zone {
    /// Whether it is what a call returns: what is to be called is only that there.
    pub(super) returned: bool,
    /// Whether what is the tester's own may stand there: it then counts as an object, unless the reference gave some there.
    pub(super) homes: bool,
    /// Whether builtin types may.
    pub(super) types: bool,
    /// Whether it is handed to an operation that only looks at it.
    pub(super) looks: bool,
}

/// A shared value that was let through: its shape, and the part of the message that it stood in.
struct Through<'a> {
    shape: Option<&'a Shape>,
    returned: bool,
    found: Found,
}

/// The objects in a shared value, each by its path from there; none where they are too many to hold to each place where it stands.
#[derive(Default)]
struct Found {
    objects: Vec<(Vec<u32>, i64)>,
    too_many: bool,
}

impl Found {
    fn add(&mut self, path: &[u32], number: i64) {
        if self.objects.len() < FOUND_BOUND && path.len() < PATH_BOUND {
            self.objects.push((path.to_vec(), number));
        } else {
            self.too_many = true;
        }
    }
}

/// Replaces what may not stand where it does: by what its base class holds, by iterators, by tokens that a test cannot use.
pub(super) struct Filter<'a, 'g> {
    terms: &'g Terms,
    /// The ways to objects, where they matter.
    origins: Option<&'g mut Origins>,
    /// Whether an object was let through.
    objects: bool,
    /// The beginnings of the ways to objects in the message.
    bases: Vec<Key>,
    carried: Carried,
    zone: Zone,
    path: Vec<u32>,
    /// The ways to the first places of the path, as far as they were needed.
    ways: Vec<Vec<Key>>,
    /// The shared values of the message, once they have been read.
    shared: HashMap<u32, Through<'a>>,
    /// The shared values under way, the innermost last: their numbers, the lengths of the paths to them, and the objects found in them.
    open: Vec<(u32, usize, Found)>,
    /// The number of tokens that were put in the place of others.
    refused: usize,
    /// The number of ways to objects that were followed.
    steps: usize,
    /// The numbers of shared values that are more than inert data.
    live: HashSet<u32>,
    /// The shapes that were compared, by where they are.
    compared: HashMap<(*const Shape, *const Shape), bool>,
    /// Whether a candidate is held to a reference's contract.
    held: bool,
}

impl<'a, 'g: 'a> Filter<'a, 'g> {
    /// A filter of a message with these parts.
    pub(super) fn new(
        terms: &'g Terms,
        origins: Option<&'g mut Origins>,
        bases: Vec<Key>,
        parts: &Parts<'_>,
        carried: Carried,
    ) -> Self {
        let held = matches!(terms, Terms::Held(_));
        let live = live(parts.values.iter().map(|value| &**value).chain([&*parts.changes]));
        Self {
            terms,
            origins,
            objects: false,
            bases: if bases.is_empty() { vec![Key::default()] } else { bases },
            carried,
            zone: Zone { returned: false, homes: false, types: false, looks: false },
            path: Vec::new(),
            ways: Vec::new(),
            shared: HashMap::new(),
            open: Vec::new(),
            refused: 0,
            steps: 0,
            live,
            compared: HashMap::new(),
            held,
        }
    }

    /// Filters a message: its values in `zone`, each by its shape, and the contents of containers by the shapes of those that the reference put
    /// there. Returns whether an object was let through: its methods answer for it from then on.
    pub(super) fn parts(
        mut self,
        zone: Zone,
        shapes: &[&'a Shape],
        changes: &'a BTreeMap<i64, Shape>,
        parts: Parts<'_>,
    ) -> bool {
        // A reference may give what it likes, of objects only where they are let through.
        let (anything, lenient) = match self.terms {
            Terms::Free | Terms::Noted { objects: true } => (true, false),
            Terms::Noted { objects: false } => (false, true),
            Terms::Held(_) => (false, false),
        };
        self.zone = Zone { homes: zone.homes || lenient, types: zone.types || lenient, ..zone };
        for (index, value) in (0..).zip(parts.values) {
            let shape = shapes.get(index as usize).copied().unwrap_or(&DATA);
            self.part(index, (!anything).then_some(shape), value);
        }
        let homes = self.carried.homes || lenient || changes.values().any(Shape::holds_home);
        self.zone = Zone { returned: false, homes, types: self.carried.types || lenient, looks: false };
        let mut none = Vec::new();
        let contents = if let Value::Tuple(contents) = parts.changes { contents } else { &mut none };
        for change in contents {
            if let Value::Tuple(change) = change
                && let [Value::Int(position), content] = change.as_mut_slice()
            {
                self.path.push(u32::MAX);
                let shape = changes.get(position).unwrap_or(&DATA);
                let index = u32::try_from(*position).unwrap_or(u32::MAX);
                self.part(index, (!anything).then_some(shape), content);
                self.leave();
            }
        }
        self.objects
    }

    fn part(&mut self, index: u32, shape: Option<&'a Shape>, value: &mut Value) {
        self.path.push(index);
        self.value(shape, value);
        self.leave();
    }

    fn leave(&mut self) {
        self.path.pop();
        self.ways.truncate(self.path.len());
    }

    fn value(&mut self, shape: Option<&'a Shape>, value: &mut Value) {
        match value {
            Value::Shared(number, value) => {
                let number = *number;
                self.open.push((number, self.path.len(), Found::default()));
                self.value(shape, value);
                let Some((_, start, found)) = self.open.pop() else { return };
                if let Some((_, outer, holds)) = self.open.last_mut() {
                    self.steps += found.objects.len();
                    holds.too_many |= found.too_many || self.steps > STEPS_BOUND;
                    let objects: &[_] = if holds.too_many { &[] } else { &found.objects };
                    for (path, number) in objects {
                        holds.add(&[&self.path[*outer..start], path].concat(), *number);
                    }
                }
                self.shared.insert(number, Through { shape, returned: self.zone.returned, found });
            }
            Value::Again(number) => {
                let number = *number;
                if self.may_stand_again(number, shape) {
                    // What is in it comes by another way here, and is held to both.
                    let found = self.shared.get(&number).map(|through| through.found.objects.clone());
                    for (path, number) in found.into_iter().flatten() {
                        let length = self.path.len();
                        self.path.extend(path);
                        self.came_by(number);
                        self.path.truncate(length);
                        self.ways.truncate(length);
                    }
                } else {
                    *value = self.refuse("object");
                }
            }
            Value::Std(_) => self.standard(shape, value),
            value => self.items(shape, value),
        }
    }

    /// A token in the place of something that a test may ignore, but not use.
    fn refuse(&mut self, name: &str) -> Value {
        self.refused += 1;
        if self.refused > REFUSED_BOUND { Value::None } else { opaque(name) }
    }

    /// Whether the shared value of that number may stand once more, here.
    fn may_stand_again(&mut self, number: u32, shape: Option<&'a Shape>) -> bool {
        let known = self.shared.get(&number);
        if known.is_none() && self.open.iter().all(|(open, ..)| *open != number) {
            // What it was went with what held it.
            return false;
        }
        if !self.held || !self.live.contains(&number) {
            return true;
        }
        let (Some(known), Some(shape)) = (known, shape) else { return shape == Some(&Shape::Back) };
        let Some(there) = known.shape else { return false };
        // What may be called as what is returned may not elsewhere.
        known.returned == self.zone.returned
            && !known.found.too_many
            && *self.compared.entry((there, shape)).or_insert_with(|| there == shape)
    }

    fn standard(&mut self, shape: Option<&'a Shape>, value: &mut Value) {
        let Value::Std(std) = value else { return };
        if let Std::Handle(handle) | Std::Subclass(handle, _) = std.as_ref()
            && !matches!(handle.kind, HandleKind::Object | HandleKind::Callable | HandleKind::Class)
            && let Some(origins) = &mut self.origins
        {
            origins.advances(handle.number);
        }
        let is_object_here = shape.is_none_or(|shape| matches!(shape, Shape::Object | Shape::Subclass(_)));
        let is_function_here = self.zone.returned && shape == Some(&Shape::Function);
        let stays = match std.as_mut() {
            Std::Handle(handle) if !is_object(handle) => {
                self.iterates(handle.number, shape);
                true
            }
            Std::Handle(handle) if is_object_here => {
                if handle.kind == HandleKind::Callable {
                    handle.kind = HandleKind::Object;
                }
                let number = handle.number;
                self.objects = true;
                self.came_by(number);
                true
            }
            Std::Handle(handle) if handle.kind == HandleKind::IteratorObject => {
                handle.kind = HandleKind::Iterator;
                // Which no class of the library's has: the tester asks one of a program's own for its iterator.
                handle.name.clear();
                self.iterates(handle.number, shape);
                true
            }
            Std::Handle(handle)
                if matches!(handle.kind, HandleKind::Callable | HandleKind::Class)
                    && (self.zone.returned || shape == Some(&Shape::Type(None))) =>
            {
                // In the place of a type that the reference put there, it is the program's word.
                self.objects |= !self.zone.returned && !self.is_noted();
                handle.kind = HandleKind::Callable;
                self.came_by(handle.number);
                true
            }
            Std::Handle(_) => false,
            Std::Subclass(..) => return self.subclass(shape, value),
            Std::Home(number) => {
                // Where the reference gave a function, one of the tester's is as good, which a test may only call there.
                let is_function = matches!(number, Value::Int(number) if self.carried.functions.contains(number));
                let is_given = is_object_here || shape == Some(&Shape::Home);
                // One that is only looked at stays as the test made it; in a container it would be held with that.
                let is_seen = self.zone.looks && self.path.len() == 1;
                let stays = is_given || self.zone.homes || is_function_here && is_function;
                self.objects |= stays && !(is_given && shape.is_some() || is_seen || self.is_noted());
                stays
            }
            // Where it stands for a value, so does what it holds.
            Std::Held(_) => {
                let is_given = !self.carried.homes || shape == Some(&Shape::Home);
                self.objects |= !(is_given || self.is_noted());
                // Not with the program's own objects, where the reference gave data.
                is_given || !self.held || !self.carried.theirs || shape != Some(&Shape::Data)
            }
            Std::Type(name) => {
                let is_given = match shape {
                    Some(Shape::Type(None)) => !is_exception(name),
                    Some(Shape::Type(Some(there))) => there == name,
                    _ => is_function_here && !is_exception(name),
                };
                let stays = is_given || is_object_here || self.zone.types;
                // A type that a program calls its own is as much as its word.
                self.objects |= stays && !(is_given && shape.is_some() || self.zone.looks || self.is_noted());
                stays
            }
            // An operator's answer, and what ends an iteration once a test raises it.
            Std::NotImplemented => {
                self.objects |= !self.is_noted();
                true
            }
            Std::Exception(name, _) if name.starts_with("Stop") => {
                self.objects |= !self.is_noted();
                true
            }
            Std::DefaultDict(factory, _) => {
                self.factory(shape, factory);
                true
            }
            _ => true,
        };
        if !stays {
            let name = std.type_name().to_owned();
            *value = self.refuse(&name);
            return;
        }
        self.items(shape, value);
        if self.held && is_disguise(shape, value) {
            let tuple = std::mem::replace(value, Value::None);
            *value = Value::Std(Box::new(Std::Sealed(tuple)));
        }
    }

    /// Lets an object through whose class is derived from that of a plain value, or that value.
    fn subclass(&mut self, shape: Option<&'a Shape>, value: &mut Value) {
        let Value::Std(std) = value else { return };
        let Std::Subclass(handle, held) = std.as_mut() else { return };
        let number = handle.number;
        match shape {
            // The reference gave an object that holds no plain value, so neither does this one. (Containers both sides hold.)
            Some(Shape::Object) if !is_container(held) => {
                *std.as_mut() = Std::Handle(handle.clone());
            }
            // Its items are asked for where it is.
            None | Some(Shape::Object | Shape::Subclass(_)) if is_written_in_python(held) => {
                *std.as_mut() = Std::Handle(handle.clone());
            }
            None => self.value(None, held),
            Some(Shape::Subclass(inner)) => self.value(Some(inner), held),
            Some(Shape::Object) => self.value(Some(&DATA), held),
            shape => {
                let mut held = std::mem::replace(held, Value::None);
                self.value(shape, &mut held);
                *value = held;
                return;
            }
        }
        self.objects = true;
        self.came_by(number);
    }

    /// Filters what makes the missing values of a `defaultdict`.
    fn factory(&mut self, shape: Option<&Shape>, factory: &mut Option<Value>) {
        let Some(Value::Std(token)) = factory else { return };
        if let Std::Handle(handle) = token.as_mut() {
            handle.kind = HandleKind::Callable;
            let number = handle.number;
            self.path.push(u32::MAX);
            self.came_by(number);
            self.leave();
        } else if shape.is_none() {
            self.objects |= !self.is_noted();
        } else if shape != Some(&Shape::Home) && !self.is_noted() {
            // The tester's own would make values that are its own.
            *factory = None;
        }
    }

    /// Notes an iterator: of what the reference gave there, it gives the items.
    fn iterates(&mut self, number: i64, shape: Option<&Shape>) {
        self.came_by(number);
        if let (Some(origins), Some(shape), true) = (&mut self.origins, shape, self.held) {
            origins.iterate(number, shape);
        }
    }

    fn items(&mut self, mut shape: Option<&'a Shape>, value: &mut Value) {
        // Where the reference gave an iterator, what holds the same items is as good.
        if shape == Some(&Shape::Data)
            && let Terms::Held(contract) = self.terms
            && !contract.items.is_empty()
            && !matches!(value, Value::Dict(_))
        {
            self.ways_here();
            let here = self.ways.last().unwrap_or(&self.bases);
            shape = here.first().and_then(|way| contract.items.get(way)).or(shape);
        }
        if let Some(mapping @ Shape::Mapping(..)) = shape
            && let Some(pairs) = pairs_mut(value)
        {
            for (index, (key, value)) in (0_u32..).step_by(2).zip(pairs) {
                let of = mapping.value(key_of(key));
                for (index, shape, part) in [(index, mapping.keys(), key), (index + 1, of, value)] {
                    self.part(index, Some(shape), part);
                }
            }
            return;
        }
        let kind = matches!(shape, Some(Shape::Items(..))).then(|| Kind::of(value));
        for (index, part) in value.children_mut().into_iter().enumerate() {
            let of = shape.map(|shape| match &kind {
                Some(kind) => shape.item(kind, index),
                None if *shape == Shape::Home => shape,
                None => &DATA,
            });
            self.part(u32::try_from(index).unwrap_or(u32::MAX), of, part);
        }
    }

    /// Notes how the tester comes by an object, in each way that the call is known by.
    fn came_by(&mut self, number: i64) {
        if self.origins.is_none() {
            return;
        }
        if let Some((_, start, found)) = self.open.last_mut() {
            found.add(&self.path[*start..], number);
        }
        self.steps += self.bases.len();
        if self.steps > STEPS_BOUND {
            // It is no object that the reference gave.
            let Some(origins) = &mut self.origins else { return };
            return origins.add(number, Key::default(), self.terms);
        }
        self.ways_here();
        let Some(origins) = &mut self.origins else { return };
        for way in self.ways.last().unwrap_or(&self.bases) {
            origins.add(number, *way, self.terms);
        }
    }

    /// Brings the ways up to the path.
    fn ways_here(&mut self) {
        while let Some(index) = self.path.get(self.ways.len()) {
            let before = self.ways.last().unwrap_or(&self.bases);
            let next = before.iter().map(|way| short(blake3::Hasher::new().update(way).update(&index.to_le_bytes())));
            let next = next.collect();
            self.ways.push(next);
        }
    }

    fn is_noted(&self) -> bool {
        matches!(self.terms, Terms::Noted { .. })
    }
}

/// A token that a test may ignore, but not use.
pub(in super::super) fn opaque(name: &str) -> Value {
    let failure = classify::opaque(&Value::str(name));
    Value::Std(Box::new(Std::Opaque(classify::error_tuple(&failure, "Exception", Value::Tuple(Vec::new())))))
}
