//! A journal: rows as JSON lines, taken in any order and read back in theirs.
//!
//! Every row has a *slot*: its place in the order that the finished file has. A row is on its way to the disk as soon as it is taken, in one
//! write, so that a kill loses nothing but the row that it cut in two; the next run cuts that one off. Anything else that is no row is an error
//! that names file and line. Memory does not grow with the rows: where each stands is kept, and the row is read when it is wanted.
//!
//! Verdicts ([`crate::scoring`]) and samples (`sampling`) are kept so. A row may stand for several samples ([`Entry::multiplicity`]). Whoever
//! writes a journal holds the [`Lock`](crate::files::Lock) of its folder or file. [`Log`] is the same for lines without slots, such as timings.

mod error;
mod log;
mod rows;

pub use error::JournalError;
pub use log::Log;
pub use rows::{Entry, Found, Journal, read_all};
