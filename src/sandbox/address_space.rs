//! The way in which instances get their memory, by how much address space a process may have.
//!
//! For each memory all that 32 bits can address is reserved, and as much for its counter of fuel. That costs nothing where address space is
//! free, and compiled code needs no bounds checks. Where it is limited (`ulimit -v`, as batch systems set it), each memory has some room
//! and moves when it grows out of it. The compiled code is then another one and slower, and the machine may refuse a program memory that its
//! limit allows, which is a fault; but fuel counts what WebAssembly does and limits count pages, so a verdict is the same.

use super::{Fault, Limits};

/// The most that one job needs beside the memories of its three instances: stacks, and what the allocator of its thread reserves.
const JOB: u64 = 512 << 20;
/// The most that the process needs beside its jobs, compiling the interpreter included.
const PROCESS: u64 = 1280 << 20;
/// The guard regions around each memory, together.
const GUARD: u64 = 128 << 20;
/// A memory that grows beyond its place moves to one with so much more behind it.
pub(super) const GROWTH: usize = 64 << 20;
/// An interpreter, and the place behind it.
const INTERPRETER: u64 = (64 << 20) + GROWTH as u64;

/// The source of the memories of instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Memories {
    /// Each has all the addresses that it may need.
    Reserved,
    /// Each has some, and moves.
    Growing,
}

impl Memories {
    /// The way that this process's limit leaves for `jobs` workers.
    ///
    /// # Errors
    ///
    /// [`Fault::AddressSpace`] where not even the interpreters would fit.
    pub(super) fn choose(jobs: u64) -> Result<Self, Fault> {
        limit().map_or(Ok(Self::Reserved), |limit| Self::within(limit, jobs))
    }

    fn within(limit: u64, jobs: u64) -> Result<Self, Fault> {
        let others = PROCESS + jobs * JOB;
        let reserved = 2 * memories(jobs) * (Limits::MAX_MEMORY as u64 + GUARD);
        let needed = others + jobs * 3 * INTERPRETER;
        match limit {
            _ if limit >= reserved + others => Ok(Self::Reserved),
            _ if limit >= needed => Ok(Self::Growing),
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
    rustix::process::getrlimit(rustix::process::Resource::As).current
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_reserved_is() {
        let way = |gibibytes: u64, jobs| Memories::within(gibibytes << 30, jobs);
        assert!(matches!(way(1 << 20, 512), Ok(Memories::Reserved)));
        assert!(matches!(way(48, 1), Ok(Memories::Reserved)));
        assert!(matches!(way(32, 1), Ok(Memories::Growing)));
        assert!(matches!(way(6, 4), Ok(Memories::Growing)));
        for (limit, jobs) in [(1, 1), (3, 16)] {
            let error = way(limit, jobs).unwrap_err();
            let Fault::AddressSpace { needed, .. } = error else { panic!("{error}") };
            assert!(
                matches!(Memories::within(needed << 20, jobs), Ok(Memories::Growing)),
                "what it asks for is enough"
            );
        }
    }
}
