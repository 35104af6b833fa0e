//! The errors between here and a server.

use std::time::Duration;

/// The reason why a server gave no sample. No message holds the API key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RemoteError {
    /// The text is no address of a server.
    #[error("{url} is not a server's address: {why}")]
    Url {
        /// The text that was given.
        url: String,
        /// The fault and the remedy, in words.
        why: String,
    },
    /// There is no usable API key.
    #[error("the API key: environment variable {variable} {why}")]
    Key {
        /// The variable.
        variable: String,
        /// The fault and the remedy, in words.
        why: &'static str,
    },
    /// An option out of its range.
    #[error("the option {name} is out of its range: {why}")]
    Option {
        /// The option.
        name: &'static str,
        /// The allowed range.
        why: &'static str,
    },
    /// A variable of the environment, for proxies or certificates, that cannot be used.
    #[error("the environment variable {variable} {why}")]
    Environment {
        /// The variable.
        variable: &'static str,
        /// The fault and the remedy, in words.
        why: &'static str,
    },
    /// The server will not do it, however often it is asked.
    #[error("{url} refused (HTTP {status}): {said}\n{remedy}")]
    Refused {
        /// The address that was asked.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The server's words, bounded.
        said: String,
        /// The remedy.
        remedy: &'static str,
    },
    /// The request did not work, and did not when tried again.
    #[error(
        "{url} failed, after {attempts} tries: {last}\nSee to it that the server is up and has room, then run again: what is finished is kept"
    )]
    Unavailable {
        /// The address that was asked.
        url: String,
        /// The number of tries.
        attempts: u32,
        /// The last failure.
        last: String,
    },
    /// The server wants to be left alone for longer than the options allow.
    #[error("{url} asks to wait {} s, more than the {} s allowed: {said}\nRun again later, or ask for fewer requests at the same time", .wait.as_secs(), .allowed.as_secs())]
    Wait {
        /// The address that was asked.
        url: String,
        /// The wait that it asks for.
        wait: Duration,
        /// The longest wait that is allowed.
        allowed: Duration,
        /// The server's words, bounded.
        said: String,
    },
    /// The server was reached, but there is no completion in what it says.
    #[error(
        "no completion came from {url} (tries: {attempts}): {what}\nSee to it that the address is that of an OpenAI-compatible API (it mostly ends in /v1); if other prompts are answered, the server's log may say what is the matter with this one"
    )]
    Protocol {
        /// The address that was asked.
        url: String,
        /// The number of tries.
        attempts: u32,
        /// The fault of the last answer, bounded.
        what: String,
    },
    /// The system gave no thread to wait with.
    #[error("no thread to wait for the server with: {why}\nAllow fewer requests at the same time")]
    Threads {
        /// The system's error.
        why: String,
    },
    /// The request was called off because the caller wanted no more.
    #[error("called off")]
    Stopped,
}

impl RemoteError {
    /// Whether other requests will most likely end the same way, so that going on is of no use.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        match self {
            Self::Refused { status, .. } => matches!(status, 300..=399 | 401..=405),
            Self::Protocol { .. } => false,
            _ => true,
        }
    }
}

/// The most of a server's words that is repeated.
const MOST_WORDS: usize = 400;

/// A server's words fit for a message: one line, bounded, without control characters and without `secret`.
pub(super) fn words(text: &str, secret: Option<&str>) -> String {
    let text = match secret {
        Some(secret) if !secret.is_empty() => text.replace(secret, "[API key]"),
        _ => text.to_owned(),
    };
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.retain(|c| !c.is_control());
    if line.is_empty() {
        return "(no words)".to_owned();
    }
    if let Some((end, _)) = line.char_indices().nth(MOST_WORDS) {
        line.truncate(end);
        line.push_str(" ...");
    }
    line
}

/// The remedy for a refusal.
pub(super) fn remedy(status: u16) -> &'static str {
    match status {
        300..=399 => "Give the address it names",
        400 | 422 => {
            "Change what it objects to: a shorter prompt, fewer max_tokens, or an option that this server knows"
        }
        401 => "Name the environment variable that holds the API key of this server",
        402 | 403 => "Ask whoever runs the server for access to this model, or use another key",
        404 | 405 => {
            "Check the address (it mostly ends in /v1) and the model's name against the server's list of models"
        }
        413 => "Ask for fewer samples at once, or send a shorter prompt",
        _ => "Ask whoever runs the server",
    }
}
