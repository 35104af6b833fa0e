//! Numbers by exact value, across Python's numeric types.

use std::hash::{Hash, Hasher};

use num_bigint::{BigInt, Sign};
use num_traits::{One, Zero};

use super::{Std, Value};

/// Decimal exponents beyond which a finite `Decimal` is compared by its text: arithmetic on its exact value would take long, and the bytes may
/// be hostile. A float has none beyond 1,074.
const EXPONENT_BOUND: u64 = 1_100;
/// The number of digits beyond which it is, too. A float has at most 767.
const DIGIT_BOUND: usize = 800;

/// A Python number by its exact value.
#[derive(Debug, Clone)]
pub(super) enum Number {
    /// A rational in lowest terms: the numerator and the positive denominator.
    Ratio(BigInt, BigInt),
    /// An infinity.
    Infinite(Sign),
    /// Not a number: equal to nothing.
    Nan,
    /// The real and the imaginary part, the latter not zero.
    Complex(Box<(Number, Number)>),
    /// A decimal too large or small to expand: the sign, the digits without trailing zeros and the exponent.
    Extreme(bool, String, i64),
}

impl Number {
    /// The value's number, where it is one.
    pub(super) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Bool(value) => Self::Ratio(i32::from(*value).into(), BigInt::one()),
            Value::Int(value) => Self::Ratio((*value).into(), BigInt::one()),
            Value::BigInt(value) => Self::Ratio(value.clone(), BigInt::one()),
            Value::Float(value) => Self::from_float(*value),
            Value::Complex(real, imaginary) => {
                let (real, imaginary) = (Self::from_float(*real), Self::from_float(*imaginary));
                match &imaginary {
                    Self::Ratio(numerator, _) if numerator.is_zero() => real,
                    _ => Self::Complex(Box::new((real, imaginary))),
                }
            }
            Value::Std(std) => match std.as_ref() {
                // In lowest terms as Python keeps them; one that is not was tampered with, and equals nothing.
                Std::Fraction(numerator, denominator) => Self::Ratio(numerator.clone(), denominator.clone()),
                Std::Decimal(text) => Self::from_decimal(text)?,
                _ => return None,
            },
            _ => return None,
        })
    }

    fn from_float(value: f64) -> Self {
        if value.is_nan() {
            return Self::Nan;
        }
        if value.is_infinite() {
            return Self::Infinite(if value > 0.0 { Sign::Plus } else { Sign::Minus });
        }
        let bits = value.to_bits();
        let raw = i32::try_from((bits >> 52) & 0x7FF).unwrap_or_default();
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, exponent) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
        let mut numerator = BigInt::from(mantissa);
        if value.is_sign_negative() {
            numerator = -numerator;
        }
        let shift = exponent.unsigned_abs();
        if exponent >= 0 {
            Self::Ratio(numerator << shift, BigInt::one())
        } else {
            // The only common factor is a power of two.
            let twos = mantissa.trailing_zeros().min(shift);
            if mantissa == 0 {
                return Self::Ratio(BigInt::zero(), BigInt::one());
            }
            Self::Ratio(numerator >> twos, BigInt::one() << (shift - twos))
        }
    }

    fn from_decimal(text: &str) -> Option<Self> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let lower = body.to_ascii_lowercase();
        if lower.starts_with("nan") || lower.starts_with("snan") {
            return Some(Self::Nan);
        }
        if lower.starts_with("inf") {
            return Some(Self::Infinite(if negative { Sign::Minus } else { Sign::Plus }));
        }
        let (digits, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let trimmed = all.trim_end_matches('0');
        let shift = i64::try_from(all.len() - trimmed.len()).ok()? - i64::try_from(fraction.len()).ok()?;
        // Hostile exponents reach the ends of i64, and beyond.
        let exponent = exponent.parse::<i64>().ok()?.saturating_add(shift);
        let trimmed = trimmed.trim_start_matches('0');
        if trimmed.is_empty() {
            return Some(Self::Ratio(BigInt::zero(), BigInt::one()));
        }
        if exponent.unsigned_abs() > EXPONENT_BOUND || trimmed.len() > DIGIT_BOUND {
            return Some(Self::Extreme(negative, trimmed.to_owned(), exponent));
        }
        let mut numerator = trimmed.parse::<BigInt>().ok()?;
        if negative {
            numerator = -numerator;
        }
        let power = u32::try_from(exponent.unsigned_abs()).ok()?;
        if exponent >= 0 {
            return Some(Self::Ratio(numerator * BigInt::from(10).pow(power), BigInt::one()));
        }
        // Of a power of ten, the only factors are twos and fives.
        let twos = u32::try_from(numerator.trailing_zeros().unwrap_or_default()).map_or(power, |twos| twos.min(power));
        numerator >>= twos;
        let (five, mut fives) = (BigInt::from(5), 0);
        while fives < power && (&numerator % &five).is_zero() {
            numerator /= &five;
            fives += 1;
        }
        Some(Self::Ratio(numerator, (BigInt::one() << (power - twos)) * five.pow(power - fives)))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ratio(a, b), Self::Ratio(c, d)) => a == c && b == d,
            (Self::Infinite(a), Self::Infinite(b)) => a == b,
            (Self::Complex(a), Self::Complex(b)) => a == b,
            (Self::Extreme(a, b, c), Self::Extreme(d, e, f)) => a == d && b == e && c == f,
            _ => false,
        }
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        match self {
            Self::Ratio(numerator, denominator) => (numerator, denominator).hash(hasher),
            Self::Infinite(sign) => (*sign == Sign::Plus).hash(hasher),
            Self::Nan => 1_u8.hash(hasher),
            Self::Complex(parts) => (&parts.0, &parts.1).hash(hasher),
            Self::Extreme(negative, digits, exponent) => (negative, digits, exponent).hash(hasher),
        }
    }
}
