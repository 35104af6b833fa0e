//! Text from anywhere, made plain.

/// Text on one line: line breaks and tabs are spaces, other control characters and those that turn the direction of writing are shown as
/// escapes, so that text from anywhere can neither drive a terminal nor rearrange a row.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", " ").chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() || turns_or_hides(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

fn turns_or_hides(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn text_stays_on_its_line() {
        assert_eq!(one_line("a\r\nb\tc"), "a b c");
        assert_eq!(one_line("\x1b[31m\u{202e}x"), "\\u{1b}[31m\\u{202e}x");
        assert_eq!(one_line("שלום"), "שלום");
    }
}
