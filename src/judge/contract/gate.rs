//! The gate between a program's answers and its tests: notes what a reference gives, holds a candidate to it.

use std::collections::{BTreeMap, HashMap};

use super::{
    calls::{Call, all_keys, call_keys},
    filter::{Filter, Parts, Zone},
    key::{Key, short},
    origins::Origins,
    request::{Carried, carried_by, contents, home, may_hold_tokens, names},
    shape::{Kind, Shape, Survey, items_of},
    steps::Steps,
    terms::{Contract, Given, Terms},
};
use crate::value::{Value, codec};

/// The exceptions by which iteration ends.
const STEERING: [&str; 3] = ["StopIteration", "StopAsyncIteration", "GeneratorExit"];

/// The exceptions by which the interpreter asks whether there is an item or an attribute.
const ASKING: [&str; 2] = ["IndexError", "AttributeError"];

/// The operations that only look at what they are handed, as far as they do what their names say. Others may keep it where the tests are.
const LOOKING: [&str; 8] = ["eq", "ne", "lt", "le", "gt", "ge", "isinstance", "issubclass"];

/// A call under way.
#[derive(Debug, Default)]
struct Open {
    /// The ways to know it by.
    calls: Vec<Call>,
    /// The reference's answer to it.
    given: Given,
    /// The shapes of contents that the reference put into containers of the tester's, so far.
    changes: BTreeMap<i64, Shape>,
    /// The request and the answers to calls back, where they may hold tokens, until it is known what they carry.
    heard: Vec<Vec<u8>>,
    /// Whether the reference got it.
    is_known: bool,
    /// The iterator that it asks for items.
    iterator: Option<i64>,
    /// The things that containers in it carry, once that was asked.
    carried: Carried,
}

impl Open {
    fn carried(&mut self) -> &Carried {
        for message in std::mem::take(&mut self.heard) {
            self.carried.add(&carried_by(&message));
        }
        &self.carried
    }
}

/// Lets a program's answers through to its tests, on its terms.
#[derive(Debug)]
pub(in super::super) struct Gate {
    terms: Terms,
    noted: Contract,
    /// The number of times that each call came.
    times: HashMap<Key, usize>,
    /// The ways by which the tester came by each handle.
    origins: Origins,
    /// The calls under way, the innermost last.
    open: Vec<Open>,
    /// Whether an object got through: its methods answer for it from then on.
    pub(in super::super) objects: bool,
    /// Whether an exception was raised that the reference did not raise there and that a test may take for an answer: what passes then does
    /// so by that.
    pub(in super::super) steered: bool,
    /// The things that earlier calls carried: their containers may be held for good.
    kept: Carried,
    /// The steps of the conversation.
    steps: Steps,
    /// The names of the tester's own things, by their numbers.
    names: HashMap<i64, String>,
    /// The messages of the tester's whose names are not among those yet.
    unread: Vec<Vec<u8>>,
}

impl Gate {
    /// A gate on these terms.
    pub(in super::super) fn new(terms: Terms) -> Self {
        Self {
            terms,
            noted: Contract::default(),
            times: HashMap::new(),
            origins: Origins::default(),
            open: Vec::new(),
            objects: false,
            steered: false,
            kept: Carried::default(),
            steps: Steps::default(),
            names: HashMap::new(),
            unread: Vec::new(),
        }
    }

    /// Takes the contract that was noted of a reference.
    pub(in super::super) fn take_contract(&mut self) -> Contract {
        let mut noted = std::mem::take(&mut self.noted);
        noted.aliases = std::mem::take(&mut self.origins.aliases);
        noted.steps = self.steps.take();
        let items = std::mem::take(&mut self.origins.items).into_iter();
        let items = items.map(|(way, shapes)| (way, items_of(Kind::Sequence, shapes)));
        noted.items = items.filter(|(_, shape)| *shape != Shape::Data).collect();
        let is_data =
            |given: &Given| given.shape == Shape::Data && given.changes.values().all(|held| *held == Shape::Data);
        if noted.calls.values().flatten().all(Given::is_plain) && noted.callbacks.values().flatten().all(is_data) {
            noted.calls.clear();
            noted.aliases.clear();
            noted.steps.clear();
        }
        noted.handed_homes = noted.callbacks.values().flatten().any(|given| given.shape.holds_home());
        // The last stands for all that follow.
        for times in noted.calls.values_mut().chain(noted.callbacks.values_mut()) {
            while let [.., before, last] = times.as_slice()
                && before == last
            {
                times.pop();
            }
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

    /// Takes note of a message to the program.
    pub(in super::super) fn hear(&mut self, message: &[u8]) {
        let knows_callbacks = match &self.terms {
            Terms::Free => false,
            Terms::Noted { .. } => true,
            Terms::Held(contract) => !contract.callbacks.is_empty(),
        };
        if may_hold_tokens(message) {
            if knows_callbacks {
                self.unread.push(message.to_vec());
            }
            if let Some(open) = self.open.last_mut() {
                open.heard.push(message.to_vec());
            }
        }
    }

    /// Returns the name of a thing of the tester's own.
    fn name_of(&mut self, number: i64) -> &str {
        for message in std::mem::take(&mut self.unread) {
            if let Ok(message) = codec::decode_request(&message) {
                names(&message, &mut self.names);
            }
        }
        self.names.get(&number).map_or("", String::as_str)
    }

    /// Whether the reference gave something of the tester's own anywhere.
    fn gives_homes(&self) -> bool {
        matches!(&self.terms, Terms::Held(contract) if contract.homes || contract.handed_homes)
    }

    /// Takes note of a call to the program.
    pub(in super::super) fn call(&mut self, request: &[u8]) {
        let (calls, iterator) = if self.is_indifferent() { (Vec::new(), None) } else { self.calls(request) };
        let is_known = self.knows(&calls);
        let mut given = self.given(&calls);
        if !self.steps.is_same()
            && let Some(shape) = iterator.and_then(|number| self.origins.next(number, &given.shape))
        {
            (given.shape, given.raised) = (shape, false);
        }
        let heard = if may_hold_tokens(request) { vec![request.to_vec()] } else { Vec::new() };
        self.open.push(Open { calls, given, heard, is_known, iterator, ..Open::default() });
    }

    /// Takes note of a message of the program's, and of what it printed since the last.
    pub(in super::super) fn reply(&mut self, message: &Value, printed: Option<&Value>) {
        if !self.is_indifferent() {
            self.steps.reply(&self.terms, message, printed);
        }
    }

    /// Returns the ways to know a call by: the reference's as long as the conversation is the one that it had; and the iterator that it asks
    /// for items.
    fn calls(&mut self, bytes: &[u8]) -> (Vec<Call>, Option<i64>) {
        let Ok(request) = codec::decode_request(bytes) else { return (Vec::new(), None) };
        let keys = match self.steps.request(&self.terms, bytes, &request, &self.origins) {
            Some(ways) => {
                let mut ways = ways.into_iter();
                call_keys(request.clone(), &mut |_| ways.next().unwrap_or_default()).into_iter().collect()
            }
            None => all_keys(&request, bytes.len(), &self.origins),
        };
        let calls = keys.into_iter().map(|keys| Call { keys, time: self.count(keys[0]) }).collect();
        (calls, iterator_of(&request))
    }

    /// Returns the number of calls to the program that are under way.
    pub(in super::super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Lets the answer to the innermost call through, which is its one value.
    pub(in super::super) fn answer(&mut self, parts: Parts<'_>) {
        let carried = self.carried(parts.inert && *parts.changes == Value::None);
        let mut open = self.pop();
        if let Terms::Noted { objects } = self.terms {
            let (shapes, changes) = survey(&parts, objects, carried.homes);
            open.changes.extend(changes);
            let shape = shapes.into_iter().next().unwrap_or_default();
            if let Some(number) = open.iterator {
                let items = shape.item(&Kind::Sequence, 0);
                let shapes = (0..count(&parts)).map(|index| items.item(&Kind::Sequence, index).clone());
                let shapes = shapes.collect();
                self.origins.gave(number, 0, Some(shapes));
            }
            self.note(&open, shape, None, false);
        }
        if let Some(number) = open.iterator {
            self.origins.gave(number, count(&parts), None);
        }
        let zone = Zone { returned: true, homes: self.gives_homes(), types: false, looks: false };
        let shape = if open.given.raised { Shape::Data } else { open.given.shape };
        self.filter(&open.calls, zone, carried, &[&shape], &open.given.changes, parts);
    }

    /// Lets an exception that ends the innermost call through, whose values are its arguments and attributes: says whether a builtin
    /// exception of type `base`, or the test's `own`, may be raised there.
    pub(in super::super) fn raise(&mut self, base: &str, own: bool, parts: Parts<'_>) -> bool {
        let carried = self.carried(parts.inert && *parts.changes == Value::None);
        let mut open = self.pop();
        let steers = STEERING.contains(&base);
        let steering = (own || steers || ASKING.contains(&base))
            .then(|| format!("{base}{}", if own { " of the test's" } else { "" }));
        // The test's own exception, or one that says that there is no more, is the reference's to raise.
        let is_given = steering.is_none() || open.given.steering == steering;
        self.steered |= !is_given && !steers && !matches!(self.terms, Terms::Noted { .. });
        let allowed = match self.terms {
            // Nothing shows that any may be raised there.
            Terms::Free => !steers,
            Terms::Noted { objects } => {
                let (shapes, changes) = survey(&parts, objects, carried.homes);
                open.changes.extend(changes);
                self.note(&open, items_of(arguments(), shapes), steering, true);
                true
            }
            Terms::Held(_) => is_given || !steers,
        };
        let shape = if open.given.raised { open.given.shape } else { Shape::Data };
        let shapes = [shape.item(&arguments(), 0), shape.item(&arguments(), 1)];
        let zone = Zone { returned: false, homes: self.gives_homes(), types: false, looks: false };
        self.filter(&open.calls, zone, carried, &shapes, &open.given.changes, parts);
        allowed
    }

    /// Lets a call of the program's through: `operation` on the tester's object that is the first of its values, with the others; the last are
    /// the keyword arguments.
    pub(in super::super) fn callback(&mut self, operation: &str, mut parts: Parts<'_>) {
        let carried = self.carried(parts.inert && *parts.changes == Value::None);
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"callback").update(operation.as_bytes());
        // By the name of what is asked: its number depends on what else was.
        if let Some(number) = parts.values.first().and_then(|on| home(on)) {
            hasher.update(self.name_of(number).as_bytes());
            parts.values.remove(0);
        }
        if ["setattr", "delattr"].contains(&operation)
            && let Some(Value::Str(attribute)) = parts.values.first().map(|value| &**value)
        {
            hasher.update(&[0]).update(attribute.as_bytes());
        }
        // In the call under way, or if the reference never got that, in any.
        let any = short(&hasher);
        let within = self.open.last().and_then(|open| open.calls.first()).map(Call::key);
        let within = within.map(|call| short(hasher.update(&call)));
        let known = |key: &Key| matches!(&self.terms, Terms::Held(contract) if contract.callbacks.contains_key(key));
        let got = self.open.last().is_some_and(|open| open.is_known);
        let key = within.filter(|key| got || known(key)).unwrap_or(any);
        let call = Call { keys: [key; 3], time: self.count(key) };
        if let Terms::Noted { objects } = self.terms {
            let held: Vec<i64> =
                contents(parts.changes).filter(|(_, held)| !is_empty(held)).map(|(at, _)| at).collect();
            let (shapes, changes) = survey(&parts, objects, carried.homes);
            let then = changes.iter().filter(|(position, _)| held.contains(position)).cloned().collect();
            let given = Given { shape: items_of(arguments(), shapes), changes: then, ..Given::default() };
            for key in within.into_iter().chain([any]) {
                self.noted.callbacks.entry(key).or_default().push(given.clone());
            }
            if let Some(open) = self.open.last_mut() {
                open.changes.extend(changes);
            }
        }
        let (mut given, mut handed) = (None, false);
        if let Terms::Held(contract) = &self.terms {
            let times = contract.callbacks.get(&key);
            given = times.and_then(|times| times.get(call.time).or(times.last()));
            handed = contract.handed_homes;
        }
        // What it takes away from the test's object, the reference did.
        self.objects |= operation == "delattr" && given.is_none() && !matches!(self.terms, Terms::Noted { .. });
        let looks = LOOKING.contains(&operation);
        let types = ["isinstance", "issubclass"].contains(&operation);
        // Where the reference handed over something of the tester's own, so may a candidate, in another order too; and what the reference did
        // not do at all, a candidate may do with such things.
        let zone = Zone { returned: false, homes: looks || given.is_none() || handed, types, looks };
        let shape = given.map(|given| given.shape.clone()).unwrap_or_default();
        let shapes: Vec<&Shape> = (0..parts.values.len()).map(|index| shape.item(&arguments(), index)).collect();
        // What the reference's containers held by then, or hold in the end.
        let mut changes = self.open.last().map(|open| open.given.changes.clone()).unwrap_or_default();
        changes.extend(given.iter().flat_map(|given| given.changes.clone()));
        self.filter(&[call], zone, carried, &shapes, &changes, parts);
    }

    /// Drops the calls under way: the program is gone.
    pub(in super::super) fn reset(&mut self) {
        self.open.clear();
        self.steps.end();
    }

    fn pop(&mut self) -> Open {
        let mut open = self.open.pop().unwrap_or_default();
        self.kept.add(open.carried());
        open
    }

    /// Returns the things that requests of calls under way carry; nothing where a message is inert.
    fn carried(&mut self, inert: bool) -> Carried {
        if inert {
            return Carried::default();
        }
        let mut all = self.kept.clone();
        self.open.iter_mut().for_each(|open| all.add(open.carried()));
        all
    }

    fn count(&mut self, call: Key) -> usize {
        let time = self.times.entry(call).or_default();
        *time += 1;
        *time - 1
    }

    fn filter(
        &mut self,
        calls: &[Call],
        zone: Zone,
        carried: Carried,
        shapes: &[&Shape],
        changes: &BTreeMap<i64, Shape>,
        parts: Parts<'_>,
    ) {
        // A container that the reference left alone may have held something of the tester's own, which is gone now.
        let is_left = |(position, _): (i64, &Value)| !changes.contains_key(&position);
        self.objects |=
            carried.homes && contents(parts.changes).any(is_left) && !matches!(self.terms, Terms::Noted { .. });
        if parts.inert {
            return;
        }
        let bases = calls.iter().map(Call::key);
        let origins = (!self.is_indifferent()).then_some(&mut self.origins);
        let filter = Filter::new(&self.terms, origins, bases.collect(), &parts, carried);
        self.objects |= filter.parts(zone, shapes, changes, parts);
    }

    fn note(&mut self, open: &Open, shape: Shape, steering: Option<String>, raised: bool) {
        let changes = open.changes.iter().filter(|(_, shape)| open.carried.homes || **shape != Shape::Data);
        let changes = changes.map(|(position, shape)| (*position, shape.clone())).collect();
        let given = Given { shape, raised, steering, changes };
        self.noted.homes |= given.shape.holds_home();
        for Call { keys: [call, narrow, wide], .. } in &open.calls {
            // That a call raised says nothing of what others return.
            let targets: &[&Key] = if raised && given.steering.is_none() { &[] } else { &[narrow, wide] };
            for &target in targets {
                let common = self.noted.targets.get(target).map_or_else(|| given.clone(), |known| known.common(&given));
                self.noted.targets.insert(*target, common);
            }
            self.noted.calls.entry(*call).or_default().push(given.clone());
        }
    }

    /// Whether the reference got the call, and is itself in the noting.
    fn knows(&self, calls: &[Call]) -> bool {
        match (&self.terms, calls) {
            (Terms::Noted { .. }, [_]) => true,
            (Terms::Held(contract), [call]) => contract.calls.contains_key(&call.keys[0]),
            _ => false,
        }
    }

    /// Returns the reference's answers to a call, by each way that it is known by: what they have in common.
    fn given(&self, calls: &[Call]) -> Given {
        let Terms::Held(contract) = &self.terms else { return Given::default() };
        let given = calls.iter().map(|Call { keys: [call, narrow, wide], time }| {
            let given = contract.calls.get(call).and_then(|times| times.get(*time).or(times.last()));
            let common = || contract.targets.get(narrow).or_else(|| contract.targets.get(wide));
            given.or_else(common).cloned().unwrap_or_default()
        });
        given.reduce(|common, given| common.common(&given)).unwrap_or_default()
    }
}

/// Returns the iterator that a request asks for items.
fn iterator_of(request: &Value) -> Option<i64> {
    let [_, Value::Tuple(target), args, ..] = request.as_sequence()? else { return None };
    let is_next =
        matches!(target.as_slice(), [Value::Str(name)] if ["next", "send", "throw"].contains(&name.as_str()?));
    if is_next { home(args.as_sequence()?.first()?) } else { None }
}

/// Returns the number of items in an iterator's answer.
fn count(parts: &Parts<'_>) -> usize {
    let answer = parts.values.first().and_then(|value| value.as_sequence()?.first()?.as_sequence());
    answer.map_or(0, <[Value]>::len)
}

/// Whether it is a container with nothing in it.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Shared(_, value) => is_empty(value),
        value => value.children().is_empty(),
    }
}

/// The kind of the arguments of a call or an exception.
fn arguments() -> Kind {
    Kind::Other(String::new())
}

/// The shapes of a message's values, and of contents by the positions of their containers.
fn survey(parts: &Parts<'_>, objects: bool, homes: bool) -> (Vec<Shape>, Vec<(i64, Shape)>) {
    if parts.inert {
        let changes = contents(parts.changes).map(|(position, _)| (position, Shape::Data));
        return (parts.values.iter().map(|_| Shape::Data).collect(), changes.collect());
    }
    let mut survey = Survey::new(objects, homes);
    let shapes = parts.values.iter().map(|value| survey.shape(value)).collect();
    let changes = contents(parts.changes).map(|(position, content)| (position, survey.shape(content)));
    (shapes, changes.collect())
}
