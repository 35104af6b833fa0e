//! The pages that changed, as Linux tells them.

use std::{
    cell::RefCell,
    ffi::c_void,
    fs::File,
    io,
    mem::MaybeUninit,
    ops::Range,
    ptr::{self, NonNull},
};

use rustix::{
    io::Errno,
    ioctl::{Ioctl, IoctlOutput, Opcode, opcode},
};

/// A stretch of pages of one kind: `struct page_region` of Linux.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Region {
    start: usize,
    end: usize,
    categories: u64,
}

impl Region {
    /// The region's place in the memory at `base`, which must lie in `within`.
    pub(super) fn offsets(&self, base: NonNull<u8>, within: Range<usize>) -> io::Result<Range<usize>> {
        let offset = |address: usize| address.wrapping_sub(base.as_ptr() as usize);
        let (start, end) = (offset(self.start), offset(self.end));
        if within.start <= start && start <= end && end <= within.end {
            Ok(start..end)
        } else {
            Err(io::Error::other("a region that was not asked for"))
        }
    }
}

/// `PAGE_IS_FILE`, `PAGE_IS_PRESENT`, `PAGE_IS_SWAPPED` and `PAGE_IS_PFNZERO` of Linux.
const FILE: u64 = 1 << 2;
const PRESENT: u64 = 1 << 3;
const SWAPPED: u64 = 1 << 4;
const ZERO: u64 = 1 << 5;

/// `struct pm_scan_arg` of Linux.
#[repr(C)]
struct Scan {
    size: usize,
    flags: u64,
    start: usize,
    end: usize,
    walk_end: usize,
    regions: *mut Region,
    region_count: usize,
    max_pages: u64,
    category_inverted: u64,
    category_mask: u64,
    category_anyof_mask: u64,
    return_mask: u64,
}

#[expect(unsafe_code, reason = "a system call with pointers")]
// SAFETY: the number is that of `PAGEMAP_SCAN`, whose argument `Scan` is; the kernel writes to it, and to the regions that it names.
unsafe impl Ioctl for Scan {
    /// How many regions were named, and the address up to which it looked.
    type Output = (usize, usize);
    const IS_MUTATING: bool = true;

    fn opcode(&self) -> Opcode {
        opcode::read_write::<Self>(b'f', 16)
    }

    fn as_ptr(&mut self) -> *mut c_void {
        ptr::from_mut(self).cast()
    }

    unsafe fn output_from_ptr(found: IoctlOutput, scan: *mut c_void) -> rustix::io::Result<Self::Output> {
        // SAFETY: this is what `as_ptr` gave.
        let end = unsafe { (*scan.cast::<Self>()).walk_end };
        Ok((usize::try_from(found).map_err(|_| Errno::RANGE)?, end))
    }
}

/// The way in which a memory becomes what it was at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reuse {
    /// Pages that changed are written over.
    WrittenOver,
    /// All changes are dropped, and faulted in again.
    Dropped,
    /// None: it is unmapped.
    #[cfg_attr(not(test), expect(dead_code, reason = "on other systems it is all there is"))]
    Never,
}

impl Reuse {
    /// What this system can do.
    pub(super) fn of_system() -> Self {
        let can_tell = scan(ptr::null(), 0, Zeros::Changed, &mut [MaybeUninit::uninit()]).is_ok();
        if can_tell { Self::WrittenOver } else { Self::Dropped }
    }
}

/// The meaning of the page of zeros that the system shares among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zeros {
    /// It is what was there at first.
    First,
    /// It stands for a page that was there: the system merges pages of zeros where it is told to (KSM).
    Changed,
}

/// Names the pages of `length` bytes from `start` on that hold something of their own, in memory or swapped out: no page of a file's, and not what
/// `zeros` says was there at first. Returns as many places as `storage` has room for, and the address up to which it looked.
#[expect(unsafe_code, reason = "a system call with pointers")]
pub(super) fn scan(
    start: *const u8,
    length: usize,
    zeros: Zeros,
    storage: &mut [MaybeUninit<Region>],
) -> io::Result<(&[Region], usize)> {
    thread_local! {
        /// The process's page map, and the process: a child has another.
        static PAGE_MAP: RefCell<Option<(u32, File)>> = const { RefCell::new(None) };
    }
    let unchanged = if zeros == Zeros::First { FILE | ZERO } else { FILE };
    let scan = Scan {
        size: size_of::<Scan>(),
        flags: 0,
        start: start as usize,
        end: start as usize + length,
        walk_end: 0,
        regions: storage.as_mut_ptr().cast(),
        region_count: storage.len(),
        max_pages: 0,
        category_inverted: unchanged,
        category_mask: unchanged,
        category_anyof_mask: PRESENT | SWAPPED,
        return_mask: 0,
    };
    let (found, end) = PAGE_MAP.with_borrow_mut(|open| {
        let process = std::process::id();
        if open.as_ref().is_none_or(|(of, _)| *of != process) {
            *open = Some((process, File::open("/proc/self/pagemap")?));
        }
        let Some((_, file)) = open else { return Err(io::ErrorKind::NotFound.into()) };
        // SAFETY: the regions lie in `storage`, which is borrowed until the end.
        unsafe { rustix::ioctl::ioctl(file, scan) }.map_err(io::Error::from)
    })?;
    let found = storage.get(..found).ok_or_else(|| io::Error::other("more regions than there is room for"))?;
    // SAFETY: the kernel has filled so many of them.
    Ok((unsafe { &*(ptr::from_ref(found) as *const [Region]) }, end))
}
