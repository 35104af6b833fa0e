//! The comparison of an output with the expected one: EvalPlus's rules, including those of single tasks.
//!
//! EvalPlus's check is: equal, or, with a tolerance, of the same type (and for lists and tuples the same length) and
//! `numpy.allclose(out, expected, rtol=1e-07, atol)`. A tolerance of 0 becomes 1e-6 where the expected value is a float or a non-empty
//! list or tuple of floats. Then there are tasks whose specification admits more than one answer:
//!
//! | oracle | tasks | rule |
//! |---|---|---|
//! | `FindZero` | HumanEval/32 | the polynomial given as input is within `atol` of 0 at the output |
//! | `Anything` | Mbpp/164 | any output |
//! | `OrZero` | Mbpp/295 | equal, or 0 |
//! | `DigitDistance` | Mbpp/558 | equal, or the digit-wise distance after padding with zeros |
//! | `SurfaceArea` | Mbpp/581 | equal, or the surface with `height` read as the pyramid's height, within `atol` |
//! | `SameSet` | Mbpp/2, 7, 111, 140, 232, 249, 579, 769 | equal as sets |
//! | `NotNone` | `check_str`, `text_match_three`, `text_starta_endb` | a bool equal to, or anything else not `None` exactly when, the reference's output is not `None` |
//!
//! All of this runs on decoded data on the host; the candidate's methods take no part.

use num_traits::ToPrimitive;

use crate::value::{Std, Value, allclose, equality::equal};

/// The comparison of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oracle {
    /// EvalPlus's general rule.
    Close,
    /// HumanEval/32: `find_zero`.
    FindZero,
    /// Mbpp/164: `are_equivalent`.
    Anything,
    /// Mbpp/295: `sum_div`.
    OrZero,
    /// Mbpp/558: `digit_distance_nums`.
    DigitDistance,
    /// Mbpp/581: `surface_Area`.
    SurfaceArea,
    /// Two outputs with the same elements.
    SameSet,
    /// Whether there is an output at all.
    NotNone,
}

impl Oracle {
    /// Whether an output whose encoding equals the expected one's passes without a closer look.
    #[must_use]
    pub fn trusts_equal_bytes(self) -> bool {
        matches!(self, Self::Close | Self::OrZero | Self::DigitDistance | Self::SurfaceArea | Self::SameSet)
    }

    /// Whether `out` passes for the argument tuple `input`, whose reference output is `expected`.
    #[must_use]
    pub fn accepts(self, out: &Value, expected: &Value, input: &Value, atol: f64) -> bool {
        let arguments = input.as_sequence().unwrap_or_default();
        match self {
            Self::FindZero => find_zero(arguments, out, atol),
            Self::Anything => true,
            Self::OrZero => close(equal(out, expected) || equal(out, &Value::Int(0)), out, expected, atol),
            Self::DigitDistance => {
                let padded = digit_distance(arguments).is_some_and(|distance| equal(out, &Value::Int(distance)));
                close(equal(out, expected) || padded, out, expected, atol)
            }
            Self::SurfaceArea => {
                let area = surface_area(arguments);
                let near = area.zip(number(out)).is_some_and(|(area, out)| (out - area).abs() <= atol);
                close(equal(out, expected) || near, out, expected, atol)
            }
            Self::SameSet => close(same_set(out, expected), out, expected, atol),
            Self::NotNone => {
                let wanted = !matches!(expected, Value::None);
                match out {
                    Value::Bool(out) => *out == wanted,
                    out => wanted != matches!(out, Value::None),
                }
            }
            Self::Close => close(equal(out, expected), out, expected, atol),
        }
    }
}

fn close(exact: bool, out: &Value, expected: &Value, atol: f64) -> bool {
    if exact {
        return true;
    }
    let atol = if atol == 0.0 && is_floats(expected) { 1e-6 } else { atol };
    if atol == 0.0 || !same_type(out, expected) {
        return false;
    }
    let same_length = match (out.as_sequence(), expected.as_sequence()) {
        (Some(out), Some(expected)) => out.len() == expected.len(),
        _ => true,
    };
    same_length && allclose(out, expected, atol)
}

/// Python's `type(out) == type(expected)`. Names do not decide: a candidate may call a namedtuple `float`, and no class of its own is one of the
/// reference's.
fn same_type(out: &Value, expected: &Value) -> bool {
    use std::mem::discriminant;
    match (out, expected) {
        (Value::Shared(_, out), _) => same_type(out, expected),
        (_, Value::Shared(_, expected)) => same_type(out, expected),
        (Value::Int(_) | Value::BigInt(_), Value::Int(_) | Value::BigInt(_)) => true,
        (Value::Std(out), Value::Std(expected)) => {
            discriminant(out.as_ref()) == discriminant(expected.as_ref())
                && !matches!(out.as_ref(), Std::NamedTuple(..) | Std::Exception(..))
                && !out.is_token()
        }
        (out, expected) => discriminant(out) == discriminant(expected),
    }
}

fn is_floats(value: &Value) -> bool {
    match value {
        Value::Float(_) => true,
        other => other
            .as_sequence()
            .is_some_and(|items| !items.is_empty() && items.iter().all(|item| matches!(item, Value::Float(_)))),
    }
}

/// Python's `set(out) == set(expected)`.
fn same_set(out: &Value, expected: &Value) -> bool {
    elements(out).zip(elements(expected)).is_some_and(|(out, expected)| equal(&Value::Set(out), &Value::Set(expected)))
}

/// The elements that iterating gives, where everything is hashable.
fn elements(value: &Value) -> Option<Vec<Value>> {
    let items = match value {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) | Value::FrozenSet(items) => items.clone(),
        Value::Dict(items) => items.iter().map(|(key, _)| key.clone()).collect(),
        Value::Str(text) => text.as_str()?.chars().map(|c| Value::str(&c.to_string())).collect(),
        Value::Std(std) => match std.as_ref() {
            Std::Iterator(items)
            | Std::DictKeys(items)
            | Std::DictValues(items)
            | Std::DictItems(items)
            | Std::Deque(items, _)
            | Std::NamedTuple(_, _, items) => items.clone(),
            _ => return None,
        },
        _ => return None,
    };
    let hashable = |item: &Value| !matches!(item, Value::List(_) | Value::Set(_) | Value::Dict(_));
    items.iter().all(hashable).then_some(items)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::Int(value) => value.to_f64(),
        Value::BigInt(value) => value.to_f64(),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

/// `abs(sum(c * pow(x, i) for i, c in enumerate(xs))) <= atol`.
fn find_zero(arguments: &[Value], out: &Value, atol: f64) -> bool {
    let (Some(coefficients), Some(x)) = (arguments.first().and_then(Value::as_sequence), number(out)) else {
        return false;
    };
    let mut sum = 0.0;
    for (power, coefficient) in coefficients.iter().enumerate() {
        let (Some(coefficient), Some(power)) = (number(coefficient), power.to_f64()) else { return false };
        sum += coefficient * x.powf(power);
    }
    sum.abs() <= atol
}

fn digit_distance(arguments: &[Value]) -> Option<i64> {
    let [left, right] = arguments else { return None };
    let digits = |value: &Value| value.as_bigint().map(|value| value.to_string()).filter(|text| !text.starts_with('-'));
    let (left, right) = (digits(left)?, digits(right)?);
    let width = left.len().max(right.len());
    let (left, right) = (format!("{left:0>width$}"), format!("{right:0>width$}"));
    Some(left.bytes().zip(right.bytes()).map(|(a, b)| (i64::from(a) - i64::from(b)).abs()).sum())
}

fn surface_area(arguments: &[Value]) -> Option<f64> {
    let [base, height] = arguments else { return None };
    let (base, height) = (number(base)?, number(height)?);
    let slant = ((base / 2.0).powi(2) + height.powi(2)).sqrt();
    Some((base.powi(2) + 4.0 * (base * slant) / 2.0).round_ties_even())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuple_called(name: &str) -> Value {
        Value::Std(Box::new(Std::NamedTuple(name.to_owned(), Vec::new(), Vec::new())))
    }

    #[test]
    fn a_name_makes_no_type() {
        let float = Value::Float(3.5);
        let list = Value::List(vec![float.clone()]);
        assert!(Oracle::Close.accepts(&Value::Float(3.5 + 1e-7), &float, &Value::None, 0.0));
        for (out, expected) in [
            (tuple_called("float"), &float),
            (tuple_called("int"), &Value::Int(4)),
            (tuple_called("list"), &list),
            (Value::List(vec![Value::List(Vec::new())]), &list),
            (Value::List(Vec::new()), &list),
        ] {
            assert!(!Oracle::Close.accepts(&out, expected, &Value::None, 1e-6), "{out:?}");
        }
    }
}
