//! Memories of instances: the interpreter's image, mapped privately, and given back by copying what an instance changed.
//!
//! wasmtime's pool does the same, but takes no more than 32 stretches of changed pages from the kernel and unmaps what lies beyond. An
//! interpreter that runs a trivial program changes 211 pages in 161 places, so that most were faulted in again by the next one: three
//! quarters of a fresh instance's time. Here there may be any number of places.
//!
//! Nothing of one instance reaches the next: `PAGEMAP_SCAN` names each page that is no longer the image's (or zero, beyond it), in memory or
//! swapped out, and each is written over; where anything about that fails, the memory is unmapped and the next instance gets another.
//! This is unsafe code, and all of it that has to do with memory. What it rests on: a slot is owned by one instance at a time, its addresses are
//! reserved with guards on both sides until it is dropped, and no more than `accessible` bytes of it can be touched.

use std::{
    cell::RefCell,
    ffi::c_void,
    fs::File,
    io::{self, Write},
    mem::MaybeUninit,
    ops::Range,
    ptr::{self, NonNull},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use rustix::{
    io::Errno,
    ioctl::{Ioctl, IoctlOutput, Opcode, opcode},
    mm::{Advice, MapFlags, MprotectFlags, ProtFlags, madvise, mmap, mmap_anonymous, mprotect, munmap},
};
use wasmtime::{LinearMemory, MemoryCreator, MemoryType};

/// Changed memory that is written over instead of unmapped, in bytes: several times what a typical program changes.
const KEEP_RESIDENT: usize = 8 << 20;
/// Bytes that are looked at together: a page of most systems, and a part of the others'.
const PIECE: usize = 4096;
/// One in so many instances is asked how much it changed itself of the pages that stay. Where that is little, all go, since each is written over
/// after every instance.
const ASKED: u32 = 64;
/// Places that one scan can name.
const REGIONS: usize = 512;

/// The memories of a sandbox.
pub(super) struct Slots {
    image: OnceLock<Image>,
    free: Mutex<Vec<Slot>>,
    /// Whether the machine refused a memory since that was last asked.
    refused: AtomicBool,
}

/// The memory that every instance begins with.
struct Image {
    file: File,
    map: Map,
}

/// Addresses that are ours until this is dropped.
struct Map {
    start: NonNull<c_void>,
    length: usize,
}

/// A memory, and the guards around it.
struct Slot {
    #[expect(dead_code, reason = "it is there to be dropped")]
    map: Map,
    /// Where the memory begins.
    base: NonNull<u8>,
    /// Bytes that it may grow to.
    reserved: usize,
    /// Bytes that it begins with.
    minimum: usize,
    /// Bytes that can be touched.
    accessible: usize,
    /// Instances that had it.
    instances: u32,
}

/// An instance's memory.
struct Memory {
    slot: Option<Slot>,
    slots: Arc<Slots>,
}

/// What the engine asks for memories.
pub(super) struct Creator(pub(super) Arc<Slots>);

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

/// A file in memory.
///
/// # Errors
///
/// The system's.
pub(super) fn file_of(content: &[u8]) -> io::Result<File> {
    let mut file = File::from(rustix::fs::memfd_create("tracewright", rustix::fs::MemfdFlags::CLOEXEC)?);
    file.write_all(content)?;
    Ok(file)
}

impl Slots {
    /// Returns no memories yet, where the system can tell which pages changed; else nothing.
    pub(super) fn new() -> Option<Arc<Self>> {
        scan(ptr::null(), 0, &mut [MaybeUninit::uninit()]).ok()?;
        Some(Arc::new(Self { image: OnceLock::new(), free: Mutex::default(), refused: AtomicBool::new(false) }))
    }

    /// Has all memories begin as `file`, which is of whole pages and does not change.
    ///
    /// # Errors
    ///
    /// The system's, where it cannot be mapped.
    pub(super) fn begin_with(&self, file: File) -> io::Result<()> {
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let map = Map::of(&file, length)?;
        let _ = self.image.set(Image { file, map });
        Ok(())
    }

    /// Whether the machine refused a memory since this was last asked.
    pub(super) fn was_refused(&self) -> bool {
        self.refused.swap(false, Relaxed)
    }

    fn slot(&self, minimum: usize, reserved: usize, guard: usize) -> io::Result<Slot> {
        let image = self.image.get().ok_or_else(|| io::Error::other("there is no image yet"))?;
        let fits = |slot: &Slot| slot.minimum == minimum && slot.reserved == reserved;
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = free.pop_if(|slot| fits(slot)) {
            return Ok(slot);
        }
        drop(free);
        Slot::new(image, minimum, reserved, guard)
    }

    /// Takes a memory back, as it was at first.
    fn give_back(&self, mut slot: Slot) {
        let Some(image) = self.image.get() else { return };
        if slot.reset(image).is_ok() {
            self.free.lock().unwrap_or_else(PoisonError::into_inner).push(slot);
        }
    }
}

#[expect(unsafe_code, reason = "wasmtime cannot check that a memory is one")]
// SAFETY: a memory is reserved in full with its guards, and never moves.
unsafe impl MemoryCreator for Creator {
    fn new_memory(
        &self,
        _: MemoryType,
        minimum: usize,
        _: Option<usize>,
        reserved: Option<usize>,
        guard: usize,
    ) -> Result<Box<dyn LinearMemory>, String> {
        let reserved = reserved.filter(|reserved| *reserved >= minimum).ok_or("a memory without a reservation")?;
        match self.0.slot(minimum, reserved, guard) {
            Ok(slot) => Ok(Box::new(Memory { slot: Some(slot), slots: Arc::clone(&self.0) })),
            Err(error) => {
                self.0.refused.store(true, Relaxed);
                Err(format!("cannot make a memory: {error}"))
            }
        }
    }
}

#[expect(unsafe_code, reason = "wasmtime cannot check that a memory is one")]
// SAFETY: `accessible` bytes from `base` on can be read and written, all others up to the end of the guard cannot.
unsafe impl LinearMemory for Memory {
    fn byte_size(&self) -> usize {
        self.slot.as_ref().map_or(0, |slot| slot.accessible)
    }

    fn byte_capacity(&self) -> usize {
        self.slot.as_ref().map_or(0, |slot| slot.reserved)
    }

    fn grow_to(&mut self, new_size: usize) -> wasmtime::Result<()> {
        let slot = self.slot.as_mut().ok_or_else(|| wasmtime::Error::msg("a memory that was given back"))?;
        slot.grow_to(new_size).map_err(wasmtime::Error::new)
    }

    fn as_ptr(&self) -> *mut u8 {
        self.slot.as_ref().map_or(ptr::null_mut(), |slot| slot.base.as_ptr())
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            self.slots.give_back(slot);
        }
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
    fn reserve(length: usize) -> io::Result<Self> {
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
    fn new(image: &Image, minimum: usize, reserved: usize, guard: usize) -> io::Result<Self> {
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
        // SAFETY: these are addresses of `map`, and keep what is there; a system without huge pages refuses.
        let _ = unsafe { madvise(base.as_ptr().cast(), minimum, Advice::LinuxNoHugepage) };
        let mut slot = Self { map, base, reserved, minimum, accessible: length, instances: 0 };
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
    fn grow_to(&mut self, size: usize) -> Result<(), Errno> {
        if size > self.reserved {
            return Err(Errno::NOMEM);
        }
        if let Some(more) = size.checked_sub(self.accessible).filter(|more| *more > 0) {
            let flags = MprotectFlags::READ | MprotectFlags::WRITE;
            // SAFETY: these are addresses of the reservation, at which nothing is, or zeros that `reset` left.
            unsafe { mprotect(self.at(self.accessible).cast(), more, flags) }?;
            self.accessible = size;
        }
        Ok(())
    }

    /// Makes it what it was at first.
    fn reset(&mut self, image: &Image) -> io::Result<()> {
        let mut storage = [const { MaybeUninit::uninit() }; REGIONS];
        let (mut from, mut left, mut changed) = (0, KEEP_RESIDENT, 0);
        self.instances = self.instances.wrapping_add(1);
        let asked = self.instances.is_multiple_of(ASKED);
        while from < self.accessible {
            let (regions, end) = scan(self.at(from), self.accessible - from, &mut storage)?;
            for region in regions {
                let range = region.offsets(self.base, from..self.accessible)?;
                let Some(rest) = left.checked_sub(range.len()) else {
                    self.drop_pages()?;
                    return self.shrink();
                };
                left = rest;
                changed += self.write_over(image, range, asked);
            }
            let end = end.wrapping_sub(self.base.as_ptr() as usize);
            if end <= from || end > self.accessible {
                return Err(io::Error::other("a scan that went nowhere"));
            }
            from = end;
        }
        if asked && KEEP_RESIDENT - left > 3 * changed {
            self.drop_pages()?;
        }
        self.shrink()
    }

    /// Makes a range what it was at first; returns, where that is asked, the number of bytes of pieces that were not.
    #[expect(unsafe_code, reason = "memory is read and written")]
    fn write_over(&mut self, image: &Image, range: Range<usize>, asked: bool) -> usize {
        // SAFETY: the range lies in the memory, which no instance has.
        let now = unsafe { std::slice::from_raw_parts_mut(self.at(range.start), range.len()) };
        let of_image = range.end.min(image.map.length).saturating_sub(range.start);
        // SAFETY: so many bytes of the image can be read, and nothing writes to it.
        let first = unsafe {
            let first = image.map.start.as_ptr().cast::<u8>().cast_const().wrapping_add(range.start);
            std::slice::from_raw_parts(first, of_image)
        };
        let mut changed = 0;
        if asked {
            let zeros = [0; PIECE];
            let first = first.chunks(PIECE).chain(std::iter::repeat(&zeros[..]));
            let differ = now.chunks(PIECE).zip(first).filter(|(now, first)| **now != first[..now.len()]);
            changed = differ.map(|(now, _)| now.len()).sum();
        }
        let (begin, rest) = now.split_at_mut(of_image);
        begin.copy_from_slice(first);
        rest.fill(0);
        changed
    }

    /// Drops all that was ever changed.
    #[expect(unsafe_code, reason = "memory is advised on")]
    fn drop_pages(&mut self) -> io::Result<()> {
        // SAFETY: these are addresses of the memory, which no instance has; they are the image's or zero again.
        unsafe { madvise(self.at(0).cast(), self.accessible, Advice::LinuxDontNeed) }?;
        Ok(())
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

/// A stretch of pages of one kind: `struct page_region` of Linux.
#[derive(Clone, Copy)]
#[repr(C)]
struct Region {
    start: usize,
    end: usize,
    categories: u64,
}

impl Region {
    /// The region's place in the memory at `base`, which must lie in `within`.
    fn offsets(&self, base: NonNull<u8>, within: Range<usize>) -> io::Result<Range<usize>> {
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

/// Names the pages of `length` bytes from `start` on that hold something of their own: neither a file's page nor zeros that all share, in memory
/// or swapped out. Returns as many places as `storage` has room for, and the address up to which it looked.
#[expect(unsafe_code, reason = "a system call with pointers")]
fn scan(start: *const u8, length: usize, storage: &mut [MaybeUninit<Region>]) -> io::Result<(&[Region], usize)> {
    thread_local! {
        /// The process's page map, and the process: a child has another.
        static PAGE_MAP: RefCell<Option<(u32, File)>> = const { RefCell::new(None) };
    }
    let scan = Scan {
        size: size_of::<Scan>(),
        flags: 0,
        start: start as usize,
        end: start as usize + length,
        walk_end: 0,
        regions: storage.as_mut_ptr().cast(),
        region_count: storage.len(),
        max_pages: 0,
        category_inverted: FILE | ZERO,
        category_mask: FILE | ZERO,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sandbox::{CacheDir, Limits, Sandbox, Settings};

    const PAGE: usize = 64 << 10;

    impl Slots {
        /// The memories that no instance has, and of these the pages of 4 KiB that are not what they were at first.
        #[expect(unsafe_code, reason = "memory is read")]
        fn changed(&self) -> (usize, Vec<usize>) {
            let Some(image) = self.image.get() else { return (0, Vec::new()) };
            let free = self.free.lock().unwrap();
            let mut changed = Vec::new();
            for slot in free.iter() {
                assert_eq!(slot.accessible, slot.minimum);
                // SAFETY: so many bytes of the memory can be read, and all of the image.
                let (now, first) = unsafe {
                    let first = image.map.start.as_ptr().cast::<u8>();
                    let first = std::slice::from_raw_parts(first, image.map.length);
                    (std::slice::from_raw_parts(slot.base.as_ptr(), slot.minimum), first)
                };
                let zeros = [0; 4096];
                let first = first.chunks(4096).chain(std::iter::repeat(&zeros[..]));
                let pages = now.chunks(4096).zip(first).enumerate();
                changed.extend(pages.filter(|(_, (now, first))| now != first).map(|(page, _)| page));
            }
            (free.len(), changed)
        }
    }

    /// Memories that begin with four pages of WebAssembly's with something in them, of seven.
    fn slots() -> Arc<Slots> {
        let slots = Slots::new().expect("a system that tells which pages changed");
        let content: Vec<u8> = (0..4 * PAGE).map(|at| at.to_le_bytes()[0] ^ at.to_le_bytes()[1]).collect();
        slots.begin_with(file_of(&content).unwrap()).unwrap();
        slots
    }

    fn memory(slots: &Arc<Slots>) -> Box<dyn LinearMemory> {
        let creator = Creator(Arc::clone(slots));
        creator.new_memory(MemoryType::new(7, None), 7 * PAGE, None, Some(4096 * PAGE), PAGE).unwrap()
    }

    #[expect(unsafe_code, reason = "memory is written")]
    fn write(memory: &dyn LinearMemory, at: usize, byte: u8) {
        assert!(at < memory.byte_size());
        // SAFETY: so many bytes can be written.
        unsafe { memory.as_ptr().add(at).write_volatile(byte) };
    }

    proptest! {
        #[test]
        fn the_next_instance_finds_what_the_first_found(
            rounds in prop::collection::vec((prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40), 7_usize..2000, 1_usize..5000), 1..6)
        ) {
            let slots = slots();
            for (writes, pages, stride) in rounds {
                let mut memory = memory(&slots);
                memory.grow_to(pages * PAGE).unwrap();
                for (at, byte) in &writes {
                    write(memory.as_ref(), at.index(pages * PAGE), *byte);
                }
                // Every so many pages, so that there are more places than one scan names.
                for at in (0..pages * PAGE).step_by(stride * 4096) {
                    write(memory.as_ref(), at, 255);
                }
                prop_assert!(memory.grow_to(4097 * PAGE).is_err());
                drop(memory);
                prop_assert_eq!(slots.changed(), (1, Vec::new()));
            }
        }
    }

    #[test]
    fn what_is_changed_everywhere_is_dropped() {
        let slots = slots();
        for grown in [7, 64, 128] {
            let mut memory = memory(&slots);
            memory.grow_to(grown * PAGE).unwrap();
            (0..grown * PAGE).step_by(4096).for_each(|at| write(memory.as_ref(), at, 1));
            drop(memory);
            assert_eq!(slots.changed(), (1, Vec::new()));
        }
    }

    #[test]
    fn what_was_swapped_out_is_found() {
        let slots = slots();
        let memory = memory(&slots);
        (0..7 * PAGE).step_by(8192).for_each(|at| write(memory.as_ref(), at, 1));
        #[expect(unsafe_code, reason = "memory is advised on")]
        // SAFETY: these are addresses of the memory, which keeps its content. Where there is nowhere to swap to, nothing happens.
        let _ = unsafe { madvise(memory.as_ptr().cast(), 7 * PAGE, Advice::LinuxPageOut) };
        drop(memory);
        assert_eq!(slots.changed(), (1, Vec::new()));
    }

    #[test]
    fn two_at_a_time_have_two() {
        let slots = slots();
        let (first, second) = (memory(&slots), memory(&slots));
        write(first.as_ref(), 3, 9);
        assert_ne!(first.as_ptr(), second.as_ptr());
        drop((first, second));
        assert_eq!(slots.changed(), (2, Vec::new()));
    }

    /// What candidates do to an interpreter's memory, each in turn in the one before's.
    #[test]
    fn no_page_of_an_interpreter_keeps_what_a_program_did() {
        let cache = CacheDir::from_environment();
        let sandbox = Sandbox::new(&Settings { jobs: 1, cache }, &mut |_| {}).unwrap();
        let Some(slots) = sandbox.slots.clone() else { panic!("a sandbox without memories of its own") };
        for program in [
            "x = 1",
            "import json, re, collections, decimal, datetime\nprint(json.dumps(list(range(1000))))",
            "x = [bytearray(5_000_000) for _ in range(40)]",
            "x = [bytes(1000) for _ in range(3000)][::7]",
            "def f(n): return f(n + 1)\nf(0)",
            "x = 'a'\nwhile True: x += x",
            "import gc\nx = [o for o in gc.get_objects()]\nfor o in x:\n    if type(o) is dict: o['leak'] = 1",
            "import sys\nfor m in list(sys.modules.values()):\n    try: m.leaked = 1\n    except Exception: pass",
            "while True: pass",
            "import os\nos._exit(3)",
        ] {
            let limits = Limits { fuel: 3_000_000_000, memory: 400 << 20, output: 1 << 10 };
            let mut instance = sandbox.instantiate(&limits).unwrap();
            let _ = instance.load(program, &[], false);
            drop(instance);
            let (memories, changed) = slots.changed();
            assert_eq!((memories, changed.len()), (1, 0), "{program}");
        }
    }
}
