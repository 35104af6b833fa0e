//! MBPP+'s inputs: JSON has no tuples, sets or complex numbers, so EvalPlus restores them task by task.
//!
//! The rules are those of `mbpp_deserialize_inputs` in EvalPlus's `evalplus/data/mbpp.py`.

use crate::value::Value;

/// The argument tuple of task `Mbpp/{number}` that `arguments` stand for; nothing where they are not of the task's form.
pub(super) fn restore(number: u32, arguments: Vec<Value>) -> Option<Value> {
    let restored = match number {
        2 | 116 | 132 | 143 | 222 | 261 | 273 | 394 | 399 | 421 | 424 | 429 | 470 | 560 | 579 | 596 | 616 | 630
        | 726 | 740 | 744 | 809 => each(arguments, tuple)?,
        63 | 64 | 70 | 94 | 120 | 237 | 272 | 299 | 400 | 409 | 417 | 438 | 473 | 614 | 780 => {
            each(arguments, list_of_tuples)?
        }
        75 | 413 | 444 | 753 => at(arguments, 0, list_of_tuples)?,
        106 | 750 => at(arguments, 1, tuple)?,
        115 => at(arguments, 0, |argument| each_item(argument, |item| Some(set_or_empty_dict(item))).map(Value::List))?,
        124 => {
            let mut arguments = arguments.into_iter();
            vec![float(&arguments.next()?)?, complex(&arguments.next()?)?]
        }
        250 | 405 | 446 | 617 | 720 | 763 | 808 | 307 => at(arguments, 0, tuple)?,
        259 | 401 | 445 => each(arguments, |argument| each_item(argument, tuple).map(Value::Tuple))?,
        278 => each(arguments, |argument| {
            each_item(argument, |item| if is_list(&item) { tuple(item) } else { Some(item) }).map(Value::Tuple)
        })?,
        722 => at(arguments, 0, |argument| match argument {
            Value::Dict(items) => {
                let items = items.into_iter().map(|(key, value)| Some((key, tuple(value)?))).collect::<Option<_>>()?;
                Some(Value::Dict(items))
            }
            _ => None,
        })?,
        252 => vec![complex(arguments.first()?)?],
        580 | 615 | 791 => arguments.into_iter().map(deep_tuple).collect(),
        _ => arguments,
    };
    Some(Value::Tuple(restored))
}

fn is_list(value: &Value) -> bool {
    matches!(value, Value::List(_))
}

fn each(arguments: Vec<Value>, restore: impl Fn(Value) -> Option<Value>) -> Option<Vec<Value>> {
    arguments.into_iter().map(restore).collect()
}

fn at(mut arguments: Vec<Value>, index: usize, restore: impl Fn(Value) -> Option<Value>) -> Option<Vec<Value>> {
    let argument = arguments.get_mut(index)?;
    *argument = restore(std::mem::replace(argument, Value::None))?;
    Some(arguments)
}

/// Python's `[restore(item) for item in value]`.
fn each_item(value: Value, restore: impl Fn(Value) -> Option<Value>) -> Option<Vec<Value>> {
    match value {
        Value::List(items) | Value::Tuple(items) => items.into_iter().map(restore).collect(),
        _ => None,
    }
}

/// Python's `tuple(value)`.
fn tuple(value: Value) -> Option<Value> {
    match value {
        Value::List(items) | Value::Tuple(items) => Some(Value::Tuple(items)),
        Value::Str(text) => Some(Value::Tuple(text.as_str()?.chars().map(|c| Value::str(&c.to_string())).collect())),
        Value::Dict(items) => Some(Value::Tuple(items.into_iter().map(|(key, _)| key).collect())),
        _ => None,
    }
}

fn list_of_tuples(value: Value) -> Option<Value> {
    each_item(value, tuple).map(Value::List)
}

fn deep_tuple(value: Value) -> Value {
    match value {
        Value::List(items) => Value::Tuple(items.into_iter().map(deep_tuple).collect()),
        other => other,
    }
}

/// EvalPlus restores an empty list to an empty dict here, not to a set.
fn set_or_empty_dict(value: Value) -> Value {
    match value {
        Value::List(items) if !items.is_empty() => {
            let mut distinct: Vec<Value> = Vec::new();
            for item in items {
                if !distinct.contains(&item) {
                    distinct.push(item);
                }
            }
            Value::Set(distinct)
        }
        _ => Value::Dict(Vec::new()),
    }
}

fn float(value: &Value) -> Option<Value> {
    match value {
        Value::Float(value) => Some(Value::Float(*value)),
        Value::Int(value) => i32::try_from(*value).ok().map(|value| Value::Float(value.into())),
        Value::Str(text) => text.as_str()?.trim().parse().ok().map(Value::Float),
        _ => None,
    }
}

/// Python's `complex(text)`: `a`, `bj` or `a+bj`, perhaps in parentheses.
fn complex(value: &Value) -> Option<Value> {
    let Value::Str(text) = value else {
        let Value::Float(real) = float(value)? else { return None };
        return Some(Value::Complex(real, 0.0));
    };
    let text = text.as_str()?.trim();
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let Some(body) = text.strip_suffix(['j', 'J']) else {
        return Some(Value::Complex(text.parse().ok()?, 0.0));
    };
    // The sign between the parts is the last one that does not belong to an exponent.
    let bytes = body.as_bytes();
    let split =
        (1..bytes.len()).rev().find(|&at| matches!(bytes[at], b'+' | b'-') && !matches!(bytes[at - 1], b'e' | b'E'));
    let (real, imaginary) = split.map_or(("0", body), |at| body.split_at(at));
    let imaginary = match imaginary {
        "" | "+" => 1.0,
        "-" => -1.0,
        digits => digits.parse().ok()?,
    };
    Some(Value::Complex(real.parse().ok()?, imaginary))
}
