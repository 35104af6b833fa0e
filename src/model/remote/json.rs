//! JSON as servers write it: at times with bytes that are no text, halves of characters, and numbers that JSON does not have.

use std::borrow::Cow;

use jiter::{JsonErrorType, JsonValue};
use num_traits::ToPrimitive;
use serde_json::{Map, Value};

/// The reason why bytes are no JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The bytes end before the text does.
    CutOff,
    /// The bytes are something else.
    Foreign,
}

/// Reads one JSON text. Bytes that are no UTF-8 and lone surrogates become U+FFFD; NaN, the infinities and numbers beyond 64 bits become
/// null; of a name that is there twice the last value counts.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, Flaw> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let text = whole_characters(&text);
    match JsonValue::parse(text.as_bytes(), true) {
        Ok(value) => Ok(convert(value)),
        Err(error) => Err(match error.error_type {
            JsonErrorType::EofWhileParsingList
            | JsonErrorType::EofWhileParsingObject
            | JsonErrorType::EofWhileParsingString
            | JsonErrorType::EofWhileParsingValue => Flaw::CutOff,
            _ => Flaw::Foreign,
        }),
    }
}

fn convert(value: JsonValue<'_>) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(flag) => flag.into(),
        JsonValue::Int(number) => number.into(),
        JsonValue::BigInt(number) => number.to_u64().map_or(Value::Null, Value::from),
        JsonValue::Float(number) => number.into(),
        JsonValue::Str(text) => text.into_owned().into(),
        JsonValue::Array(items) => items.iter().cloned().map(convert).collect(),
        JsonValue::Object(fields) => {
            let fields = fields.iter().cloned().map(|(name, value)| (name.into_owned(), convert(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

/// The text with the escape of U+FFFD in the place of escaped surrogates that are not one of a pair.
fn whole_characters(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    // What stands before is in `out` already.
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        at += found;
        at += match escaped(text, at) {
            Some(0xD800..=0xDBFF) if matches!(escaped(text, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                out.push_str(&text[kept..at]);
                out.push_str("\\ufffd");
                kept = at + 6;
                6
            }
            Some(_) => 6,
            // The backslash and what it escapes.
            None => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    if kept == 0 {
        return text.into();
    }
    out.push_str(&text[kept..]);
    out.into()
}

/// The number of an escape `\uXXXX` that stands at byte `at`.
fn escaped(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    if digits.starts_with('+') { None } else { u32::from_str_radix(digits, 16).ok() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn halves_of_characters_become_one_sign_and_nothing_else_changes() {
        for (text, expected) in [
            (r#""\ud83d""#, "\u{FFFD}"),
            (r#""a\uDC00b""#, "a\u{FFFD}b"),
            (r#""\ud83d\ude00""#, "\u{1F600}"),
            (r#""\ud83d\ud83d\ude00!""#, "\u{FFFD}\u{1F600}!"),
            (r#""\\ud83d""#, r"\ud83d"),
            (r#""\\\ud83d""#, "\\\u{FFFD}"),
            (r#""\ud83d\n""#, "\u{FFFD}\n"),
            (r#""\u00e9""#, "\u{e9}"),
        ] {
            assert_eq!(parse(text.as_bytes()), Ok(json!(expected)), "{text}");
        }
        assert_eq!(parse(b"\"caf\xe9\""), Ok(json!("caf\u{FFFD}")));
    }

    #[test]
    fn numbers_that_json_does_not_have_are_missing() {
        let text =
            br#"{"a": NaN, "b": [-Infinity, 1.5], "c": 18446744073709551615, "d": 99999999999999999999, "c": 2}"#;
        assert_eq!(parse(text), Ok(json!({"a": null, "b": [null, 1.5], "c": 2, "d": null})));
        assert_eq!(parse(b"\xEF\xBB\xBF[18446744073709551615]"), Ok(json!([u64::MAX])));
    }

    #[test]
    fn what_was_cut_off_is_told_from_what_is_something_else() {
        let whole = br#"{"a": ["x\u00e9y", {"b": null}], "c": 12}"#;
        for end in 0..whole.len() {
            assert_eq!(parse(&whole[..end]), Err(Flaw::CutOff), "{end} bytes");
        }
        for foreign in ["<html>", "data: {}", "{\"a\": 1} {}", "{'a': 1}"] {
            assert_eq!(parse(foreign.as_bytes()), Err(Flaw::Foreign), "{foreign}");
        }
    }

    proptest! {
        #[test]
        fn sound_texts_are_read_as_ever(text in any::<String>(), number in any::<i64>()) {
            let value = json!({"text": text, "list": [number, null, true]});
            prop_assert_eq!(parse(value.to_string().as_bytes()), Ok(value));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60), inside in "[\\\\ud8c0-9{}\", ]{0,40}") {
            let _ = parse(&bytes);
            let _ = parse(format!("\"{inside}\"").as_bytes());
        }
    }
}
