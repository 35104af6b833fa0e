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
    /// The numbers here of values that are shared, by their numbers there.
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
            Value::Dict(items) => self.pairs(items),
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

    /// Writes an extension: its kind, and its payload from where it is. A copy for each level of nesting could take any amount of memory.
    fn std(&mut self, std: &Std) {
        match std {
            Std::Array(code, items) => {
                self.opening(b'a', 2);
                self.value(&Value::str(&code.to_string()));
                self.items(b'[', items);
            }
            Std::Slice(start, stop, step) => {
                self.opening(b's', 3);
                for bound in [start, stop, step] {
                    self.value(bound);
                }
            }
            Std::Deque(items, maximum) => {
                self.opening(b'D', 2);
                self.items(b'[', items);
                self.value(&maximum.map_or(Value::None, Value::Int));
            }
            Std::Counter(items) => {
                self.extension(b'C');
                self.pairs(items);
            }
            Std::DefaultDict(factory, items) => {
                self.opening(b'd', 2);
                self.value(factory.as_ref().unwrap_or(&Value::None));
                self.pairs(items);
            }
            Std::OrderedDict(items) => {
                self.extension(b'O');
                self.out.push(b'[');
                encode_length(items.len(), &mut self.out);
                for (key, value) in items {
                    self.tuple(2);
                    self.value(key);
                    self.value(value);
                }
            }
            Std::NamedTuple(name, fields, items) => {
                self.opening(b'n', 3);
                self.value(&Value::str(name));
                self.tuple(fields.len());
                for field in fields {
                    self.value(&Value::str(field));
                }
                self.items(b'(', items);
            }
            Std::DictKeys(items) => self.list(b'k', items),
            Std::DictValues(items) => self.list(b'v', items),
            Std::DictItems(items) => self.list(b'i', items),
            Std::Iterator(items) => self.list(b'I', items),
            Std::ChainMap(maps) => self.list(b'W', maps),
            Std::Pattern(pattern, flags) => {
                self.opening(b'P', 2);
                self.value(pattern);
                self.value(&Value::Int(*flags));
            }
            Std::Match(parts) => {
                self.extension(b'M');
                self.items(b'(', parts.as_slice());
            }
            Std::StructTime(items) => {
                self.extension(b'z');
                self.items(b'(', items);
            }
            Std::Subclass(handle, value) => {
                self.opening(b'S', 2);
                self.value(&handle_parts(handle));
                self.value(value);
            }
            Std::Exception(name, arguments) => {
                self.opening(b'E', 2);
                self.value(&Value::str(name));
                self.items(b'(', arguments);
            }
            Std::UserList(value) => self.held(b'U', value),
            Std::UserDict(value) => self.held(b'V', value),
            Std::MappingProxy(value) => self.held(b'w', value),
            Std::Home(which) => self.held(b'B', which),
            Std::Opaque(error) => self.held(b'Q', error),
            Std::Sealed(tuple) => self.held(b'Y', tuple),
            // A library's name is a pair, a function more.
            Std::Function(payload) => {
                let is_name = payload.as_sequence().is_some_and(|parts| parts.len() == 2);
                self.held(if is_name { b'G' } else { b'L' }, payload);
            }
            std => {
                if let Some((kind, payload)) = small_parts(std) {
                    self.held(kind, &payload);
                }
            }
        }
    }

    fn extension(&mut self, kind: u8) {
        self.out.extend_from_slice(&[b'X', kind]);
    }

    /// Opens an extension whose payload is a tuple.
    fn opening(&mut self, kind: u8, parts: usize) {
        self.extension(kind);
        self.tuple(parts);
    }

    fn tuple(&mut self, length: usize) {
        self.out.push(b'(');
        encode_length(length, &mut self.out);
    }

    fn list(&mut self, kind: u8, items: &[Value]) {
        self.extension(kind);
        self.items(b'[', items);
    }

    fn held(&mut self, kind: u8, value: &Value) {
        self.extension(kind);
        self.value(value);
    }

    fn pairs(&mut self, items: &[(Value, Value)]) {
        self.out.push(b'{');
        for (key, value) in items {
            self.value(key);
            self.value(value);
        }
        self.out.push(b'0');
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

/// Returns the kind and the payload of an extension that holds no other values.
fn small_parts(std: &Std) -> Option<(u8, Value)> {
    let tuple = |items: Vec<Value>| Value::Tuple(items);
    let text = |text: &str| Value::str(text);
    Some(match std {
        Std::ByteArray(bytes) => (b'b', Value::Bytes(bytes.clone())),
        Std::MemoryView(bytes) => (b'p', Value::Bytes(bytes.clone())),
        Std::Range(start, stop, step) => {
            (b'r', tuple([start, stop, step].map(|bound| Value::int(bound.clone())).to_vec()))
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
        Std::Type(name) => (b'T', text(name)),
        Std::NotImplemented => (b'N', Value::None),
        Std::Handle(handle) => (b'H', handle_parts(handle)),
        Std::Held(position) => (b'R', Value::Int(*position)),
        _ => return None,
    })
}

fn handle_parts(handle: &Handle) -> Value {
    Value::Tuple(vec![Value::Int(handle.number), Value::str(&handle.name), Value::str(handle.kind.letter())])
}
