//! The options of fetching.

use std::{fmt, time::Duration};

use ureq::http::{HeaderValue, Uri};

use super::FetchError;

/// The options of fetching: from where, and with how much patience.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// The hub, `https://huggingface.co` or a mirror.
    pub endpoint: String,
    /// The address of raw files in GitHub repositories: `{github}/{owner}/{name}/{commit}/{path}`.
    pub github: String,
    /// The token for gated and private datasets. Sent to the hub only, not to where it redirects.
    pub token: Option<Token>,
    /// The branch, tag or commit of a hub dataset, in place of the table's.
    pub revision: Option<String>,
    /// The longest wait for a connection, and for the next bytes of an answer.
    pub timeout: Duration,
    /// The number of tries after the first one, counted anew whenever bytes came.
    pub retries: u32,
    /// The wait before the second try; doubled for each further one, up to a minute, and shortened by up to half.
    pub first_wait: Duration,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            endpoint: "https://huggingface.co".to_owned(),
            github: "https://raw.githubusercontent.com".to_owned(),
            token: None,
            revision: None,
            timeout: Duration::from_mins(1),
            retries: 5,
            first_wait: Duration::from_secs(1),
        }
    }
}

impl FetchOptions {
    /// The defaults, with `HF_ENDPOINT` and `HF_TOKEN` where they are set.
    ///
    /// # Errors
    ///
    /// [`FetchError::Setting`] where one of them cannot be used.
    pub fn from_environment() -> Result<Self, FetchError> {
        let mut options = Self::default();
        let set =
            |name| std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        if let Some(endpoint) = set("HF_ENDPOINT") {
            options.endpoint = endpoint;
        }
        options.token = set("HF_TOKEN").map(|token| Token::new(&token)).transpose()?;
        Ok(options)
    }

    pub(super) fn check(&self) -> Result<(), FetchError> {
        for (what, url) in [("HF_ENDPOINT", &self.endpoint), ("the address of GitHub's files", &self.github)] {
            let uri = url.parse::<Uri>().ok();
            let usable = uri.is_some_and(|uri| {
                matches!(uri.scheme_str(), Some("http" | "https"))
                    && uri.query().is_none()
                    && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            });
            if !usable {
                // Not repeated: it may hold a password.
                return Err(FetchError::Setting {
                    what,
                    why: "is not an address such as https://huggingface.co: correct or unset it".to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// An access token of the hub. It is shown nowhere.
#[derive(Clone)]
pub struct Token(HeaderValue);

impl Token {
    /// A token as the hub gives it.
    ///
    /// # Errors
    ///
    /// [`FetchError::Setting`] where it holds characters that no token has.
    pub fn new(token: &str) -> Result<Self, FetchError> {
        let mut header = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| FetchError::Setting {
            what: "HF_TOKEN",
            why: "holds characters that no token has: set it to the token alone".to_owned(),
        })?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// `text` without the token.
    pub(super) fn hide(&self, text: &str) -> String {
        let secret = self.0.to_str().ok().and_then(|header| header.strip_prefix("Bearer ")).unwrap_or_default();
        if secret.is_empty() { text.to_owned() } else { text.replace(secret, "[token]") }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}
