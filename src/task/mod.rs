//! Tasks and their tests, and how an output is compared with the expected one.

mod oracle;
mod suite;

pub use self::{
    oracle::Oracle,
    suite::{Cases, EntryPoints, Group, Program, Task, TestSuite},
};
