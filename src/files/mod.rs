//! Files as people have them: text in whatever it is packed, Python's dialect of JSON, and locks on what is being written.

mod lock;
mod python;
mod python_json;
mod text;

pub use lock::{Lock, LockError};
pub use python::{python_source, read_python};
pub use python_json::{Fields, Marked, spare_mark, strict};
pub use text::{read_text, text, unpack, unreadable};
