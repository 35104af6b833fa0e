//! Decoding.

use num_bigint::{BigInt, Sign};

use super::{
    super::value::{PyStr, Std, Value},
    CodecError,
};

/// Nesting beyond which bytes are refused; the guest stops a little earlier.
const DEPTH_BOUND: usize = 450;

/// Values in one message: a value takes tens of bytes where its encoding may take one, so hostile bytes could multiply.
const VALUE_BOUND: usize = 8_000_000;

/// Reads exactly one value; `functions` are allowed in requests only.
pub(super) fn read(bytes: &[u8], functions: bool) -> Result<Value, CodecError> {
    let mut reader = Reader { bytes, at: 0, values: 0, functions };
    let value = reader.value(0)?;
    if reader.at == bytes.len() { Ok(value) } else { Err(reader.error("trailing bytes")) }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
    functions: bool,
}

impl<'a> Reader<'a> {
    fn error(&self, what: &'static str) -> CodecError {
        CodecError { what, at: self.at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], CodecError> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..count).ok_or_else(|| self.error("too few bytes"))?;
        self.at += count;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CodecError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn byte(&mut self) -> Result<u8, CodecError> {
        Ok(self.array::<1>()?[0])
    }

    fn float(&mut self) -> Result<f64, CodecError> {
        Ok(f64::from_le_bytes(self.array()?))
    }

    /// A length: never more than the bytes left, since every item takes at least one.
    fn length(&mut self) -> Result<usize, CodecError> {
        let length = i32::from_le_bytes(self.array()?);
        let length = usize::try_from(length).map_err(|_| self.error("a negative length"))?;
        if length > self.bytes.len() - self.at {
            return Err(self.error("a length beyond the end"));
        }
        Ok(length)
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Value>, CodecError> {
        let length = self.length()?;
        // A value is many times its one-byte encoding: grow as items arrive instead of trusting the length.
        let mut items = Vec::with_capacity(length.min(1024));
        for _ in 0..length {
            items.push(self.value(depth + 1)?);
        }
        Ok(items)
    }

    fn value(&mut self, depth: usize) -> Result<Value, CodecError> {
        if depth > DEPTH_BOUND {
            return Err(self.error("nested too deeply"));
        }
        self.values += 1;
        if self.values > VALUE_BOUND {
            return Err(self.error("too many values"));
        }
        Ok(match self.byte()? {
            b'N' => Value::None,
            b'.' => Value::Ellipsis,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'i' => Value::Int(i32::from_le_bytes(self.array()?).into()),
            b'l' => self.long()?,
            b'g' => Value::Float(self.float()?),
            b'y' => Value::Complex(self.float()?, self.float()?),
            b'u' => {
                let length = self.length()?;
                let text = PyStr::from_wtf8(self.take(length)?.to_vec());
                Value::Str(text.ok_or_else(|| self.error("not a string"))?)
            }
            b's' => {
                let length = self.length()?;
                Value::Bytes(self.take(length)?.to_vec())
            }
            b'[' => Value::List(self.items(depth)?),
            b'(' => Value::Tuple(self.items(depth)?),
            b'<' => Value::Set(self.items(depth)?),
            b'>' => Value::FrozenSet(self.items(depth)?),
            b'{' => {
                let mut items = Vec::new();
                while self.bytes.get(self.at) != Some(&b'0') {
                    let key = self.value(depth + 1)?;
                    items.push((key, self.value(depth + 1)?));
                }
                self.at += 1;
                Value::Dict(items)
            }
            b'X' => {
                let kind = self.byte()?;
                let payload = self.value(depth + 1)?;
                let std = self.extension(kind, payload).ok_or_else(|| self.error("a malformed extension"))?;
                Value::Std(Box::new(std))
            }
            _ => {
                self.at -= 1;
                return Err(self.error("an unknown code"));
            }
        })
    }

    fn extension(&self, kind: u8, payload: Value) -> Option<Std> {
        match kind {
            b'L' | b'G' if self.functions => Some(Std::Function(payload)),
            _ => std_from(kind, payload),
        }
    }

    /// An integer in 15-bit digits, least first, its sign on the count.
    fn long(&mut self) -> Result<Value, CodecError> {
        let count = i32::from_le_bytes(self.array()?);
        let digits = usize::try_from(count.unsigned_abs()).map_err(|_| self.error("a length"))?;
        let raw = self.take(digits.checked_mul(2).ok_or_else(|| self.error("a length"))?)?;
        let mut words = Vec::with_capacity(digits);
        for pair in raw.chunks_exact(2) {
            let digit = u16::from_le_bytes([pair[0], pair[1]]);
            if digit >= 1 << 15 {
                return Err(self.error("a digit of more than 15 bits"));
            }
            words.push(digit);
        }
        if words.last() == Some(&0) {
            return Err(self.error("a leading zero digit"));
        }
        let sign = if count < 0 { Sign::Minus } else { Sign::Plus };
        Ok(Value::int(BigInt::from_bytes_le(sign, &pack_digits(&words))))
    }
}

/// 15-bit digits to bytes.
fn pack_digits(digits: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len() * 2);
    let (mut window, mut filled) = (0_u32, 0);
    for &digit in digits {
        window |= u32::from(digit) << filled;
        filled += 15;
        while filled >= 8 {
            bytes.push((window & 0xFF) as u8);
            window >>= 8;
            filled -= 8;
        }
    }
    bytes.push((window & 0xFF) as u8);
    bytes
}

fn std_from(kind: u8, payload: Value) -> Option<Std> {
    let text = |value: Value| match value {
        Value::Str(text) => text.as_str().map(str::to_owned),
        _ => None,
    };
    let list = |value: Value| match value {
        Value::List(items) => Some(items),
        _ => None,
    };
    let dict = |value: Value| match value {
        Value::Dict(items) => Some(items),
        _ => None,
    };
    let bytes = |value: Value| match value {
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    };
    let iso = |value: Value| text(value).filter(|text| text.len() <= 64 && is_iso(text));
    Some(match kind {
        b'b' => Std::ByteArray(bytes(payload)?),
        b'p' => Std::MemoryView(bytes(payload)?),
        b'k' => Std::DictKeys(list(payload)?),
        b'v' => Std::DictValues(list(payload)?),
        b'i' => {
            let items = list(payload)?;
            items.iter().all(|item| matches!(item, Value::Tuple(pair) if pair.len() == 2)).then_some(())?;
            Std::DictItems(items)
        }
        b'I' => Std::Iterator(list(payload)?),
        b'C' => Std::Counter(dict(payload)?),
        b'O' => Std::OrderedDict(list(payload)?.into_iter().map(pair).collect::<Option<_>>()?),
        b'c' => Std::Decimal(text(payload).filter(|text| is_decimal(text))?),
        b'y' => Std::Date(iso(payload)?),
        b'h' => Std::Time(iso(payload)?),
        b'm' => Std::DateTime(iso(payload)?),
        b'T' => Std::Type(text(payload).filter(|name| is_identifier(name))?),
        b'a' => {
            let (code, items) = pair(payload)?;
            let code = text(code)?;
            let items = list(items)?;
            (code.len() == 1 && "bBuwhHiIlLqQfd".contains(&code)).then_some(())?;
            Std::Array(code.chars().next()?, items)
        }
        b'D' => {
            let (items, maximum) = pair(payload)?;
            let maximum = match maximum {
                Value::None => None,
                Value::Int(maximum) if maximum >= 0 => Some(maximum),
                _ => return None,
            };
            Std::Deque(list(items)?, maximum)
        }
        b'd' => {
            let (factory, items) = pair(payload)?;
            let factory = match factory {
                Value::None => None,
                name => Some(text(name).filter(|name| is_identifier(name))?),
            };
            Std::DefaultDict(factory, dict(items)?)
        }
        b'F' => {
            let (numerator, denominator) = pair(payload)?;
            let denominator = denominator.as_bigint().filter(|value| value.sign() == Sign::Plus)?;
            Std::Fraction(numerator.as_bigint()?, denominator)
        }
        b'E' => {
            let (name, arguments) = pair(payload)?;
            let Value::Tuple(arguments) = arguments else { return None };
            Std::Exception(text(name).filter(|name| is_identifier(name))?, arguments)
        }
        b'r' => {
            let [start, stop, step] = triple(payload)?;
            let step = step.as_bigint().filter(|step| step.sign() != Sign::NoSign)?;
            Std::Range(start.as_bigint()?, stop.as_bigint()?, step)
        }
        b's' => {
            let [start, stop, step] = triple(payload)?;
            Std::Slice(start, stop, step)
        }
        b't' => match triple(payload)? {
            [Value::Int(days), Value::Int(seconds), Value::Int(micros)]
                if days.abs() <= 999_999_999 && (0..86_400).contains(&seconds) && (0..1_000_000).contains(&micros) =>
            {
                Std::TimeDelta(days, seconds, micros)
            }
            _ => return None,
        },
        b'n' => {
            let [name, fields, items] = triple(payload)?;
            let (Value::Tuple(fields), Value::Tuple(items)) = (fields, items) else { return None };
            let fields = fields
                .into_iter()
                .map(|field| text(field).filter(|name| is_identifier(name)))
                .collect::<Option<Vec<_>>>()?;
            (fields.len() == items.len()).then_some(())?;
            Std::NamedTuple(text(name).filter(|name| is_identifier(name))?, fields, items)
        }
        _ => return other_from(kind, payload),
    })
}

/// Patterns and matches, and what crosses by reference.
fn other_from(kind: u8, payload: Value) -> Option<Std> {
    Some(match kind {
        b'P' => {
            let (pattern, flags) = pair(payload)?;
            matches!(pattern, Value::Str(_) | Value::Bytes(_)).then_some(())?;
            Std::Pattern(pattern, index(&flags)?)
        }
        b'M' => {
            let Value::Tuple(parts) = payload else { return None };
            let parts = <[Value; 6]>::try_from(parts).ok()?;
            let text = |value: &Value| matches!(value, Value::Str(_) | Value::Bytes(_));
            let numbers = [&parts[1], &parts[3], &parts[4], &parts[5]];
            (text(&parts[0]) && text(&parts[2]) && numbers.iter().all(|n| matches!(n, Value::Int(0..))))
                .then_some(())?;
            Std::Match(Box::new(parts))
        }
        b'H' => {
            let (number, name) = pair(payload)?;
            let name = name.as_str().filter(|name| name.len() <= 1000)?;
            Std::Handle(index(&number)?, name.to_owned())
        }
        b'R' => Std::Reference(index(&payload)?),
        b'f' => Std::FunctionReference(index(&payload)?),
        _ => return None,
    })
}

fn index(value: &Value) -> Option<i64> {
    match value {
        Value::Int(index) if *index >= 0 => Some(*index),
        _ => None,
    }
}

fn pair(value: Value) -> Option<(Value, Value)> {
    let Value::Tuple(items) = value else { return None };
    let [first, second] = <[Value; 2]>::try_from(items).ok()?;
    Some((first, second))
}

fn triple(value: Value) -> Option<[Value; 3]> {
    let Value::Tuple(items) = value else { return None };
    items.try_into().ok()
}

fn is_identifier(name: &str) -> bool {
    name.len() <= 200
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c == '_' || c.is_alphanumeric())
}

fn is_iso(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "-:.+TZ".contains(c))
}

fn is_decimal(text: &str) -> bool {
    text.len() <= 100_000 && !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}
