//! The API key: read from the environment, sent, and shown nowhere.

use std::fmt;

use ureq::http::{HeaderValue, Uri};

use super::RemoteError;
use crate::http;

/// The variable in which most clients of the protocol look for a key.
const USUAL: &str = "OPENAI_API_KEY";

/// An API key fit for a header.
#[derive(Clone)]
pub(super) struct Key {
    secret: String,
    header: HeaderValue,
}

impl Key {
    /// The key for `server`: of the variable that is named, or else of the usual one where nobody can read it on the way.
    pub(super) fn choose(named: Option<&str>, server: &Uri) -> Result<Option<Self>, RemoteError> {
        let private = server.scheme_str() == Some("https") || server.host().is_some_and(http::is_loopback);
        let usual = || private && std::env::var_os(USUAL).is_some_and(|value| !value.is_empty());
        named.or_else(|| usual().then_some(USUAL)).map(Self::read).transpose()
    }

    /// Reads the environment variable `variable`.
    fn read(variable: &str) -> Result<Self, RemoteError> {
        let error = |why| RemoteError::Key { variable: variable.to_owned(), why };
        let secret = match std::env::var(variable) {
            Ok(secret) => secret.trim().to_owned(),
            Err(std::env::VarError::NotPresent) => {
                return Err(error("is not set: set it to the key, or name no variable for a server without keys"));
            }
            Err(std::env::VarError::NotUnicode(_)) => return Err(error("is not text: set it to the key")),
        };
        if secret.is_empty() {
            return Err(error(
                "is empty: set it to the key, or unset it and name no variable for a server without keys",
            ));
        }
        let mut header = HeaderValue::from_str(&format!("Bearer {secret}"))
            .map_err(|_| error("holds characters that no key has: set it to the key alone"))?;
        header.set_sensitive(true);
        Ok(Self { secret, header })
    }

    /// The key itself, to take it out of what a server says.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// The value of the `Authorization` header.
    pub(super) fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}
