//! The user's Python.

use std::{
    ffi::OsStr,
    io,
    process::{Command, Output, Stdio},
};

/// The names that a Python interpreter goes by.
pub(super) const PYTHONS: [&str; 2] = ["python3", "python"];

/// A Python interpreter that has pip.
pub(super) fn python_with_pip() -> Option<&'static str> {
    let has_pip = |name: &&str| python(name, ["-m", "pip", "--version"]).is_ok_and(|output| output.status.success());
    PYTHONS.into_iter().find(has_pip)
}

/// Runs a Python interpreter in an empty directory: it looks for modules in the working directory first, and what lies in the user's
/// is nobody's to execute.
pub(super) fn python(name: &str, arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> io::Result<Output> {
    let empty = tempfile::tempdir()?;
    Command::new(name).args(arguments).current_dir(empty.path()).stdin(Stdio::null()).output()
}
