//! The steps of a conversation: as long as a candidate's are the reference's, each call is the one that the reference got.
//!
//! A step is a call to the program or a message of the program's, in full but for which of the program's objects stand in it. A tester that
//! was answered the same asks the same; so while all steps are the reference's, and each object stands where one of the reference's stood that it
//! was given for, a call is the reference's next one, even if one object was given for several. What a tester learns by telling objects apart
//! with `is` is no step.

use super::{
    calls::name_objects,
    key::{Key, short},
    origins::Origins,
    request::{homes, may_hold_tokens},
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
                });
                self.take_step(step.is_some());
                step.map(|step| step.objects.clone())
            }
        }
    }

    /// Takes note of a message of the program's.
    pub(super) fn reply(&mut self, terms: &Terms, bytes: &[u8], message: &Value, printed: Option<&Value>) {
        if self.ended {
            return;
        }
        let printed = printed.and_then(Value::as_str);
        let message = if may_hold_tokens(bytes) {
            let mut message = message.clone();
            hide_objects(&mut message);
            digest(&codec::encode(&message), printed)
        } else {
            digest(bytes, printed)
        };
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

/// Takes the numbers and the names of the program's objects out of a message.
fn hide_objects(value: &mut Value) {
    if let Value::Std(std) = value {
        match std.as_mut() {
            Std::Handle(handle) | Std::Subclass(handle, _) => {
                handle.number = 0;
                handle.name.clear();
            }
            Std::DefaultDict(Some(factory), _) => hide_objects(factory),
            _ => {}
        }
    }
    value.children_mut().into_iter().for_each(hide_objects);
}
