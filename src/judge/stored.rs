//! The store of what the judge learnt about a task, between runs.

use std::sync::Arc;

use super::{
    Isolation, Prepared, ReferenceCheck,
    contract::{Contract, Terms},
    prepared::{blank, encode_inputs},
    program::direct::DirectCall,
};
use crate::{
    sandbox::{Annotations, CacheDir},
    task::{Task, TestSuite},
    value::{Value, codec},
};

/// The version of the cached form: a part of every key.
const FORMAT: &str = "prepared-13";
/// The section of the cache directory.
const SECTION: &str = "tasks";

/// Reads what is known of `task`.
pub(super) fn read(cache: &CacheDir, annotations: Annotations, task: &Arc<Task>) -> Option<Prepared> {
    cache.read(SECTION, &key(annotations, task)).and_then(|bytes| from_cached(task, &bytes))
}

/// Keeps what is known of a task. A cache that cannot be written to costs time, nothing else.
pub(super) fn write(cache: &CacheDir, annotations: Annotations, prepared: &Prepared) {
    if let Some(bytes) = to_cached(prepared) {
        let _ = cache.write(SECTION, &key(annotations, &prepared.task), &bytes);
    }
}

fn key(annotations: Annotations, task: &Task) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    for part in [FORMAT, tracewright_guest::DIGEST, &format!("{annotations:?}"), &task.id, &task.entry_point] {
        add(part.as_bytes());
    }
    for program in [&task.reference, &task.buggy] {
        add(program.as_deref().map_or(&b"\0"[..], str::as_bytes));
    }
    match &task.suite {
        TestSuite::Cases(cases) => add(&encode_inputs(&cases.inputs)),
        TestSuite::Program(program) => {
            add(format!("{:?}", program.entry_points).as_bytes());
            add(program.setup.as_bytes());
            program.tests.iter().for_each(|test| add(test.as_bytes()));
        }
    }
    hasher.finalize().to_hex()[..40].to_owned()
}

fn to_cached(prepared: &Prepared) -> Option<Vec<u8>> {
    let (passes, why) = match &prepared.reference {
        ReferenceCheck::Passes => (Value::Bool(true), Value::None),
        ReferenceCheck::Fails(why) => (Value::Bool(false), Value::str(why)),
        ReferenceCheck::Missing => (Value::None, Value::None),
    };
    let value = Value::Tuple(vec![
        passes,
        why,
        Value::Int(match prepared.isolation {
            Isolation::Split => 0,
            Isolation::Reference => 1,
            Isolation::Colocated => 2,
        }),
        Value::Int(i64::try_from(prepared.fuel).ok()?),
        names(&prepared.stubs),
        Value::List(
            prepared
                .classes
                .iter()
                .map(|(name, base)| {
                    Value::Tuple(vec![Value::str(name), base.as_deref().map_or(Value::None, Value::str)])
                })
                .collect(),
        ),
        names(&prepared.values),
        names(&prepared.task_names),
        Value::Bool(prepared.keeps),
        match &prepared.terms {
            Terms::Held(contract) => contract.to_value(),
            _ => Value::None,
        },
        prepared.helpers.as_deref().map_or(Value::None, Value::str),
        Value::List(prepared.nan.iter().filter_map(|index| i64::try_from(*index).ok().map(Value::Int)).collect()),
        Value::List(prepared.input_fuel.iter().filter_map(|fuel| i64::try_from(*fuel).ok().map(Value::Int)).collect()),
        Value::List(prepared.expected.iter().map(|bytes| Value::Bytes(bytes.clone())).collect()),
        Value::List(prepared.direct.iter().map(DirectCall::to_value).collect()),
    ]);
    zstd::bulk::compress(&codec::encode(&value), 1).ok()
}

fn names(names: &[String]) -> Value {
    Value::List(names.iter().map(|name| Value::str(name)).collect())
}

fn from_cached(task: &Arc<Task>, bytes: &[u8]) -> Option<Prepared> {
    let raw = zstd::stream::decode_all(bytes).ok()?;
    let Value::Tuple(items) = codec::decode_own(&raw).ok()? else { return None };
    let [
        passes,
        why,
        isolation,
        fuel,
        stubs,
        classes,
        values,
        task_names,
        keeps,
        contract,
        helpers,
        nan,
        input_fuel,
        expected,
        direct,
    ] = <[Value; 15]>::try_from(items).ok()?;
    let mut prepared = blank(task);
    prepared.reference = match (passes, why) {
        (Value::Bool(true), _) => ReferenceCheck::Passes,
        (Value::Bool(false), why) => ReferenceCheck::Fails(why.as_str()?.to_owned()),
        _ => ReferenceCheck::Missing,
    };
    prepared.isolation = match isolation {
        Value::Int(0) => Isolation::Split,
        Value::Int(1) => Isolation::Reference,
        Value::Int(2) => Isolation::Colocated,
        _ => return None,
    };
    let Value::Int(fuel) = fuel else { return None };
    prepared.fuel = u64::try_from(fuel).ok()?;
    let texts = |value: &Value| -> Option<Vec<String>> {
        value.as_sequence()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
    };
    prepared.stubs = texts(&stubs)?;
    prepared.values = texts(&values)?;
    prepared.task_names = texts(&task_names)?;
    prepared.keeps = keeps == Value::Bool(true);
    if contract != Value::None {
        prepared.terms = Terms::Held(Arc::new(Contract::from_value(&contract)?));
    }
    let class = |value: &Value| match value.as_sequence()? {
        [name, base] => Some((name.as_str()?.to_owned(), base.as_str().map(str::to_owned))),
        _ => None,
    };
    prepared.classes = classes.as_sequence()?.iter().map(class).collect::<Option<_>>()?;
    prepared.helpers = helpers.as_str().map(str::to_owned);
    let index = |value: &Value| match value {
        Value::Int(index) => usize::try_from(*index).ok(),
        _ => None,
    };
    prepared.nan = Arc::new(nan.as_sequence()?.iter().map(index).collect::<Option<_>>()?);
    let amount = |value: &Value| match value {
        Value::Int(fuel) => u64::try_from(*fuel).ok(),
        _ => None,
    };
    prepared.input_fuel = Arc::new(input_fuel.as_sequence()?.iter().map(amount).collect::<Option<_>>()?);
    let Value::List(expected) = expected else { return None };
    let bytes = |value: Value| match value {
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    };
    prepared.expected = Arc::new(expected.into_iter().map(bytes).collect::<Option<_>>()?);
    prepared.direct = Arc::new(DirectCall::read_all(&direct)?);
    Some(prepared)
}
