//! The expected outcome of every input, from the reference.

use std::sync::Arc;

use super::super::prepared::{Prepared, ReferenceCheck, blank, encode_inputs};
use crate::{
    sandbox::{Annotations, Fault, GoOn, Limits, Peer, Sandbox},
    task::{Cases, Oracle, Task},
    value::{Value, codec},
};

/// Collects the reference's outcomes; where only their existence counts, of values that do not cross too.
struct Collector(std::sync::mpsc::Sender<(Vec<u8>, u64)>, Oracle);

impl Peer for Collector {
    fn report(&mut self, outcome: &[u8], fuel: u64) -> Result<GoOn, Fault> {
        let usable = is_of_kind(outcome, "return") || self.1 == Oracle::NotNone && is_of_kind(outcome, "opaque");
        let taken = usable && outcome.len() <= codec::BYTES_BOUND && self.0.send((outcome.to_vec(), fuel)).is_ok();
        Ok(if taken { GoOn::Same } else { GoOn::Stop })
    }
}

/// Whether an outcome, `(kind, ...)`, is of this kind: it stands within a few bytes of codes and lengths.
fn is_of_kind(outcome: &[u8], kind: &str) -> bool {
    outcome[..outcome.len().min(16)].windows(kind.len()).any(|window| window == kind.as_bytes())
}

/// Runs the reference on all inputs.
pub(in super::super) fn prepare(
    sandbox: &Arc<Sandbox>,
    annotations: Annotations,
    task: &Arc<Task>,
    cases: &Cases,
) -> Result<Prepared, Fault> {
    let mut prepared = blank(task);
    let Some(reference) = &task.reference else { return Ok(prepared) };
    let mut instance = sandbox.instantiate(&Limits::trusted())?;
    let (sender, receiver) = std::sync::mpsc::channel();
    instance.set_peer(Some(Box::new(Collector(sender, cases.oracle))));
    let names = std::slice::from_ref(&task.entry_point);
    let loaded = instance.set_annotations(annotations).and_then(|()| instance.load(reference, names, false));
    let run = loaded.and_then(|reply| {
        if codec::decode(&reply) == Ok(Value::None) {
            instance.call_each(&task.entry_point, &encode_inputs(&cases.inputs))
        } else {
            Ok(())
        }
    });
    instance.set_peer(None);
    let (expected, input_fuel): (Vec<Vec<u8>>, Vec<u64>) = receiver.try_iter().unzip();
    prepared.input_fuel = Arc::new(input_fuel);
    prepared.fuel = instance.usage().fuel;
    prepared.reference = if expected.len() == cases.inputs.len() {
        ReferenceCheck::Passes
    } else {
        let why = run.err().map_or_else(
            || "it raises, or returns no plain data or more than 64 MiB of it".to_owned(),
            |ending| ending.describe().1,
        );
        ReferenceCheck::Fails(format!("input {}: {why}", expected.len()))
    };
    let holds_nan = |bytes: &Vec<u8>| codec::decode(bytes).is_ok_and(|value| has_nan(&value));
    prepared.nan = Arc::new((0..expected.len()).filter(|&index| holds_nan(&expected[index])).collect());
    prepared.expected = Arc::new(expected);
    Ok(prepared)
}

fn has_nan(value: &Value) -> bool {
    match value {
        Value::Float(value) => value.is_nan(),
        Value::Complex(real, imaginary) => real.is_nan() || imaginary.is_nan(),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) | Value::FrozenSet(items) => {
            items.iter().any(has_nan)
        }
        Value::Dict(items) => items.iter().any(|(key, value)| has_nan(key) || has_nan(value)),
        // Rare enough to be always compared in full.
        Value::Std(_) => true,
        _ => false,
    }
}
