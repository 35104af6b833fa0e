//! The run of one program on its own.

use crate::{
    judge::{ErrorInfo, Script},
    sandbox::Usage,
};

/// The output of a program that ran as a script. Texts are the program's own: escape them before you show them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Run {
    /// The exception, exit or limit that ended the program, unless it ran to its end.
    pub error: Option<ErrorInfo>,
    /// The first 64 KiB of its standard output.
    pub stdout: Vec<u8>,
    /// The first 64 KiB of its standard error.
    pub stderr: Vec<u8>,
    /// The fuel and the memory that it used.
    pub usage: Usage,
}

impl Run {
    pub(super) fn of(script: Script) -> Self {
        let Script { error, stdout, stderr, usage } = script;
        Self { error, stdout: stdout.bytes, stderr: stderr.bytes, usage }
    }
}
