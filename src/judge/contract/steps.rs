//! The steps of a conversation: as long as a candidate's are the reference's, each call is the one that the reference got.
//!
//! A step is a call to the program or a message of the program's, but for which of the program's objects stand in it, the texts of exceptions,
//! and differences between data that are equal: the types of numbers, the order of a dictionary, what is shared. A tester that was answered
//! the same asks the same; so while all steps are the reference's, and each object stands where one of the reference's stood that it was given for, a
//! call is the reference's next one, even if one object was given for several. That does not hold of one iterator for several, since a
//! tester asks nothing of one that is at its end; nor of a test that tells objects apart by `is`, or goes by what is left out here.

use super::{
    calls::name_objects,
    key::{Key, short},
    origins::Origins,
    request::homes,
    terms::{Step, Terms},
};
use crate::value::{Std, Value, codec};

/// The number of steps that are kept of a reference. What comes after those is known otherwise.
const STEPS_BOUND: usize = 100_000;

/// The steps so far, of a reference or of what is held to one.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// The reference's own.
    noted: Vec<Step>,
    /// The number of steps that a candidate took.
    taken: usize,
    /// Whether one of them was another than the reference's, or too many to keep.
    ended: bool,
}

impl Steps {
    /// Whether a candidate's steps are all the reference's.
    pub(super) fn is_same(&self) -> bool {
        self.taken > 0 && !self.ended
    }

    /// Ends them, where there were any: the program was started again.
    pub(super) fn end(&mut self) {
        self.ended |= self.taken > 0 || !self.noted.is_empty();
    }

    /// Takes the steps that were noted.
    pub(super) fn take(&mut self) -> Vec<Step> {
        std::mem::take(&mut self.noted)
    }

    /// Takes note of a call. Returns the ways by which the reference's tester had come by the objects in it, where it is the reference's next
    /// one.
    pub(super) fn request(
        &mut self,
        terms: &Terms,
        bytes: &[u8],
        request: &Value,
        origins: &Origins,
    ) -> Option<Vec<Key>> {
        if self.ended {
            return None;
        }
        let mut numbers = Vec::new();
        homes(request, &mut |number| numbers.push(number));
        let message = if numbers.is_empty() { digest(bytes, None) } else { digest(&without_homes(request), None) };
        match terms {
            Terms::Free => None,
            Terms::Noted { .. } => {
                let first = |number: &i64| origins.of(*number).first().copied().unwrap_or_default();
                self.push(Step { message, objects: numbers.iter().map(first).collect() });
                None
            }
            Terms::Held(contract) => {
                let step = contract.steps.get(self.taken).filter(|step| step.message == message);
                let step = step.filter(|step| {
                    step.objects.len() == numbers.len()
                        && step.objects.iter().zip(&numbers).all(|(way, number)| origins.is_by(*number, way))
                        && !numbers.iter().any(|number| origins.is_blurred(*number))
                });
                self.take_step(step.is_some());
                step.map(|step| step.objects.clone())
            }
        }
    }

    /// Takes note of a message of the program's.
    pub(super) fn reply(&mut self, terms: &Terms, message: &Value, printed: Option<&Value>) {
        if self.ended {
            return;
        }
        let printed = printed.and_then(Value::as_str);
        let message = digest(&codec::encode(&equal(message)), printed);
        match terms {
            Terms::Free => {}
            Terms::Noted { .. } => self.push(Step { message, objects: Vec::new() }),
            Terms::Held(contract) => {
                let is_same = contract.steps.get(self.taken).is_some_and(|step| step.message == message);
                self.take_step(is_same);
            }
        }
    }

    fn push(&mut self, step: Step) {
        if self.noted.len() < STEPS_BOUND {
            self.noted.push(step);
        } else {
            self.ended = true;
        }
    }

    fn take_step(&mut self, is_same: bool) {
        self.taken += 1;
        self.ended |= !is_same;
    }
}

fn digest(message: &[u8], printed: Option<&str>) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(message);
    if let Some(text) = printed {
        hasher.update(b"\0printed").update(text.as_bytes());
    }
    short(&hasher)
}

fn without_homes(request: &Value) -> Vec<u8> {
    let mut request = request.clone();
    name_objects(&mut request, &mut |_| Key::default());
    codec::encode(&request)
}

/// Returns a message of the program's in the form that all that are as good as it have.
fn equal(message: &Value) -> Value {
    let mut message = message.clone();
    if let Value::Tuple(parts) = &mut message
        && let [Value::Str(kind), Value::Tuple(error), arguments, ..] = parts.as_mut_slice()
        && kind.as_str() == Some("raise")
        && arguments.as_sequence().is_none_or(|arguments| arguments.iter().all(|value| matches!(value, Value::Str(_))))
    {
        // The type, the text, the builtin type.
        if let Some(text) = error.get_mut(1) {
            *text = Value::None;
        }
        error.truncate(3);
        *arguments = Value::None;
    }
    make_equal(&mut message);
    message
}

fn make_equal(value: &mut Value) {
    if let Value::Shared(_, held) = value {
        *value = std::mem::replace(held, Value::None);
    }
    value.children_mut().into_iter().for_each(make_equal);
    match value {
        Value::Bool(whole) => *value = Value::Int(i64::from(*whole)),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
        Value::Float(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => *value = Value::Int(*whole as i64),
        Value::Dict(pairs) => pairs.sort_by_cached_key(|(key, _)| codec::encode(key)),
        Value::Std(std) => match std.as_mut() {
            Std::Handle(handle) | Std::Subclass(handle, _) => {
                handle.number = 0;
                handle.name.clear();
            }
            Std::DefaultDict(Some(factory), _) => make_equal(factory),
            _ => {}
        },
        _ => {}
    }
}
