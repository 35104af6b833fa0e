//! The reason why something could not be fetched.

use crate::blame::Blame;
use std::{io, path::PathBuf};

/// The reason why something could not be fetched. No message holds the token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// There is no such name in the table.
    #[error("there is no dataset `{name}` to fetch: there is {known}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A setting that cannot be used.
    #[error("{what} {why}")]
    Setting {
        /// The setting or environment variable.
        what: &'static str,
        /// The fault and the remedy, in words.
        why: String,
    },
    /// The owner wants to know who fetches it.
    #[error(
        "{url}: {said} (HTTP {status})\nIt may be gated or private: accept its terms at {page}, then set HF_TOKEN to a token of your account that may read it"
    )]
    Gated {
        /// The address that was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The server's words, bounded.
        said: String,
        /// The page with the terms.
        page: String,
    },
    /// The server does not have it.
    #[error("{url}: {said} (HTTP 404)\nCheck the name and the revision; of what has moved, fetch the files by hand")]
    Missing {
        /// The address that was asked for.
        url: String,
        /// The server's words, bounded.
        said: String,
    },
    /// The revision has no file of the expected names.
    #[error("{repo} at {commit} has no file {pattern}: it has {found}\nFetch an older revision, or the files by hand")]
    NoFile {
        /// The repository.
        repo: String,
        /// The revision.
        commit: String,
        /// The pattern that was looked for.
        pattern: String,
        /// Some of the files there are.
        found: String,
    },
    /// The server or the connection failed more often than allowed.
    #[error("{url} failed {attempts} times, the last time: {last}\nRun again to go on where it stopped")]
    Unavailable {
        /// The address that was asked for.
        url: String,
        /// The number of failures in a row.
        attempts: u32,
        /// The last failure.
        last: String,
    },
    /// The server answered what it should not.
    #[error("{url}: {what}\nCheck HF_ENDPOINT and proxies")]
    Protocol {
        /// The address that was asked for.
        url: String,
        /// The fault, in words.
        what: String,
    },
    /// The bytes are not those that were published.
    #[error(
        "{what} has SHA-256 {found}, but {who} says {expected}\nNothing was kept. Fetch again; if it persists, the file was changed or tampered with on the way"
    )]
    Hash {
        /// The file.
        what: String,
        /// The digest of what came.
        found: String,
        /// The digest of what should have come.
        expected: String,
        /// The party that states the digest.
        who: &'static str,
    },
    /// A revision other than the locked one was asked for.
    #[error(
        "{lock} holds {name} at {locked}, not at {asked}\nTo change it, remove the files and the entry `{name}` of the lock file"
    )]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// The dataset.
        name: String,
        /// The locked commit.
        locked: String,
        /// The commit asked for.
        asked: String,
    },
    /// A file that was changed after it was fetched, or was there before.
    #[error("{path} is not what was fetched: move it away to fetch it again")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Another process is fetching there.
    #[error("another process is fetching into {folder}: wait for it")]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// The system refused.
    #[error("{what} {path}")]
    Io {
        /// The attempt, in words.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The lock file is not one.
    #[error("{path} cannot be read: {why}\nMove it away to fetch everything again")]
    Lock {
        /// The file.
        path: PathBuf,
        /// The fault, in words.
        why: String,
    },
    /// A Parquet file that cannot be turned into JSON lines.
    #[error("{what} cannot be turned into JSON lines: {why}")]
    Parquet {
        /// The file.
        what: String,
        /// The fault, in words.
        why: String,
    },
}

impl Blame for FetchError {
    fn is_input(&self) -> bool {
        !matches!(self, Self::Unavailable { .. } | Self::Protocol { .. } | Self::Busy { .. } | Self::Io { .. })
    }
}

/// An `io::Error` with what was tried.
pub(super) fn io(what: &'static str, path: &std::path::Path) -> impl FnOnce(io::Error) -> FetchError {
    let path = path.to_owned();
    move |source| FetchError::Io { what, path, source }
}

/// A server's words fit for a message: one line of at most 300 characters.
pub(super) fn words(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).take(300).collect()
}
