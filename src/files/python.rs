//! Python sources as CPython reads them: UTF-8, or what a coding cookie says (PEP 263).

use std::{fs, io, path::Path};

use encoding_rs::Encoding;

use super::text::{unpack, unreadable};

/// Reads a Python source, through gzip or zstd where its first bytes say so.
///
/// # Errors
///
/// The system's error; `InvalidData` where CPython could not decode it either.
pub fn read_python(path: &Path) -> io::Result<String> {
    python_source(unpack(fs::read(path)?)?).map_err(|wrong| unreadable(&wrong.message))
}

/// The reason why bytes are no Python source, and what can be read of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPython {
    /// The fault, as CPython puts it.
    pub message: String,
    /// The text, with U+FFFD for what cannot be decoded.
    pub lossy: String,
}

/// Decodes a Python source. The text keeps its cookie, which means nothing in text.
///
/// # Errors
///
/// A byte that the encoding does not have, or an encoding that is not known.
pub fn python_source(bytes: Vec<u8>) -> Result<String, NotPython> {
    let cookie = cookie(&bytes).map(|name| name.to_ascii_lowercase().replace('_', "-"));
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    let name = cookie.as_deref().unwrap_or("utf-8");
    let wrong =
        |message: String, bytes: &[u8]| NotPython { message, lossy: String::from_utf8_lossy(bytes).into_owned() };
    if name == "utf-8" || name.starts_with("utf-8-") || name == "utf8" {
        return match String::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)),
            Err(error) => {
                let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
                let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                let message = format!(
                    "(unicode error) 'utf-8' codec can't decode byte 0x{:02x} in position {at} (line {line})",
                    bytes[at]
                );
                Err(wrong(message, bytes))
            }
        };
    }
    if marked {
        return Err(wrong(format!("encoding problem: {name} with BOM"), &bytes));
    }
    let is = |family: &str| name == family || name.strip_prefix(family).is_some_and(|rest| rest.starts_with('-'));
    if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") || is("latin1") || is("l1") {
        return Ok(bytes.iter().map(|byte| char::from(*byte)).collect());
    }
    if is("ascii") || is("us-ascii") {
        return match bytes.iter().position(|byte| !byte.is_ascii()) {
            None => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Some(at) => {
                let message = format!("'ascii' codec can't decode byte 0x{:02x} in position {at}", bytes[at]);
                Err(wrong(message, &bytes))
            }
        };
    }
    let label = name.strip_prefix("cp125").map_or_else(|| name.to_owned(), |number| format!("windows-125{number}"));
    // What both Python and the web's list call so, but for UTF-16, which no cookie can be written in.
    let encoding = Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible());
    let Some(encoding) = encoding else { return Err(wrong(format!("encoding problem: {name}"), &bytes)) };
    encoding
        .decode_without_bom_handling_and_without_replacement(&bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| wrong(format!("(unicode error) '{name}' codec can't decode the source"), &bytes))
}

/// The encoding that one of the first two lines names in a comment.
fn cookie(bytes: &[u8]) -> Option<&str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    for line in bytes.split(|byte| *byte == b'\n' || *byte == b'\r').take(2) {
        let line = line.trim_ascii_start();
        if !line.starts_with(b"#") {
            // Only a comment or nothing may stand before the cookie.
            if line.is_empty() {
                continue;
            }
            return None;
        }
        let Some(at) = line.windows(7).position(|word| matches!(word, b"coding:" | b"coding=")) else { continue };
        let rest = line[at + 7..].trim_ascii_start();
        let len = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count();
        if len > 0 {
            return std::str::from_utf8(&rest[..len]).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::python_source;

    #[test]
    fn cookies_decide_as_in_cpython() {
        let read = |bytes: &[u8]| python_source(bytes.to_vec());
        assert_eq!(read(b"# -*- coding: latin-1 -*-\nx = '\xE9'").unwrap(), "# -*- coding: latin-1 -*-\nx = 'é'");
        assert_eq!(
            read(b"#!/usr/bin/python\n# vim: set fileencoding=cp1251 :\nx = '\xE9'").unwrap().chars().last(),
            Some('\'')
        );
        assert!(read(b"# vim: set fileencoding=cp1251 :\nx = '\xE9'").unwrap().contains('й'));
        assert!(read("# coding: utf8\nx = 'é'".as_bytes()).unwrap().contains('é'));
        assert!(read("\u{FEFF}x = 'é'".as_bytes()).unwrap().starts_with('x'));
        // The third line, a string before it, and words that are no comment do not count.
        for late in ["\n\n# coding: latin-1\n", "x = 1\n# coding: latin-1\n", "'# coding: latin-1'\n"] {
            let error = read(&[late.as_bytes(), b"\xE9"].concat()).unwrap_err();
            assert!(error.message.contains("can't decode byte 0xe9"), "{late:?}: {}", error.message);
        }
        assert!(read(b"# coding: klingon\n").unwrap_err().message.contains("klingon"));
        assert!(read(b"# coding: ascii\n'\xE9'").unwrap_err().message.contains("0xe9"));
    }
}
