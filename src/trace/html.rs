//! One HTML page that steps through recordings, with the variables beside the code; it needs nothing but itself.
//!
//! Source and values are hostile text. They are data: JSON in which nothing can end its element, which the page's script puts into the
//! document as text nodes. The page's policy allows that script only, by a nonce that the data cannot contain, being its digest.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Change, End, Event, Inline, Recording, inline, source::without_ending};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The scripts that every page with recordings begins with: the player, text, and the state at a step.
pub(crate) const SHARED: [&str; 3] =
    [include_str!("page_player.js"), include_str!("page_text.js"), include_str!("page_state.js")];
const SCRIPT: &str = include_str!("page.js");

/// The page of one recording.
#[must_use]
pub fn render(recording: &Recording, title: &str) -> String {
    render_all(std::slice::from_ref(recording), title, &Inline::default())
}

/// One page of several recordings, to choose from; `comments` says how those of [`inline`] are written, which it can show.
#[must_use]
pub fn render_all(recordings: &[Recording], title: &str, comments: &Inline) -> String {
    let recordings: Vec<Value> = recordings.iter().map(|recording| encode(recording, comments)).collect();
    fill(PAGE, STYLE, &format!("{}{SCRIPT}", SHARED.concat()), &json!({"title": title, "recordings": recordings}))
}

/// A page of ours, with its style, its script, and data that may hold anything.
pub(crate) fn fill(page: &str, style: &str, script: &str, data: &Value) -> String {
    let data = escape(&data.to_string());
    let nonce = blake3::hash(data.as_bytes()).to_hex();
    let page = page.replace("@STYLE@", style).replace("@SCRIPT@", script).replace("@NONCE@", &nonce);
    // Last: nothing is looked for in the data.
    page.replacen("@DATA@", &data, 1)
}

/// JSON that no HTML parser sees markup in; what is escaped occurs in strings only.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

/// A recording as `page_player.js` reads it.
pub(crate) fn encode(recording: &Recording, comments: &Inline) -> Value {
    let rows = inline::rows(recording, comments);
    let (end, text, row) = match &recording.end {
        End::Finished => ("finished", "Ran to its end".to_owned(), None),
        End::Raised(error) => ("raised", format!("Failed: {}", described(&error.kind, &error.message)), error.line),
        End::NotAProgram(error) => {
            ("not_a_program", format!("Not a program: {}", described(&error.kind, &error.message)), error.line)
        }
        End::Cut(why) => ("cut", format!("Cut short: {why}"), None),
    };
    let mut strings = Strings::default();
    let events: Vec<Vec<i64>> =
        recording.events.iter().filter_map(|event| encode_event(event, recording, &mut strings)).collect();
    json!({
        "source": rows.iter().map(|row| without_ending(row.source)).collect::<Vec<_>>(),
        "comments": rows.iter().map(|row| row.comment.as_str()).collect::<Vec<_>>(),
        "end": {"kind": end, "text": text, "row": row},
        "strings": strings.list,
        "events": events,
    })
}

fn described(kind: &str, message: &str) -> String {
    if message.is_empty() { kind.to_owned() } else { format!("{kind}: {message}") }
}

fn encode_event<'a>(event: &'a Event, recording: &Recording, strings: &mut Strings<'a>) -> Option<Vec<i64>> {
    let (kind, row, frame, parent, text, changes): (_, _, _, _, Option<&str>, &[Change]) = match event {
        Event::Call { row, frame, parent, function, changes, .. } => {
            (0, recording.source.definition(*row), *frame, *parent, Some(function), changes)
        }
        Event::Line { row, frame, changes } => (1, *row, *frame, None, None, changes),
        Event::Return { row, frame, value, changes } => (2, *row, *frame, None, Some(value), changes),
        Event::Yield { row, frame, value, changes } => (3, *row, *frame, None, Some(value), changes),
        Event::Raise { row, frame, error, changes, origin } => {
            (if *origin { 4 } else { 5 }, *row, *frame, None, Some(error), changes)
        }
        Event::Unwind { row, frame } => (6, *row, *frame, None, None, &[]),
        // Nothing to see: the caller's line and the generator's next are steps of their own.
        Event::Resume { .. } => return None,
    };
    let text = text.map_or(-1, |text| strings.index(text));
    let mut out = vec![kind, row.into(), frame.into(), parent.map_or(-1, i64::from), text];
    for change in changes {
        let name = strings.index(&change.name);
        out.push(if change.global { !name } else { name });
        out.push(change.value.as_ref().map_or(-1, |value| strings.index(value)));
    }
    Some(out)
}

/// The texts of a page, each once: names and values recur.
#[derive(Default)]
struct Strings<'a> {
    list: Vec<&'a str>,
    indices: HashMap<&'a str, i64>,
}

impl<'a> Strings<'a> {
    fn index(&mut self, text: &'a str) -> i64 {
        *self.indices.entry(text).or_insert_with(|| {
            self.list.push(text);
            i64::try_from(self.list.len() - 1).unwrap_or(i64::MAX)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{judge::ErrorInfo, trace::Source};

    fn change(name: &str, value: &str) -> Change {
        Change { name: name.to_owned(), value: Some(value.to_owned()), global: false }
    }

    fn line(row: u32, frame: u32, changes: Vec<Change>) -> Event {
        Event::Line { row, frame, changes }
    }

    fn recording(text: &str, events: Vec<Event>) -> Recording {
        Recording { source: Source::new(text.to_owned()), events, end: End::Finished, variables: Vec::new() }
    }

    /// The page around its data, and the data as a browser gets it: up to the first end of its element.
    fn parts(page: &str) -> (String, Value) {
        let opening = "<script type=\"application/json\" id=\"data\">";
        let (head, rest) = page.split_once(opening).unwrap();
        let (data, tail) = rest.split_once("</script>").unwrap();
        (format!("{head}{opening}{tail}"), serde_json::from_str(data).unwrap())
    }

    /// The page of a harmless program, its nonce left out.
    fn frame_of(page: &str) -> String {
        let (frame, _) = parts(page);
        let nonce = frame.split_once("'nonce-").unwrap().1[..64].to_owned();
        frame.replace(&nonce, "")
    }

    #[test]
    fn hostile_text_is_data() {
        let hostile = "</script><script>alert(1)</script><!-- &lt; \u{2028}\u{2029} @DATA@ @NONCE@ @SCRIPT@";
        let events = vec![line(1, 0, vec![change(hostile, hostile)])];
        let mut shown = recording(&format!("text = \"{hostile}\"\n"), events);
        shown.end = End::Raised(ErrorInfo { kind: hostile.to_owned(), message: hostile.to_owned(), line: Some(1) });
        let page = render(&shown, hostile);
        assert_eq!(frame_of(&page), frame_of(&render(&recording("", Vec::new()), "harmless")));
        let (_, data) = parts(&page);
        assert_eq!(data["title"], hostile);
        assert_eq!(data["recordings"][0]["source"][0], format!("text = \"{hostile}\""));
        assert_eq!(data["recordings"][0]["strings"], json!([hostile]));
        assert!(!page.contains(['\u{2028}', '\u{2029}']));
    }

    #[test]
    fn nothing_is_fetched_or_parsed() {
        let page = render(&recording("x = 1\n", Vec::new()), "t");
        for word in
            ["http:", "https:", "//cdn", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
        {
            assert!(!page.contains(word), "{word}");
        }
        for word in ["default-src 'none'", "require-trusted-types-for 'script'"] {
            assert!(page.contains(word), "{word}");
        }
        assert!(!page.contains("unsafe-inline"));
        assert!(!["@NONCE@", "@STYLE@", "@SCRIPT@", "@DATA@"].iter().any(|mark| page.contains(mark)));
    }

    #[test]
    fn events_are_numbers() {
        let changes = vec![change("x", "1"), Change { global: true, ..change("y", "1") }];
        let gone = Change { value: None, ..change("x", "") };
        let events = vec![
            Event::Call { row: 1, frame: 1, parent: Some(0), function: "f".to_owned(), changes, at: None },
            line(2, 1, vec![gone]),
            Event::Return { row: 3, frame: 1, value: "1".to_owned(), changes: Vec::new() },
        ];
        let (_, data) = parts(&render(&recording("def f(x):\n    del x\n    return 1\n", events), "t"));
        let shown = &data["recordings"][0];
        assert_eq!(shown["strings"], json!(["f", "x", "1", "y"]));
        assert_eq!(shown["events"], json!([[0, 1, 1, 0, 0, 1, 2, !3, 2], [1, 2, 1, -1, -1, 1, -1], [2, 3, 1, -1, 2]]));
        assert_eq!(shown["comments"][2], "  # (2) __return__=1");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), value in any::<String>()) {
            let shown = recording(&text, vec![line(1, 0, vec![change("x", &value)])]);
            let (_, data) = parts(&render(&shown, &value));
            prop_assert_eq!(&data["title"], &Value::from(value.as_str()));
            let rows: Vec<&str> = shown.source.rows().into_iter().map(without_ending).collect();
            prop_assert_eq!(&data["recordings"][0]["source"], &json!(rows));
        }
    }
}
