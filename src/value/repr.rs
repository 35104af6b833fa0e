//! The bounded, one-line Python text of a value, for reports.

use std::fmt::Write;

use num_bigint::BigInt;

use super::{Std, Value};

/// Writes `value` as Python would, shortened to about `bound` characters. Control characters are escaped, so the text is
/// safe to print; the bound is kept while writing, so a huge value costs no more than a small one.
#[must_use]
pub fn repr(value: &Value, bound: usize) -> String {
    let mut writer = Bounded { text: String::new(), bound };
    if writer.value(value).is_err() {
        writer.text.push_str("...");
    }
    writer.text
}

struct Bounded {
    text: String,
    bound: usize,
}

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for c in text.chars() {
            if self.text.len() >= self.bound {
                return Err(std::fmt::Error);
            }
            self.text.push(c);
        }
        Ok(())
    }
}

impl Bounded {
    fn value(&mut self, value: &Value) -> std::fmt::Result {
        match value {
            Value::None => self.write_str("None"),
            Value::Ellipsis => self.write_str("Ellipsis"),
            Value::Bool(true) => self.write_str("True"),
            Value::Bool(false) => self.write_str("False"),
            Value::Int(value) => write!(self, "{value}"),
            Value::BigInt(value) => self.integer(value),
            Value::Float(value) => self.write_str(&float(*value)),
            Value::Complex(real, imaginary) => write!(self, "complex({}, {})", float(*real), float(*imaginary)),
            Value::Str(text) => self.quoted(text.as_bytes(), true),
            Value::Bytes(bytes) => {
                self.write_str("b")?;
                self.quoted(bytes, false)
            }
            Value::List(items) => self.items("[", items, "]"),
            Value::Tuple(items) if items.len() == 1 => self.items("(", items, ",)"),
            Value::Tuple(items) => self.items("(", items, ")"),
            Value::Set(items) if items.is_empty() => self.write_str("set()"),
            Value::Set(items) => self.items("{", items, "}"),
            Value::FrozenSet(items) => self.items("frozenset({", items, "})"),
            Value::Dict(items) => self.dict("{", items, "}"),
            Value::Std(std) => self.std(std),
            Value::Shared(_, value) => self.value(value),
            Value::Again(_) => self.write_str("..."),
        }
    }

    fn std(&mut self, std: &Std) -> std::fmt::Result {
        match std {
            Std::ByteArray(bytes) => {
                self.write_str("bytearray(b")?;
                self.quoted(bytes, false)?;
                self.write_str(")")
            }
            Std::MemoryView(bytes) => {
                self.write_str("memoryview(b")?;
                self.quoted(bytes, false)?;
                self.write_str(")")
            }
            Std::Array(code, items) => {
                write!(self, "array('{code}', ")?;
                self.items("[", items, "])")
            }
            Std::Range(start, stop, step) => {
                self.write_str("range(")?;
                self.integer(start)?;
                self.write_str(", ")?;
                self.integer(stop)?;
                self.write_str(", ")?;
                self.integer(step)?;
                self.write_str(")")
            }
            Std::Slice(start, stop, step) => self.items("slice(", &[start.clone(), stop.clone(), step.clone()], ")"),
            Std::Deque(items, _) => self.items("deque([", items, "])"),
            Std::Counter(items) => self.dict("Counter({", items, "})"),
            Std::DefaultDict(factory, items) => {
                match factory {
                    Some(Value::Str(name)) => write!(self, "defaultdict({}, ", name.as_str().unwrap_or("None"))?,
                    Some(Value::Std(token)) => write!(self, "defaultdict(<{}>, ", token.type_name())?,
                    _ => write!(self, "defaultdict(None, ")?,
                }
                self.dict("{", items, "})")
            }
            Std::OrderedDict(items) => self.dict("OrderedDict({", items, "})"),
            Std::NamedTuple(name, fields, items) => {
                write!(self, "{name}(")?;
                for (index, (field, item)) in fields.iter().zip(items).enumerate() {
                    write!(self, "{}{field}=", if index == 0 { "" } else { ", " })?;
                    self.value(item)?;
                }
                self.write_str(")")
            }
            Std::Fraction(numerator, denominator) => {
                self.write_str("Fraction(")?;
                self.integer(numerator)?;
                self.write_str(", ")?;
                self.integer(denominator)?;
                self.write_str(")")
            }

            Std::Decimal(text) => write!(self, "Decimal('{text}')"),
            Std::Date(text) => write!(self, "date({text})"),
            Std::Time(text) => write!(self, "time({text})"),
            Std::DateTime(text) => write!(self, "datetime({text})"),
            Std::TimeDelta(days, seconds, micros) => write!(self, "timedelta({days}, {seconds}, {micros})"),
            Std::DictKeys(items) => self.items("dict_keys([", items, "])"),
            Std::DictValues(items) => self.items("dict_values([", items, "])"),
            Std::DictItems(items) => self.items("dict_items([", items, "])"),
            Std::Iterator(items) => self.items("iter([", items, "])"),
            Std::UserList(value) | Std::UserDict(value) => self.value(value),
            Std::ChainMap(maps) => self.items("ChainMap(", maps, ")"),
            Std::MappingProxy(value) => {
                self.write_str("mappingproxy(")?;
                self.value(value)?;
                self.write_str(")")
            }
            Std::StructTime(items) => self.items("struct_time((", items, "))"),
            Std::NotImplemented => self.write_str("NotImplemented"),
            Std::Type(name) => write!(self, "<class '{name}'>"),
            Std::Exception(name, arguments) => {
                self.write_str(name)?;
                self.items("(", arguments, ")")
            }
            Std::Pattern(pattern, _) => {
                self.write_str("re.compile(")?;
                self.value(pattern)?;
                self.write_str(")")
            }
            Std::Match(parts) => {
                let [_, _, _, _, start, end] = parts.as_ref();
                self.items("<re.Match object; span=(", &[start.clone(), end.clone()], ")>")
            }
            Std::Handle(_)
            | Std::Home(_)
            | Std::Held(_)
            | Std::Subclass(..)
            | Std::Opaque(_)
            | Std::Sealed(_)
            | Std::Function(_) => {
                write!(self, "<{}>", std.type_name())
            }
        }
    }

    /// Converting to decimal is quadratic, so an integer far beyond the text's bound is only described.
    fn integer(&mut self, value: &BigInt) -> std::fmt::Result {
        if value.bits() > 20_000 { write!(self, "<int of {} bits>", value.bits()) } else { write!(self, "{value}") }
    }

    fn items(&mut self, open: &str, items: &[Value], close: &str) -> std::fmt::Result {
        self.write_str(open)?;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.write_str(", ")?;
            }
            self.value(item)?;
        }
        self.write_str(close)
    }

    fn dict(&mut self, open: &str, items: &[(Value, Value)], close: &str) -> std::fmt::Result {
        self.write_str(open)?;
        for (index, (key, value)) in items.iter().enumerate() {
            if index > 0 {
                self.write_str(", ")?;
            }
            self.value(key)?;
            self.write_str(": ")?;
            self.value(value)?;
        }
        self.write_str(close)
    }

    fn quoted(&mut self, bytes: &[u8], unicode: bool) -> std::fmt::Result {
        let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
        self.write_char(quote)?;
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                match c {
                    '\n' => self.write_str("\\n")?,
                    '\r' => self.write_str("\\r")?,
                    '\t' => self.write_str("\\t")?,
                    '\\' => self.write_str("\\\\")?,
                    c if c == quote => write!(self, "\\{c}")?,
                    c if (c as u32) < 0x20 || c as u32 == 0x7F => write!(self, "\\x{:02x}", c as u32)?,
                    c if !c.is_ascii() && (!unicode || is_unprintable(c)) => write!(self, "\\u{:04x}", c as u32)?,
                    c => self.write_char(c)?,
                }
            }
            for byte in chunk.invalid() {
                write!(self, "\\x{byte:02x}")?;
            }
        }
        self.write_char(quote)
    }
}

/// Characters that would move or hide text in a terminal or a report.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// A float as Python writes it: the shortest digits that read back, an exponent from 1e16 and below 1e-4.
fn float(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, digits) = exponent.strip_prefix('-').map_or(("+", exponent), |digits| ("-", digits));
        return format!("{mantissa}e{sign}{digits:0>2}");
    }
    format!("{value:?}")
}
