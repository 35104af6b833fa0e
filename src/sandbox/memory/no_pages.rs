//! Pages that changed, on systems that do not tell them: a memory is used once.

use std::{io, mem::MaybeUninit, ops::Range, ptr::NonNull};

/// The way in which a memory becomes what it was at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(dead_code, reason = "on Linux there are others")]
pub(super) enum Reuse {
    /// Pages that changed are written over.
    WrittenOver,
    /// All changes are dropped, and faulted in again.
    Dropped,
    /// None: it is unmapped.
    Never,
}

impl Reuse {
    /// What this system can do.
    pub(super) fn of_system() -> Self {
        Self::Never
    }
}

/// A stretch of pages, of which none is ever named.
pub(super) enum Region {}

impl Region {
    pub(super) fn offsets(&self, _: NonNull<u8>, _: Range<usize>) -> io::Result<Range<usize>> {
        match *self {}
    }
}

/// The meaning of the page of zeros that a system may share among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zeros {
    /// It is what was there at first.
    First,
    /// It stands for a page that was there.
    Changed,
}

/// Names no pages.
pub(super) fn scan(_: *const u8, _: usize, _: Zeros, _: &mut [MaybeUninit<Region>]) -> io::Result<(&[Region], usize)> {
    Err(io::ErrorKind::Unsupported.into())
}
