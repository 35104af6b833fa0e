//! Text files: plain or compressed, UTF-8 or UTF-16; what is neither is named for what it is.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

/// Reads a whole text file, through gzip or zstd where its first bytes say so.
///
/// # Errors
///
/// The system's or the decompressor's error; `InvalidData` where it is not text, with what it is and what to do. A leading byte order mark
/// is dropped.
pub fn read_text(path: &Path) -> io::Result<String> {
    text(fs::read(path)?)
}

/// The text of a file's bytes, as [`read_text`] reads them.
///
/// # Errors
///
/// The errors of [`read_text`].
pub fn text(raw: Vec<u8>) -> io::Result<String> {
    let bytes = unpack(raw)?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        unreadable(&format!(
            "not UTF-8 text at line {line} (byte 0x{:02X}): convert it, such as with `iconv -f LATIN1 -t UTF-8` where it is Latin-1",
            error.as_bytes()[at]
        ))
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

/// The error for content that is not what it should be.
#[must_use]
pub fn unreadable(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}

/// The bytes of a text file without gzip and zstd around them, and in UTF-8 where a byte order mark says that they are UTF-16.
///
/// # Errors
///
/// The decompressor's error, or the name of another format that the first bytes belong to.
pub fn unpack(raw: Vec<u8>) -> io::Result<Vec<u8>> {
    let bytes = match raw.as_slice() {
        [0x1F, 0x8B, ..] => {
            let mut bytes = Vec::new();
            flate2::read::MultiGzDecoder::new(raw.as_slice()).read_to_end(&mut bytes)?;
            bytes
        }
        // A frame, or one to skip before it, as parallel compressors write them.
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => zstd::stream::decode_all(raw.as_slice())?,
        _ => raw,
    };
    if let Some((what, advice)) = foreign(&bytes) {
        return Err(unreadable(&format!("this is {what}: {advice}")));
    }
    let encoding = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE,
        _ => return Ok(bytes),
    };
    let (text, wrong) = encoding.decode_with_bom_removal(&bytes);
    if wrong {
        Err(unreadable("not UTF-16 text, though it begins as such"))
    } else {
        Ok(text.into_owned().into_bytes())
    }
}

/// The format that the bytes are of instead, by how they begin, and what to do about it.
fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known: [(&[u8], &str, &str); 14] = [
        (b"BZh", "a bzip2 file", "unpack it with `bunzip2 -k`, or pack it as gzip or zstd"),
        (b"\xFD7zXZ\0", "an xz file", "unpack it with `unxz -k`, or pack it as gzip or zstd"),
        (b"\x5D\0\0", "an lzma file", "unpack it with `unlzma -k`, or pack it as gzip or zstd"),
        (b"PK\x03\x04", "a zip archive", "unpack it with `unzip` and name a file of it"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it with `7z x` and name a file of it"),
        (b"\x04\x22\x4D\x18", "an lz4 file", "unpack it with `lz4 -d`, or pack it as gzip or zstd"),
        (b"\x1F\x8B", "a gzip file within another", "unpack it with `gunzip` once"),
        (b"\x28\xB5\x2F\xFD", "a zstd file within another", "unpack it with `unzstd` once"),
        (b"PAR1", "a Parquet file", "write its rows as JSON lines"),
        (b"ARROW1", "an Arrow file", "write its rows as JSON lines"),
        (b"SQLite format 3\0", "a SQLite database", "write its rows as JSON lines"),
        (b"\xFF\xFE\0\0", "UTF-32 text", "convert it with `iconv -f UTF-32 -t UTF-8`"),
        (b"\0\0\xFE\xFF", "UTF-32 text", "convert it with `iconv -f UTF-32 -t UTF-8`"),
        (b"\x89HDF\r\n", "an HDF5 file", "write its rows as JSON lines"),
    ];
    if let Some((_, what, advice)) = known.into_iter().find(|(beginning, ..)| bytes.starts_with(beginning)) {
        return Some((what, advice));
    }
    match bytes {
        [0x80, 2..=5, ..] => Some(("a Python pickle", "write its content as JSON lines")),
        [0, 1..=0x7F, ..] => {
            Some(("UTF-16 text without a byte order mark", "convert it with `iconv -f UTF-16BE -t UTF-8`"))
        }
        [1..=0x7F, 0, ..] => {
            Some(("UTF-16 text without a byte order mark", "convert it with `iconv -f UTF-16LE -t UTF-8`"))
        }
        _ if bytes.get(257..262) == Some(b"ustar") => Some(("a tar archive", "unpack it and name a file of it")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::text;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
    }

    proptest! {
        /// A text comes out the same however it is packed.
        #[test]
        fn packing_changes_nothing(content in "[ -~\u{e9}\u{4e2d}\u{1f600}\n]{1,60}") {
            use std::io::Write;
            let plain = content.clone().into_bytes();
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(&plain).unwrap();
            let skippable = [&[0x52, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7][..], &zstd::bulk::compress(&plain, 1).unwrap()].concat();
            let marked = [b"\xEF\xBB\xBF", plain.as_slice()].concat();
            let packed = [marked, gzip.finish().unwrap(), zstd::bulk::compress(&plain, 1).unwrap(), skippable, utf16(&content, false), utf16(&content, true)];
            for raw in packed {
                prop_assert_eq!(text(raw).unwrap(), content.clone());
            }
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let name = |raw: &[u8]| text(raw.to_vec()).unwrap_err().to_string();
        assert!(name(b"BZh91AY&SY").contains("bzip2") && name(b"\xFD7zXZ\0\0").contains("unxz"));
        assert!(name(b"PK\x03\x04..").contains("zip archive") && name(b"PAR1....").contains("Parquet"));
        assert!(
            name(&utf16("{\"a\"", false)[2..]).contains("UTF-16LE")
                && name(&utf16("{\"a\"", true)[2..]).contains("UTF-16BE")
        );
        assert!(name(b"a\nb\xE9c").contains("line 2 (byte 0xE9)"));
        assert!(name(&[0xFF, 0xFE, 0x3D, 0xD8, b'a', 0]).contains("not UTF-16"));
    }
}
