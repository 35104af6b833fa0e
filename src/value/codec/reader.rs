//! Decoding.

use std::collections::BTreeSet;

use num_bigint::{BigInt, Sign};

use super::{
    super::{PyStr, Std, Value},
    error::{CYCLE, CodecError, TOO_DEEP, TOO_MANY, TOO_MANY_SETS},
    extension,
};

/// The nesting beyond which bytes are refused: a little more than the guest's own bound, for what a message adds around a value.
const DEPTH_BOUND: usize = 5_020;

/// The number of sets in one another beyond which bytes are refused: each is sorted, with all that it holds.
const SETS_BOUND: usize = 32;

/// The number of values in one message: a value takes tens of bytes where its encoding may take one, so hostile bytes could multiply.
const VALUE_BOUND: usize = 32_000_000;

/// The number of values that stand again where they are shared, in trees: a few bytes may stand for any number of them.
const REPEATED_BOUND: usize = 1_000_000;

/// The number of values of one graph that stand more than once: each is looked up wherever it does.
const SHARED_BOUND: usize = 500_000;

/// The number of bytes of strings and numbers that stand again, in graphs too.
const REPEATED_BYTES: usize = 512 << 20;

/// A mode of reading: what is accepted, and what becomes of values that are shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Values of a tree: what is shared stands each time; what holds itself is refused.
    Tree,
    /// Values of a graph, and the tokens that an answer may hold.
    Answer,
    /// Data, with the tokens of a tester's request.
    Request,
}

/// Reads exactly one value.
pub(super) fn read(bytes: &[u8], mode: Mode) -> Result<Value, CodecError> {
    let mut reader = Reader::new(bytes, mode, None);
    let value = reader.whole()?;
    if reader.again.is_empty() {
        return Ok(value);
    }
    // Something is shared: once more, now that it is known what.
    drop(value);
    let shared = std::mem::take(&mut reader.again);
    Reader::new(bytes, mode, Some(shared)).whole()
}

/// An object with a number.
struct Numbered {
    at: usize,
    /// Whether it is being read: what refers to it now is inside it.
    open: bool,
    /// Whether it holds nothing.
    leaf: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
    /// Sets under way, one in another.
    sets: usize,
    repeated: usize,
    repeated_bytes: usize,
    mode: Mode,
    numbered: Vec<Numbered>,
    /// Whether something is being read again, whose parts have their numbers.
    repeating: bool,
    /// The numbers that were referred to, in graphs.
    again: BTreeSet<u32>,
    /// The numbers that were referred to, on the second reading.
    shared: Option<BTreeSet<u32>>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], mode: Mode, shared: Option<BTreeSet<u32>>) -> Self {
        Self {
            bytes,
            at: 0,
            values: 0,
            sets: 0,
            repeated: 0,
            repeated_bytes: 0,
            mode,
            numbered: Vec::new(),
            repeating: false,
            again: BTreeSet::new(),
            shared,
        }
    }

    fn whole(&mut self) -> Result<Value, CodecError> {
        let value = self.value(0)?;
        if self.at == self.bytes.len() { Ok(value) } else { Err(self.error("trailing bytes")) }
    }

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

    fn items(&mut self, length: usize, depth: usize) -> Result<Vec<Value>, CodecError> {
        // A value is many times its one-byte encoding: grow as items arrive instead of trusting the length.
        let mut items = Vec::with_capacity(length.min(1024));
        for _ in 0..length {
            items.push(self.value(depth + 1)?);
        }
        Ok(items)
    }

    fn text(&mut self, length: usize, ascii: bool) -> Result<Value, CodecError> {
        let bytes = self.take(length)?;
        if ascii && !bytes.is_ascii() {
            return Err(self.error("not ASCII"));
        }
        let text = PyStr::from_wtf8(bytes.to_vec());
        Ok(Value::Str(text.ok_or_else(|| self.error("not a string"))?))
    }

    fn value(&mut self, depth: usize) -> Result<Value, CodecError> {
        if depth > DEPTH_BOUND {
            return Err(self.error(TOO_DEEP));
        }
        self.values += 1;
        self.repeated += usize::from(self.repeating);
        if self.values > VALUE_BOUND || self.repeated > REPEATED_BOUND {
            return Err(self.error(TOO_MANY));
        }
        let start = self.at;
        let code = self.byte()?;
        // As in marshal: the high bit gives the object a number, in the order of beginnings.
        let number = (code & 0x80 != 0 && !self.repeating).then(|| {
            self.numbered.push(Numbered { at: start, open: true, leaf: false });
            self.numbered.len() - 1
        });
        let value = self.coded(code & 0x7F, code & 0x80 != 0, depth)?;
        let Some(number) = number else { return Ok(value) };
        let holds_nothing = match &value {
            // The empty tuple is one object everywhere.
            Value::Tuple(items) | Value::FrozenSet(items) => items.is_empty(),
            Value::List(_) | Value::Set(_) | Value::Dict(_) | Value::Std(_) => false,
            _ => true,
        };
        let entry = &mut self.numbered[number];
        (entry.open, entry.leaf) = (false, holds_nothing);
        match (u32::try_from(number), &self.shared) {
            (Ok(number), Some(shared)) if shared.contains(&number) => Ok(Value::Shared(number, Box::new(value))),
            _ => Ok(value),
        }
    }

    /// The value that a reference stands for.
    fn again(&mut self, depth: usize) -> Result<Value, CodecError> {
        let number = i32::from_le_bytes(self.array()?);
        let number = u32::try_from(number).map_err(|_| self.error("a negative reference"))?;
        let Some(&Numbered { at, open, leaf }) = self.numbered.get(number as usize) else {
            return Err(self.error("a reference to nothing"));
        };
        if self.mode != Mode::Tree && !leaf {
            self.again.insert(number);
            if self.again.len() > SHARED_BOUND {
                return Err(self.error(TOO_MANY));
            }
            return Ok(Value::Again(number));
        }
        if open {
            return Err(self.error(CYCLE));
        }
        let (after, repeating) = (std::mem::replace(&mut self.at, at), std::mem::replace(&mut self.repeating, true));
        let value = self.value(depth + 1);
        self.repeated_bytes += self.at - at;
        (self.at, self.repeating) = (after, repeating);
        if self.repeated_bytes > REPEATED_BYTES { Err(self.error(TOO_MANY)) } else { value }
    }

    fn coded(&mut self, code: u8, numbered: bool, depth: usize) -> Result<Value, CodecError> {
        Ok(match code {
            b'N' => Value::None,
            b'.' => Value::Ellipsis,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'i' => Value::Int(i32::from_le_bytes(self.array()?).into()),
            b'l' => self.long()?,
            b'g' => Value::Float(self.float()?),
            b'y' => Value::Complex(self.float()?, self.float()?),
            b'u' | b't' => {
                let length = self.length()?;
                self.text(length, false)?
            }
            b'a' | b'A' => {
                let length = self.length()?;
                self.text(length, true)?
            }
            b'z' | b'Z' => {
                let length = self.byte()?;
                self.text(length.into(), true)?
            }
            b's' => {
                let length = self.length()?;
                Value::Bytes(self.take(length)?.to_vec())
            }
            b'[' | b'(' | b'<' | b'>' => {
                let length = self.length()?;
                let is_set = usize::from(matches!(code, b'<' | b'>'));
                self.sets += is_set;
                if self.sets > SETS_BOUND {
                    return Err(self.error(TOO_MANY_SETS));
                }
                let items = self.items(length, depth)?;
                self.sets -= is_set;
                match code {
                    b'[' => Value::List(items),
                    b'(' => Value::Tuple(items),
                    b'<' => Value::Set(items),
                    _ => Value::FrozenSet(items),
                }
            }
            b')' => {
                let length = self.byte()?;
                Value::Tuple(self.items(length.into(), depth)?)
            }
            b'{' => {
                let mut items = Vec::new();
                while self.bytes.get(self.at) != Some(&b'0') {
                    let key = self.value(depth + 1)?;
                    items.push((key, self.value(depth + 1)?));
                }
                self.at += 1;
                Value::Dict(items)
            }
            b'r' => self.again(depth)?,
            b'X' => {
                let kind = self.byte()?;
                if numbered && extension::is_token(kind) {
                    return Err(self.error("a token with a number"));
                }
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
            b'L' | b'G' if self.mode == Mode::Request => Some(Std::Function(payload)),
            kind if self.mode != Mode::Tree && extension::is_token(kind) => extension::token(kind, payload),
            _ => extension::standard(kind, payload),
        }
    }

    /// An integer in 15-bit digits, the least first, its sign on the count.
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

/// Packs 15-bit digits into bytes.
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
