//! Lines with bytes that are no UTF-8.

/// The text of `bytes`, with `mark` for what is no UTF-8.
pub(super) fn marked(bytes: &[u8], mark: char) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(mark);
        }
    }
    text
}
