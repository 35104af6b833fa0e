//! Python's strings, which hold what Rust's do not: halves of surrogate pairs.

/// A Python string: Unicode code points, surrogates included, in UTF-8 extended to them (`surrogatepass`). The encoding is
/// unique, so equal strings have equal bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PyStr(Vec<u8>);

impl PyStr {
    /// Checks and wraps bytes in UTF-8 extended to surrogates.
    #[must_use]
    pub fn from_wtf8(bytes: Vec<u8>) -> Option<Self> {
        (std::str::from_utf8(&bytes).is_ok() || is_surrogatepass(&bytes)).then_some(Self(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The string, where it has no surrogates.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The string, with surrogates replaced.
    #[must_use]
    pub fn to_string_lossy(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}

impl std::fmt::Debug for PyStr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.to_string_lossy())
    }
}

impl From<&str> for PyStr {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// Whether `bytes` are UTF-8 once each encoded surrogate (`ED A0..BF xx`) is set aside.
fn is_surrogatepass(mut bytes: &[u8]) -> bool {
    loop {
        match std::str::from_utf8(bytes) {
            Ok(_) => return true,
            Err(error) => {
                bytes = &bytes[error.valid_up_to()..];
                match bytes {
                    [0xED, 0xA0..=0xBF, 0x80..=0xBF, rest @ ..] => bytes = rest,
                    _ => return false,
                }
            }
        }
    }
}
