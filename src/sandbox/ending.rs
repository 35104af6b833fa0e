//! The reason why an instance ended, told apart from faults of the harness.

use wasmtime::{Trap, error::OutOfMemory};
use wasmtime_wasi::I32Exit;

/// An ending: the reason for which a guest instance ended before it could answer. The instance is unusable afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The fuel was used up.
    OutOfFuel,
    /// The program never ends: it came back to an earlier state, byte for byte. So all its fuel would be used up.
    Endless {
        /// The line of the program that it comes back to, from 1; `None` where that is not the program's own code.
        line: Option<u32>,
    },
    /// The instance asked for more memory than its limit and then failed.
    OutOfMemory,
    /// The wasm stack overflowed: recursion in C code that Python's own limit does not count.
    StackOverflow,
    /// The process was ended (`os._exit`, `sys.exit` in C code, `abort`), with this exit code.
    Exit(i32),
    /// The instance trapped otherwise: a memory fault, an unreachable instruction, an answer that is not one.
    Trap(String),
}

impl Ending {
    /// The type and message of the Python exception that says the same, for reports.
    #[must_use]
    pub fn describe(&self) -> (&'static str, String) {
        match self {
            Self::OutOfFuel => ("OutOfFuel", "the fuel limit was reached".to_owned()),
            Self::Endless { line } => {
                let place = line.map_or_else(String::new, |line| format!(" at line {line}"));
                ("OutOfFuel", format!("the program never ends: it comes back to the very same state{place}"))
            }
            Self::OutOfMemory => ("MemoryError", "the memory limit was reached".to_owned()),
            Self::StackOverflow => ("RecursionError", "the native stack overflowed".to_owned()),
            Self::Exit(code) => ("SystemExit", format!("the program ended the process with code {code}")),
            Self::Trap(message) => ("SystemError", format!("the interpreter trapped: {message}")),
        }
    }

    /// Reads the error of a failed guest call. `denied` says whether the instance was refused memory before.
    pub(super) fn from_error(error: &wasmtime::Error, denied: bool) -> Self {
        if let Some(I32Exit(code)) = error.downcast_ref::<I32Exit>() {
            return Self::Exit(*code);
        }
        match error.downcast_ref::<Trap>() {
            Some(Trap::OutOfFuel) => Self::OutOfFuel,
            Some(Trap::StackOverflow) => Self::StackOverflow,
            _ if denied => Self::OutOfMemory,
            Some(trap) => Self::Trap(trap.to_string()),
            None => Self::Trap(first_line(&error.to_string())),
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

/// Whether the machine is behind an error: it refused memory.
pub(super) fn refused_memory(error: &wasmtime::Error) -> bool {
    let cause = error.root_cause();
    #[cfg(unix)]
    if cause.downcast_ref() == Some(&rustix::io::Errno::NOMEM) {
        return true;
    }
    let refused = |error: &std::io::Error| error.kind() == std::io::ErrorKind::OutOfMemory;
    cause.is::<OutOfMemory>() || cause.downcast_ref().is_some_and(refused)
}

/// Something the harness itself could not do. Never a verdict on a candidate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The engine rejected its configuration or the machine refused it memory.
    #[error("cannot start the WebAssembly engine: {0:#} (with fewer --jobs it needs less memory)")]
    Engine(wasmtime::Error),
    /// This process may not have the address space that the sandbox needs.
    #[error(
        "a process may have {limit} MiB of address space here (ulimit -v), and {jobs} {} at least {needed} MiB: raise the limit{}",
        if *.jobs == 1 { "job needs" } else { "jobs need" },
        if *.jobs == 1 { "" } else { ", or take fewer --jobs" }
    )]
    AddressSpace {
        /// The address space that the process may have, in MiB.
        limit: u64,
        /// The address space that it needs, in MiB, without the memory of programs.
        needed: u64,
        /// The number of workers.
        jobs: u64,
    },
    /// The component did not compile or load.
    #[error("cannot prepare the guest component: {0:#}")]
    Component(wasmtime::Error),
    /// No instance could be made.
    #[error("cannot instantiate the guest: {0:#}")]
    Instantiate(wasmtime::Error),
    /// The machine refused an instance memory that its limit allows: nothing learnt from then on says anything about a program.
    #[error(
        "the machine has no more memory for the sandbox: free some, or take fewer --jobs or a smaller --memory, and run the same command again"
    )]
    Memory,
    /// The cache directory could not be used at all.
    #[error("cannot use the cache directory {path}")]
    Cache {
        /// The directory.
        path: std::path::PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A trusted role (reference, tester, analysis) gave no answer.
    #[error("{what}: {why}")]
    Trusted {
        /// The role and its task.
        what: String,
        /// The reason, in words.
        why: String,
    },
    /// A worker thread could not be started.
    #[error("cannot start a worker thread (with fewer --jobs less memory is needed)")]
    Thread(#[source] std::io::Error),
}

impl crate::blame::Blame for Fault {
    fn is_input(&self) -> bool {
        false
    }
}
