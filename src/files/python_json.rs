//! JSON as Python's `json` writes and reads it: with NaN and infinities, halves of surrogate pairs, and numbers and nesting of any size.
//!
//! Nothing of that is JSON to other parsers. Text is made strict first; the fields that nobody here needs then pass through as they stand
//! ([`Fields`]), so that none of them can hurt.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
    fmt,
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::value::RawValue;

/// A text made strict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The number of halves of characters that the text had, in whose place the mark stands.
    pub halves: usize,
}

/// The characters that Unicode keeps for a program's own use.
const MARKS: std::ops::RangeInclusive<char> = '\u{FDD0}'..='\u{FDEF}';

/// A character that `text` holds neither as it is nor escaped, to mark what is no character.
#[must_use]
pub fn spare_mark(text: &str) -> char {
    let escaped = |mark: char| format!("\\u{:04x}", u32::from(mark));
    // Most texts have none of them at all.
    let lower = if text.contains("\\uf") || text.contains("\\uF") { text.to_ascii_lowercase() } else { String::new() };
    MARKS.clone().find(|mark| !text.contains(*mark) && !lower.contains(&escaped(*mark))).unwrap_or(*MARKS.end())
}

/// Makes what Python's `json` writes strict JSON: NaN and infinities become null; each half of a surrogate pair that stands alone becomes `mark`.
#[must_use]
pub fn strict(text: &str, mark: char) -> Marked<'_> {
    let odd = ["NaN", "Infinity", "\\ud", "\\uD"].iter().any(|odd| text.contains(odd));
    if !odd {
        return Marked { text: Cow::Borrowed(text), halves: 0 };
    }
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut kept, mut halves, mut quoted) = (0, 0, 0, false);
    while at < bytes.len() {
        match (quoted, bytes[at]) {
            (_, b'"') => {
                quoted = !quoted;
                at += 1;
            }
            (true, b'\\') => {
                let Some(first) = surrogate(bytes, at) else {
                    at += 2;
                    continue;
                };
                let second = surrogate(bytes, at + 6);
                if first < 0xDC00 && second.is_some_and(|second| second >= 0xDC00) {
                    at += 12;
                    continue;
                }
                out.push_str(&text[kept..at]);
                out.push(mark);
                halves += 1;
                at += 6;
                kept = at;
            }
            (false, b'N' | b'I' | b'-') => {
                let words = ["NaN", "Infinity", "-Infinity", "-NaN"];
                let Some(word) = words.into_iter().find(|word| bytes[at..].starts_with(word.as_bytes())) else {
                    at += 1;
                    continue;
                };
                out.push_str(&text[kept..at]);
                out.push_str("null");
                at += word.len();
                kept = at;
            }
            _ => at += 1,
        }
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Marked { text: Cow::Owned(out), halves }
}

/// The surrogate that is escaped at this place.
fn surrogate(bytes: &[u8], at: usize) -> Option<u32> {
    let escape = bytes.get(at..at + 6)?;
    if !escape.starts_with(b"\\u") || !escape[2..].iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let value = u32::from_str_radix(std::str::from_utf8(&escape[2..]).ok()?, 16).ok()?;
    (0xD800..0xE000).contains(&value).then_some(value)
}

/// The fields of a JSON object in their order, each as the JSON that stood there. Of two with one name the last counts, as in Python.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, Box<RawValue>)>);

impl Fields {
    /// The field of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| &**value)
    }

    /// The field of this name, where it is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// Sets a field: in its place where it is there, else last.
    pub fn set(&mut self, name: &str, value: Box<RawValue>) {
        match self.0.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// [`Self::set`] of anything that is JSON.
    pub fn put(&mut self, name: &str, value: &impl Serialize) {
        if let Ok(value) = serde_json::value::to_raw_value(value) {
            self.set(name, value);
        }
    }

    /// The fields for which `keep` holds.
    #[must_use]
    pub fn filtered(&self, mut keep: impl FnMut(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| keep(name)).cloned().collect())
    }

    /// Puts U+FFFD in the place of each `mark`.
    pub fn unmark(&mut self, mark: char) {
        for (_, value) in &mut self.0 {
            if value.get().contains(mark)
                && let Ok(text) = RawValue::from_string(value.get().replace(mark, "\u{FFFD}"))
            {
                *value = text;
            }
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names and the values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), &**value))
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.iter().map(|(name, value)| (name, value.get())).eq(other.iter().map(|(name, value)| (name, value.get())))
    }
}

impl Eq for Fields {}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                let mut places: HashMap<String, usize> = HashMap::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    match places.entry(name) {
                        Entry::Occupied(place) => fields.0[*place.get()].1 = value,
                        Entry::Vacant(place) => {
                            fields.0.push((place.key().clone(), value));
                            place.insert(fields.0.len() - 1);
                        }
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Fields, spare_mark, strict};

    fn made(text: &str) -> String {
        strict(text, '\u{FDD0}').text.into_owned()
    }

    #[test]
    fn only_what_is_no_json_changes() {
        assert_eq!(made(r#"{"a": NaN, "b": [-Infinity, Infinity, -1]}"#), r#"{"a": null, "b": [null, null, -1]}"#);
        assert_eq!(made(r#"{"NaN": "Infinity \" NaN \\", "c": NaN}"#), r#"{"NaN": "Infinity \" NaN \\", "c": null}"#);
        assert_eq!(
            made(r#"["\ud83d\ude00", "\\ud83d", "\ud83d x", "\ude00\ud83d"]"#),
            "[\"\\ud83d\\ude00\", \"\\\\ud83d\", \"\u{FDD0} x\", \"\u{FDD0}\u{FDD0}\"]"
        );
        assert_eq!(made("[\"\\ud83d\\ud83d\\ude00\"]"), "[\"\u{FDD0}\\ud83d\\ude00\"]");
        // Cut off anywhere, nothing panics.
        let text = r#"{"a": "\ud83d\ude", "b": -Infinit"#;
        for end in 0..text.len() {
            made(&text[..end]);
        }
    }

    #[test]
    fn a_mark_is_one_that_the_text_lacks() {
        assert_eq!(spare_mark("plain"), '\u{FDD0}');
        assert_eq!(spare_mark("\u{FDD0} \\uFDD1 \\ufdd2"), '\u{FDD3}');
    }

    proptest! {
        /// Text that is JSON already stays as it is, byte for byte, through the fields too.
        #[test]
        fn json_stays(texts in proptest::collection::vec(".{0,12}", 0..6)) {
            let object: serde_json::Map<String, serde_json::Value> = texts.iter().enumerate().map(|(i, text)| (format!("{text}{i}"), text.as_str().into())).collect();
            let text = serde_json::to_string(&object).unwrap();
            prop_assert_eq!(made(&text), text.clone());
            let fields: Fields = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&fields).unwrap(), text);
        }
    }

    #[test]
    fn fields_of_any_depth_and_size_pass() {
        let deep = format!(
            "{{\"a\": 1e999, \"b\": {}{}, \"c\": {}, \"a\": 2}}",
            "[".repeat(200_000),
            "]".repeat(200_000),
            "9".repeat(10_000)
        );
        let fields: Fields = serde_json::from_str(&deep).unwrap();
        assert_eq!(fields.get("a").map(serde_json::value::RawValue::get), Some("2"));
        assert!(serde_json::to_string(&fields).unwrap().len() > 400_000);
    }
}
