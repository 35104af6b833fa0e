//! What others have published, from where they did: the Hugging Face hub and the authors' GitHub repositories.
//!
//! What is fetched is always one commit. A [`Published`] names commit and SHA-256 where they are known. Where they are not,
//! the first fetch takes what `main` is then, checks each large file against the SHA-256 that the hub states, and writes commit and hashes to
//! [`LOCK_FILE`] beside the files: keep it with an experiment, and every later fetch gets the same bytes or fails.
//!
//! A download that was broken off goes on where it stopped. A file appears in its place only whole and checked. A file that was changed since,
//! or is somebody else's, is never overwritten. Parquet becomes JSON lines on the way.
//!
//! Why not the crate `hf-hub`: it keeps a cache of its own with files that are not checked against a hash, and brings an async runtime, an
//! HTTP stack of its own and cmake.

mod download;
mod error;
mod lock;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
mod published;
mod snapshot;
mod web;

pub use error::FetchError;
pub use lock::{LOCK_FILE, locked};
pub use options::{FetchOptions, Token};
pub use place::{Fetched, FetchedFile, fetch};
pub use published::{Kind, Origin, Published, PublishedFile};
pub use snapshot::list;

/// The progress of a download.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The file, by its path in the repository.
    pub path: &'a str,
    /// The bytes that are here.
    pub done: u64,
    /// The bytes there are, where that is known.
    pub total: Option<u64>,
}
