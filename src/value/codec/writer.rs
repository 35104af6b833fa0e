//! Encoding.

use std::collections::BTreeMap;

use num_bigint::{BigInt, Sign};

use super::super::{Handle, Std, Value};

/// A value's encoding.
pub(super) fn write(value: &Value) -> Vec<u8> {
    let mut writer = Writer { out: Vec::new(), numbers: BTreeMap::new() };
    writer.value(value);
    writer.out
}

struct Writer {
    out: Vec<u8>,
    /// Numbers here of values that are shared, by their numbers there.
    numbers: BTreeMap<u32, u32>,
}

impl Writer {
    fn value(&mut self, value: &Value) {
        let out = &mut self.out;
        match value {
            Value::None => out.push(b'N'),
            Value::Ellipsis => out.push(b'.'),
            Value::Bool(true) => out.push(b'T'),
            Value::Bool(false) => out.push(b'F'),
            Value::Int(value) => match i32::try_from(*value) {
                Ok(small) => {
                    out.push(b'i');
                    out.extend_from_slice(&small.to_le_bytes());
                }
                Err(_) => encode_long(&BigInt::from(*value), out),
            },
            Value::BigInt(value) => encode_long(value, out),
            Value::Float(value) => {
                out.push(b'g');
                out.extend_from_slice(&value.to_le_bytes());
            }
            Value::Complex(real, imaginary) => {
                out.push(b'y');
                out.extend_from_slice(&real.to_le_bytes());
                out.extend_from_slice(&imaginary.to_le_bytes());
            }
            Value::Str(text) => encode_block(b'u', text.as_bytes(), out),
            Value::Bytes(bytes) => encode_block(b's', bytes, out),
            Value::List(items) => self.items(b'[', items),
            Value::Tuple(items) => self.items(b'(', items),
            Value::Set(items) => self.sorted(b'<', items),
            Value::FrozenSet(items) => self.sorted(b'>', items),
            Value::Dict(items) => {
                out.push(b'{');
                for (key, value) in items {
                    self.value(key);
                    self.value(value);
                }
                self.out.push(b'0');
            }
            Value::Std(std) => self.std(std),
            Value::Shared(number, value) => {
                let here = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
                self.numbers.insert(*number, here);
                let start = self.out.len();
                self.value(value);
                self.out[start] |= 0x80;
            }
            Value::Again(number) => {
                self.out.push(b'r');
                let here = self.numbers.get(number).copied().unwrap_or(u32::MAX);
                self.out.extend_from_slice(&here.to_le_bytes());
            }
        }
    }

    fn items(&mut self, code: u8, items: &[Value]) {
        self.out.push(code);
        encode_length(items.len(), &mut self.out);
        for item in items {
            self.value(item);
        }
    }

    /// Sets are written in the order of their elements' encodings, so that equal sets have equal bytes.
    fn sorted(&mut self, code: u8, items: &[Value]) {
        let shared = |value: &Value| matches!(value, Value::Shared(..) | Value::Again(_));
        if items.iter().any(|item| item.any(&shared)) {
            // Encodings of elements depend on what was written before.
            return self.items(code, items);
        }
        let mut parts: Vec<Vec<u8>> = items.iter().map(super::encode).collect();
        parts.sort_unstable();
        self.out.push(code);
        encode_length(parts.len(), &mut self.out);
        for part in parts {
            self.out.extend_from_slice(&part);
        }
    }

    fn std(&mut self, std: &Std) {
        let (kind, payload) = parts(std);
        self.out.extend_from_slice(&[b'X', kind]);
        self.value(&payload);
    }
}

fn encode_length(length: usize, out: &mut Vec<u8>) {
    // Lengths come from decoded data or dataset files, both far below 2 GiB.
    let length = i32::try_from(length).unwrap_or(i32::MAX);
    out.extend_from_slice(&length.to_le_bytes());
}

fn encode_block(code: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(code);
    encode_length(bytes.len(), out);
    out.extend_from_slice(bytes);
}

fn encode_long(value: &BigInt, out: &mut Vec<u8>) {
    let (sign, bytes) = value.to_bytes_le();
    let mut digits = Vec::with_capacity(bytes.len() * 8 / 15 + 1);
    let (mut window, mut filled) = (0_u32, 0);
    for byte in bytes {
        window |= u32::from(byte) << filled;
        filled += 8;
        if filled >= 15 {
            digits.push((window & 0x7FFF) as u16);
            window >>= 15;
            filled -= 15;
        }
    }
    digits.push((window & 0x7FFF) as u16);
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    out.push(b'l');
    out.extend_from_slice(&(if sign == Sign::Minus { -count } else { count }).to_le_bytes());
    for digit in digits {
        out.extend_from_slice(&digit.to_le_bytes());
    }
}

/// The kind and the payload of an extension.
fn parts(std: &Std) -> (u8, Value) {
    let tuple = |items: Vec<Value>| Value::Tuple(items);
    let text = |text: &str| Value::str(text);
    match std {
        Std::ByteArray(bytes) => (b'b', Value::Bytes(bytes.clone())),
        Std::MemoryView(bytes) => (b'p', Value::Bytes(bytes.clone())),
        Std::Array(code, items) => (b'a', tuple(vec![text(&code.to_string()), Value::List(items.clone())])),
        Std::Range(start, stop, step) => {
            (b'r', tuple([start, stop, step].map(|bound| Value::int(bound.clone())).to_vec()))
        }
        Std::Slice(start, stop, step) => (b's', tuple(vec![start.clone(), stop.clone(), step.clone()])),
        Std::Deque(items, maximum) => {
            (b'D', tuple(vec![Value::List(items.clone()), maximum.map_or(Value::None, Value::Int)]))
        }
        Std::Counter(items) => (b'C', Value::Dict(items.clone())),
        Std::DefaultDict(factory, items) => {
            (b'd', tuple(vec![factory.clone().unwrap_or(Value::None), Value::Dict(items.clone())]))
        }
        Std::OrderedDict(items) => {
            let pairs = items.iter().map(|(key, value)| tuple(vec![key.clone(), value.clone()]));
            (b'O', Value::List(pairs.collect()))
        }
        Std::NamedTuple(name, fields, items) => {
            let fields = fields.iter().map(|field| text(field)).collect();
            (b'n', tuple(vec![text(name), tuple(fields), tuple(items.clone())]))
        }
        Std::Fraction(numerator, denominator) => {
            (b'F', tuple(vec![Value::int(numerator.clone()), Value::int(denominator.clone())]))
        }
        Std::Decimal(value) => (b'c', text(value)),
        Std::Date(value) => (b'y', text(value)),
        Std::Time(value) => (b'h', text(value)),
        Std::DateTime(value) => (b'm', text(value)),
        Std::TimeDelta(days, seconds, micros) => {
            (b't', tuple([days, seconds, micros].map(|part| Value::Int(*part)).to_vec()))
        }
        Std::DictKeys(items) => (b'k', Value::List(items.clone())),
        Std::DictValues(items) => (b'v', Value::List(items.clone())),
        Std::DictItems(items) => (b'i', Value::List(items.clone())),
        Std::Iterator(items) => (b'I', Value::List(items.clone())),
        Std::Type(name) => (b'T', text(name)),
        Std::Pattern(pattern, flags) => (b'P', tuple(vec![pattern.clone(), Value::Int(*flags)])),
        Std::Match(parts) => (b'M', tuple(parts.to_vec())),
        Std::UserList(value) => (b'U', value.clone()),
        Std::UserDict(value) => (b'V', value.clone()),
        Std::ChainMap(maps) => (b'W', Value::List(maps.clone())),
        Std::MappingProxy(value) => (b'w', value.clone()),
        Std::StructTime(items) => (b'z', tuple(items.clone())),
        Std::NotImplemented => (b'N', Value::None),
        Std::Handle(handle) => (b'H', handle_parts(handle)),
        Std::Home(which) => (b'B', which.clone()),
        Std::Held(position) => (b'R', Value::Int(*position)),
        Std::Subclass(handle, value) => (b'S', tuple(vec![handle_parts(handle), value.clone()])),
        Std::Opaque(error) => (b'Q', error.clone()),
        Std::Sealed(tuple) => (b'Y', tuple.clone()),
        // A library's name is a pair, a function more.
        Std::Function(payload) => {
            (if payload.as_sequence().is_some_and(|parts| parts.len() == 2) { b'G' } else { b'L' }, payload.clone())
        }
        Std::Exception(name, arguments) => (b'E', tuple(vec![text(name), tuple(arguments.clone())])),
    }
}

fn handle_parts(handle: &Handle) -> Value {
    Value::Tuple(vec![Value::Int(handle.number), Value::str(&handle.name), Value::str(handle.kind.letter())])
}
