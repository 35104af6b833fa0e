//! Extensions, which follow `X`: types of the standard library and tokens of conversations, checked part by part.

use num_bigint::Sign;

use super::super::{Handle, HandleKind, Std, Value};

/// A value of the standard library's type `kind`.
pub(super) fn standard(kind: u8, payload: Value) -> Option<Std> {
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
        b'N' => matches!(payload, Value::None).then_some(Std::NotImplemented)?,
        b'U' => Std::UserList(payload),
        b'I' => Std::Iterator(list(payload)?),
        b'C' => Std::Counter(dict(payload)?),
        b'O' => Std::OrderedDict(list(payload)?.into_iter().map(pair).collect::<Option<_>>()?),
        b'c' => Std::Decimal(text(payload).filter(|text| is_decimal(text))?),
        b'y' => Std::Date(iso(payload)?),
        b'h' => Std::Time(iso(payload)?),
        b'm' => Std::DateTime(iso(payload)?),
        b'T' => Std::Type(text(payload).filter(|name| is_type_name(name))?),
        b'a' => {
            let (code, items) = pair(payload)?;
            let code = text(code)?;
            let items = list(items)?;
            (code.len() == 1 && "bBuwhHiIlLqQfd".contains(&code)).then_some(())?;
            Std::Array(code.chars().next()?, items)
        }
        b'D' => deque(payload)?,
        b'd' => {
            let (factory, items) = pair(payload)?;
            is_factory(&factory).then_some(())?;
            let factory = (factory != Value::None).then_some(factory);
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
                if (-999_999_999..=999_999_999).contains(&days)
                    && (0..86_400).contains(&seconds)
                    && (0..1_000_000).contains(&micros) =>
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

/// A deque, which made again drops what is too much from its front: so nothing may be.
fn deque(payload: Value) -> Option<Std> {
    let (items, maximum) = pair(payload)?;
    let Value::List(items) = items else { return None };
    let maximum = match maximum {
        Value::None => None,
        Value::Int(maximum) if i64::try_from(items.len()).is_ok_and(|length| length <= maximum) => Some(maximum),
        _ => return None,
    };
    Some(Std::Deque(items, maximum))
}

/// Whether a `defaultdict` may make its values so.
fn is_factory(factory: &Value) -> bool {
    match factory {
        Value::None => true,
        Value::Str(name) => name.as_str().is_some_and(is_type_name),
        // Only in conversations.
        Value::Std(token) => matches!(token.as_ref(), Std::Handle(_) | Std::Home(_) | Std::Function(_)),
        _ => false,
    }
}

/// Patterns, matches, and what wraps other containers.
fn other_from(kind: u8, payload: Value) -> Option<Std> {
    Some(match kind {
        b'P' => {
            let (pattern, flags) = pair(payload)?;
            is_text(&pattern).then_some(())?;
            Std::Pattern(pattern, index(&flags)?)
        }
        b'M' => {
            let Value::Tuple(parts) = payload else { return None };
            let parts = <[Value; 6]>::try_from(parts).ok()?;
            let numbers = [&parts[1], &parts[3], &parts[4], &parts[5]];
            (is_text(&parts[0]) && is_text(&parts[2]) && numbers.iter().all(|n| matches!(n, Value::Int(0..))))
                .then_some(())?;
            Std::Match(Box::new(parts))
        }
        // What they hold may be shared; the receiver, which makes them again, sees what it is.
        b'V' => Std::UserDict(payload),
        b'w' => Std::MappingProxy(payload),
        b'W' => {
            let Value::List(maps) = payload else { return None };
            Std::ChainMap(maps)
        }
        b'z' => match payload {
            Value::Tuple(items) if items.len() >= 9 => Std::StructTime(items),
            _ => return None,
        },
        _ => return None,
    })
}

/// Whether `kind` names something instead of holding it.
pub(super) fn is_token(kind: u8) -> bool {
    matches!(kind, b'H' | b'B' | b'R' | b'S' | b'L' | b'G' | b'Q')
}

/// A token: what crosses in conversations besides data.
pub(super) fn token(kind: u8, payload: Value) -> Option<Std> {
    Some(match kind {
        b'H' => Std::Handle(handle(payload)?),
        b'B' => match payload {
            Value::Int(0..) | Value::Str(_) => Std::Home(payload),
            _ => return None,
        },
        b'R' => Std::Held(index(&payload)?),
        b'S' => {
            let (of, value) = pair(payload)?;
            let held = match &value {
                Value::Shared(_, value) => value,
                value => value,
            };
            let plain = match held {
                Value::Std(std) => matches!(
                    std.as_ref(),
                    Std::Exception(..)
                        | Std::Deque(..)
                        | Std::OrderedDict(_)
                        | Std::Counter(_)
                        | Std::DefaultDict(..)
                        | Std::ByteArray(_)
                        | Std::Array(..)
                        | Std::NamedTuple(..)
                        | Std::Fraction(..)
                        | Std::Decimal(_)
                        | Std::Date(_)
                        | Std::Time(_)
                        | Std::DateTime(_)
                        | Std::TimeDelta(..)
                        | Std::UserList(_)
                        | Std::UserDict(_)
                        | Std::ChainMap(_)
                ),
                held => !matches!(held, Value::None | Value::Bool(_) | Value::Ellipsis | Value::Again(_)),
            };
            plain.then_some(())?;
            Std::Subclass(handle(of)?, value)
        }
        _ => return None,
    })
}

fn handle(value: Value) -> Option<Handle> {
    let [number, name, kind] = triple(value)?;
    let name = name.as_str().filter(|name| name.len() <= 1000)?.to_owned();
    Some(Handle { number: index(&number)?, name, kind: HandleKind::from_letter(kind.as_str()?)? })
}

/// Whether it is a string or bytes, as far as can be seen here.
fn is_text(value: &Value) -> bool {
    match value {
        Value::Str(_) | Value::Bytes(_) | Value::Again(_) => true,
        Value::Shared(_, value) => is_text(value),
        _ => false,
    }
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

/// Whether it can be what a type is called: its name, after that of its module where that is not `builtins`.
fn is_type_name(name: &str) -> bool {
    name.len() <= 200 && name.split('.').all(is_identifier)
}

fn is_iso(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "-:.+TZ".contains(c))
}

fn is_decimal(text: &str) -> bool {
    text.len() <= 100_000 && !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}
