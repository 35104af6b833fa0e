//! One memory: the addresses, what is at them, and how they become what they were.

use std::{
    ffi::c_void,
    fs::File,
    io,
    ops::{ControlFlow, Range},
    ptr::{self, NonNull},
};

#[cfg(target_os = "linux")]
use rustix::mm::{Advice, madvise};
use rustix::{
    io::Errno,
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap, mmap_anonymous, mprotect, munmap},
};

use super::{
    changed::{PIECE, each_named, is_changed},
    pages::Reuse,
};

/// Changed memory that is written over instead of unmapped, in bytes: several times what a typical program changes.
const KEEP_RESIDENT: usize = 8 << 20;
/// One in so many instances is asked how much it changed itself of the pages that stay. Where that is little, all go, since each is written over
/// after every instance.
const ASKED: u32 = 64;

/// The memory that every instance begins with.
pub(super) struct Image {
    file: File,
    map: Map,
}

/// Addresses that are ours until this is dropped.
pub(super) struct Map {
    pub(super) start: NonNull<c_void>,
    length: usize,
}

/// A memory, and the guards around it.
pub(super) struct Slot {
    #[expect(dead_code, reason = "it is there to be dropped")]
    map: Map,
    /// Where the memory begins.
    pub(super) base: NonNull<u8>,
    /// Bytes that it may grow to.
    pub(super) reserved: usize,
    /// Bytes that it begins with.
    pub(super) minimum: usize,
    /// Bytes that can be touched.
    pub(super) accessible: usize,
    /// Instances that had it.
    instances: u32,
    /// Whether it grew in part only.
    pub(super) torn: bool,
}

#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: the addresses are this value's alone, whoever has it; `Image` only lets them be read.
unsafe impl Send for Map {}
#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: as above; through a shared reference nothing is written.
unsafe impl Sync for Map {}
#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: `base` lies in `map`.
unsafe impl Send for Slot {}
#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: as above.
unsafe impl Sync for Slot {}

impl Image {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let map = Map::of(&file, length)?;
        Ok(Self { file, map })
    }

    /// The image's bytes.
    #[expect(unsafe_code, reason = "memory is read")]
    pub(super) fn bytes(&self) -> &[u8] {
        // SAFETY: so many bytes can be read as long as the map is there, and nothing writes to them.
        unsafe { std::slice::from_raw_parts(self.map.start.as_ptr().cast(), self.map.length) }
    }
}

impl Map {
    /// A file, to be read.
    #[expect(unsafe_code, reason = "a mapping of a file is memory")]
    fn of(file: &File, length: usize) -> io::Result<Self> {
        // SAFETY: the system chooses addresses that nothing else has.
        let start = unsafe { mmap(ptr::null_mut(), length, ProtFlags::READ, MapFlags::PRIVATE, file, 0) }?;
        let start = NonNull::new(start).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Self { start, length })
    }

    /// Addresses with nothing at them.
    #[expect(unsafe_code, reason = "addresses are memory")]
    pub(super) fn reserve(length: usize) -> io::Result<Self> {
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: the system chooses addresses that nothing else has.
        let start = unsafe { mmap_anonymous(ptr::null_mut(), length, ProtFlags::empty(), flags) }?;
        let start = NonNull::new(start).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Self { start, length })
    }
}

impl Drop for Map {
    #[expect(unsafe_code, reason = "addresses are memory")]
    fn drop(&mut self) {
        // SAFETY: the addresses are this value's, which is gone.
        let _ = unsafe { munmap(self.start.as_ptr(), self.length) };
    }
}

impl Slot {
    #[expect(unsafe_code, reason = "a mapping of a file is memory")]
    pub(super) fn new(image: &Image, minimum: usize, reserved: usize, guard: usize) -> io::Result<Self> {
        let length = image.map.length;
        if length > minimum {
            return Err(io::Error::other("an image that is larger than the memory"));
        }
        let map = Map::reserve(guard + reserved + guard)?;
        // SAFETY: `guard` bytes on, the reservation goes on.
        let base = unsafe { map.start.cast::<u8>().add(guard) };
        // SAFETY: these are addresses of `map`, at which nothing is yet.
        unsafe {
            let flags = MapFlags::PRIVATE | MapFlags::FIXED;
            mmap(base.as_ptr().cast(), length, ProtFlags::READ | ProtFlags::WRITE, flags, &image.file, 0)
        }?;
        // Huge pages would be written over whole for one byte.
        #[cfg(target_os = "linux")]
        // SAFETY: these are addresses of `map`, and keep what is there; a system without huge pages refuses.
        let _ = unsafe { madvise(base.as_ptr().cast(), minimum, Advice::LinuxNoHugepage) };
        let mut slot = Self { map, base, reserved, minimum, accessible: length, instances: 0, torn: false };
        slot.grow_to(minimum)?;
        Ok(slot)
    }

    /// The address `offset` bytes on.
    #[expect(unsafe_code, reason = "an address is computed")]
    fn at(&self, offset: usize) -> *mut u8 {
        debug_assert!(offset <= self.reserved, "an address of the memory");
        // SAFETY: no caller asks beyond `accessible`, or the size it is to have, which is at most `reserved`.
        unsafe { self.base.as_ptr().add(offset) }
    }

    #[expect(unsafe_code, reason = "memory is made accessible")]
    pub(super) fn grow_to(&mut self, size: usize) -> Result<(), Errno> {
        if size > self.reserved {
            return Err(Errno::NOMEM);
        }
        if let Some(more) = size.checked_sub(self.accessible).filter(|more| *more > 0) {
            let flags = MprotectFlags::READ | MprotectFlags::WRITE;
            // SAFETY: these are addresses of the reservation, at which nothing is, or zeros that `reset` left.
            let made = unsafe { mprotect(self.at(self.accessible).cast(), more, flags) };
            // Some of it may be accessible all the same.
            self.torn |= made.is_err();
            made?;
            self.accessible = size;
        }
        Ok(())
    }

    /// Makes it what it was at first.
    pub(super) fn reset(&mut self, image: &Image, reuse: Reuse) -> io::Result<()> {
        let (mut left, mut differing) = (KEEP_RESIDENT, 0);
        self.instances = self.instances.wrapping_add(1);
        let asked = self.instances.is_multiple_of(ASKED);
        if self.torn {
            return Err(io::Error::other("a memory that grew in part"));
        }
        match reuse {
            Reuse::Never => return Err(io::Error::other("a memory that cannot become what it was")),
            Reuse::Dropped => {
                self.drop_pages()?;
                return self.shrink();
            }
            Reuse::WrittenOver => {}
        }
        let all = each_named(self.base, self.accessible, image.map.length, |range| {
            let Some(rest) = left.checked_sub(range.len()) else { return ControlFlow::Break(()) };
            left = rest;
            differing += self.write_over(image, range, asked);
            ControlFlow::Continue(())
        })?;
        if all.is_break() || (asked && KEEP_RESIDENT - left > 3 * differing) {
            self.drop_pages()?;
        }
        self.shrink()
    }

    /// Makes a range what it was at first; returns, where that is asked, the number of bytes of pieces that were not.
    #[expect(unsafe_code, reason = "memory is read and written")]
    fn write_over(&mut self, image: &Image, range: Range<usize>, asked: bool) -> usize {
        // SAFETY: the range lies in the memory, which no instance has.
        let now = unsafe { std::slice::from_raw_parts_mut(self.at(range.start), range.len()) };
        let image = image.bytes();
        let of_image = range.end.min(image.len()).saturating_sub(range.start);
        let first = image.get(range.start..range.start + of_image).unwrap_or_default();
        let mut changed = 0;
        if asked {
            let first = |at: usize| first.get(at * PIECE..).unwrap_or_default();
            let differ = now.chunks(PIECE).enumerate().filter(|(at, now)| is_changed(now, first(*at)));
            changed = differ.map(|(_, now)| now.len()).sum();
        }
        let (begin, rest) = now.split_at_mut(of_image);
        begin.copy_from_slice(first);
        if !rest.is_empty() {
            // To fill nothing takes glibc's `memset` 0.1 microseconds or so, where the page behind is not writable: it stores under an empty mask.
            rest.fill(0);
        }
        changed
    }

    /// Takes over what another memory of the same instance holds.
    #[expect(unsafe_code, reason = "memory is copied")]
    pub(super) fn copy(&mut self, other: &Self) {
        let length = other.accessible.min(self.accessible);
        // SAFETY: so many bytes of both can be touched, and they are two mappings.
        unsafe { ptr::copy_nonoverlapping(other.at(0), self.at(0), length) };
    }

    /// Drops all that was ever changed.
    #[cfg(target_os = "linux")]
    #[expect(unsafe_code, reason = "memory is advised on")]
    fn drop_pages(&mut self) -> io::Result<()> {
        // SAFETY: these are addresses of the memory, which no instance has; they are the image's or zero again.
        unsafe { madvise(self.at(0).cast(), self.accessible, Advice::LinuxDontNeed) }?;
        Ok(())
    }

    /// Other systems have no such advice.
    #[cfg(not(target_os = "linux"))]
    fn drop_pages(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Takes away what it grew by.
    #[expect(unsafe_code, reason = "memory is made inaccessible")]
    fn shrink(&mut self) -> io::Result<()> {
        if self.accessible > self.minimum {
            let more = self.accessible - self.minimum;
            // SAFETY: these are addresses of the memory, which no instance has.
            unsafe { mprotect(self.at(self.minimum).cast(), more, MprotectFlags::empty()) }?;
            self.accessible = self.minimum;
        }
        Ok(())
    }
}
