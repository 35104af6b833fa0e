//! The way in which instances get their memory, by how much address space a process may have.
//!
//! A pool reserves for each memory all that 32 bits can address. That costs nothing where address space is free: instances are reset in
//! microseconds, and compiled code needs no bounds checks. Where it is limited (`ulimit -v`, as batch systems set it), each memory is
//! allocated as it grows. The compiled code is then another one and slower, and the machine may refuse a program memory that its limit allows,
//! which is a fault; but fuel counts wasm operators and limits count pages, so a verdict is the same.

use super::{Fault, Limits};

/// The most that one job needs beside the memories of its three instances: stacks, and what the allocator of its thread reserves.
const JOB: u64 = 512 << 20;
/// The most that the process needs beside its jobs, compiling the interpreter included.
const PROCESS: u64 = 1280 << 20;
/// The guard regions around each memory, together.
const GUARD: u64 = 128 << 20;
/// A memory that grows beyond its place moves to one with so much more behind it.
pub(super) const GROWTH: u64 = 64 << 20;
/// An interpreter, and the place behind it.
const INTERPRETER: u64 = (64 << 20) + GROWTH;

/// The source of the memories of instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Memories {
    /// All are reserved at the start.
    Pooled,
    /// Each is allocated when it is needed.
    OnDemand,
}

impl Memories {
    /// The way that this process's limit leaves for `jobs` workers.
    ///
    /// # Errors
    ///
    /// [`Fault::AddressSpace`] where not even the interpreters would fit.
    pub(super) fn choose(jobs: u64) -> Result<Self, Fault> {
        limit().map_or(Ok(Self::Pooled), |limit| Self::within(limit, jobs))
    }

    fn within(limit: u64, jobs: u64) -> Result<Self, Fault> {
        let others = PROCESS + jobs * JOB;
        let pool = memories(jobs) * (Limits::MAX_MEMORY as u64 + GUARD);
        let needed = others + jobs * 3 * INTERPRETER;
        match limit {
            _ if limit >= pool + others => Ok(Self::Pooled),
            _ if limit >= needed => Ok(Self::OnDemand),
            _ => Err(Fault::AddressSpace { limit: limit >> 20, needed: needed >> 20, jobs }),
        }
    }
}

/// The number of memories that `jobs` workers may have at a time: a tester's and a candidate's each, one that reads answers,
/// and two in reserve.
pub(super) fn memories(jobs: u64) -> u64 {
    jobs * 3 + 2
}

/// The most address space this process may have, in bytes, where it is limited.
fn limit() -> Option<u64> {
    #[cfg(unix)]
    return rustix::process::getrlimit(rustix::process::Resource::As).current;
    #[cfg(not(unix))]
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pool_is_for_those_who_have_room_for_it() {
        let way = |gibibytes: u64, jobs| Memories::within(gibibytes << 30, jobs);
        assert!(matches!(way(1 << 20, 512), Ok(Memories::Pooled)));
        assert!(matches!(way(24, 1), Ok(Memories::Pooled)));
        assert!(matches!(way(16, 1), Ok(Memories::OnDemand)));
        assert!(matches!(way(6, 4), Ok(Memories::OnDemand)));
        for (limit, jobs) in [(1, 1), (3, 16)] {
            let error = way(limit, jobs).unwrap_err();
            let Fault::AddressSpace { needed, .. } = error else { panic!("{error}") };
            assert!(
                matches!(Memories::within(needed << 20, jobs), Ok(Memories::OnDemand)),
                "what it asks for is enough"
            );
        }
    }
}
