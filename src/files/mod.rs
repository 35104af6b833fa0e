//! Files as people have them (text in whatever it is packed, Python's dialect of JSON), files that are there whole or not at all, locks on
//! what is being written, and folders that only this user can write to.

mod atomic;
mod lock;
pub mod private;
mod python;
mod python_json;
mod replace;
mod text;

pub use atomic::{Folder, FolderError, NewFolder, is_input, put_cached, sweep};
pub use lock::{Lock, LockError};
pub use python::{python_source, read_python};
pub use python_json::{Fields, Marked, spare_mark, strict};
pub use replace::{NewFile, replace, replace_in, write, write_cached, write_to};
pub use text::{read_text, text, unpack, unreadable};
