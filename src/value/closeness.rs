//! `numpy.allclose` between values, as EvalPlus applies it: `|out - expected| <= atol + rtol * |expected|`, element by element.
//!
//! numpy first makes arrays of both sides. What it cannot make a numeric array of (text, `None`, dictionaries, ragged
//! lists, integers beyond 64 bits beside other things) raises there and fails the test, so it is simply not close here. Shapes are
//! broadcast against each other as numpy does.

use num_traits::ToPrimitive;

use super::{Std, Value};

/// The relative tolerance EvalPlus passes.
const RTOL: f64 = 1e-7;

/// Whether `out` is close to `expected`: `numpy.allclose(out, expected, rtol=1e-07, atol=atol)`.
#[must_use]
pub fn allclose(out: &Value, expected: &Value, atol: f64) -> bool {
    let (Some(out), Some(expected)) = (Array::of(out), Array::of(expected)) else { return false };
    let Some(shape) = broadcast(&out.shape, &expected.shape) else { return false };
    let count: usize = shape.iter().product();
    // numpy finds nothing close to everything: `allclose([[]], [3.5])` is true there.
    (count > 0 || expected.items.is_empty())
        && (0..count).all(|index| close(out.at(index, &shape), expected.at(index, &shape), atol))
}

/// A number as numpy would hold it: the real and the imaginary part.
type Complex = (f64, f64);

struct Array {
    shape: Vec<usize>,
    items: Vec<Complex>,
}

impl Array {
    fn of(value: &Value) -> Option<Self> {
        let mut array = Self { shape: shape_of(value)?, items: Vec::new() };
        array.collect(value, 0)?;
        Some(array)
    }

    fn collect(&mut self, value: &Value, level: usize) -> Option<()> {
        match sequence(value) {
            Some(items) => {
                (self.shape.get(level) == Some(&items.len())).then_some(())?;
                items.iter().try_for_each(|item| self.collect(item, level + 1))
            }
            None if level == self.shape.len() => {
                self.items.push(scalar(value)?);
                Some(())
            }
            None => None,
        }
    }

    /// The item at flat `index` of the broadcast `shape`.
    fn at(&self, mut index: usize, shape: &[usize]) -> Complex {
        let (mut offset, mut stride) = (0, 1);
        let own = self.shape.iter().rev().copied().chain(std::iter::repeat(1));
        for (&extent, own) in shape.iter().rev().zip(own) {
            let position = index % extent;
            index /= extent;
            if own != 1 {
                offset += position * stride;
            }
            stride *= own;
        }
        self.items[offset]
    }
}

fn sequence(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Std(std) => match std.as_ref() {
            Std::NamedTuple(_, _, items) | Std::Array(_, items) | Std::Deque(items, _) => Some(items),
            _ => None,
        },
        other => other.as_sequence(),
    }
}

fn shape_of(mut value: &Value) -> Option<Vec<usize>> {
    let mut shape = Vec::new();
    while let Some(items) = sequence(value) {
        shape.push(items.len());
        match items.first() {
            Some(first) => value = first,
            None => break,
        }
    }
    // numpy's own bound on dimensions.
    (shape.len() <= 64).then_some(shape)
}

fn scalar(value: &Value) -> Option<Complex> {
    Some(match value {
        Value::Bool(value) => (f64::from(u8::from(*value)), 0.0),
        Value::Int(value) => (value.to_f64()?, 0.0),
        // numpy holds 2^63..2^64 as uint64, and larger integers as objects, whose comparison raises.
        Value::BigInt(value) => (value.to_u64()?.to_f64()?, 0.0),
        Value::Float(value) => (*value, 0.0),
        Value::Complex(real, imaginary) => (*real, *imaginary),
        _ => return None,
    })
}

fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let extent =
        |shape: &[usize], index: usize| (index + shape.len()).checked_sub(rank).map_or(1, |position| shape[position]);
    (0..rank)
        .map(|index| match (extent(a, index), extent(b, index)) {
            (x, y) if x == y => Some(x),
            (1, y) => Some(y),
            (x, 1) => Some(x),
            _ => None,
        })
        .collect()
}

fn close(out: Complex, expected: Complex, atol: f64) -> bool {
    // Infinities of the same sign are close.
    if out == expected {
        return true;
    }
    let finite = |number: Complex| number.0.is_finite() && number.1.is_finite();
    let distance = f64::hypot(out.0 - expected.0, out.1 - expected.1);
    finite(expected) && distance <= atol + RTOL * f64::hypot(expected.0, expected.1)
}
