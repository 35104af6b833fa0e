//! Memories of instances: the interpreter's image, mapped privately, and given back by copying what an instance changed.
//!
//! wasmtime's pool does the same, but leaves no way to a counter of our own, and takes no more than 32 stretches of changed pages from the kernel
//! and unmaps what lies beyond. An interpreter that runs a trivial program changes 211 pages in 161 places, so that most were faulted in again
//! by the next one: three quarters of a fresh instance's time. Here there may be any number of places.
//!
//! Nothing of one instance reaches the next: `PAGEMAP_SCAN` names each page that is no longer the image's (or zero, beyond it), in memory or
//! swapped out, and each is written over; where anything about that fails, the memory is unmapped and the next instance gets another. Linux
//! before 6.7 does not name them: there all changes are dropped. Other systems cannot drop them: there every instance gets a new memory.
//! A process that forks must not use its parent's sandbox where it has its parent's number too, as in a new namespace of processes.
//!
//! This is unsafe code, and all of it that has to do with memory. What it rests on: a slot is owned by one instance at a time, its addresses are
//! reserved with guards on both sides until it is dropped, and no more than `accessible` bytes of it can be touched.

mod changed;
mod counter;
#[cfg(target_os = "linux")]
mod pages;
#[cfg(not(target_os = "linux"))]
#[path = "no_pages.rs"]
mod pages;
mod slot;
#[cfg(test)]
mod tests;

use std::{
    cell::{Cell, RefCell},
    fs::File,
    io::{self, Write},
    ops::Range,
    ptr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use wasmtime::{LinearMemory, MemoryCreator, MemoryType};

pub(super) use self::counter::{Asked, Counter, SIZE as COUNTER_SIZE, Seen};
use self::{
    counter::{CounterMemory, Places},
    pages::Reuse,
    slot::{Image, Slot},
};

/// The memories of a sandbox.
pub(super) struct Slots {
    image: OnceLock<Image>,
    runtime: OnceLock<Option<usize>>,
    free: Mutex<Vec<Slot>>,
    /// Places for counters that no instance has.
    counters: Arc<Places>,
    reuse: Reuse,
    /// The bytes behind a memory that may move, into which it grows first.
    room: usize,
}

thread_local! {
    /// Whether the machine refused this thread a memory since that was last asked.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
    /// The counter of the instance that this thread made last.
    static COUNTER: RefCell<Option<Counter>> = const { RefCell::new(None) };
}

/// An instance's memory.
struct Memory {
    slot: Option<Slot>,
    slots: Arc<Slots>,
    /// Whether it may move to grow, and whether it did.
    moves: bool,
    moved: bool,
    guard: usize,
}

/// What the engine asks for memories.
pub(super) struct Creator(pub(super) Arc<Slots>);

/// A file in memory.
///
/// # Errors
///
/// The system's.
pub(super) fn file_of(content: &[u8]) -> io::Result<File> {
    #[cfg(target_os = "linux")]
    let mut file = File::from(rustix::fs::memfd_create("tracewright", rustix::fs::MemfdFlags::CLOEXEC)?);
    #[cfg(not(target_os = "linux"))]
    let mut file = tempfile::tempfile()?;
    file.write_all(content)?;
    Ok(file)
}

/// Whether the machine refused this thread a memory since this was last asked.
pub(super) fn was_refused() -> bool {
    REFUSED.take()
}

/// Takes the counter of the instance that this thread made last.
pub(super) fn take_counter() -> Option<Counter> {
    COUNTER.take()
}

impl Slots {
    /// Returns no memories yet. Those that may move have `room` bytes to grow into where they are.
    pub(super) fn new(room: usize) -> Arc<Self> {
        Arc::new(Self {
            image: OnceLock::new(),
            runtime: OnceLock::new(),
            free: Mutex::default(),
            counters: Arc::default(),
            reuse: Reuse::of_system(),
            room,
        })
    }

    /// Has all memories begin as `file`, which is of whole pages and does not change.
    ///
    /// # Errors
    ///
    /// The system's, where it cannot be mapped.
    pub(super) fn begin_with(&self, file: File) -> io::Result<()> {
        let _ = self.image.set(Image::new(file)?);
        Ok(())
    }

    /// The memory that every instance begins with; beyond it there are zeros.
    pub(super) fn image(&self) -> &[u8] {
        self.image.get().map_or(&[], Image::bytes)
    }

    /// The place of the interpreter's own state in the memory, which `find` finds in the image the first time.
    pub(super) fn runtime(&self, find: impl FnOnce(&[u8]) -> Option<usize>) -> Option<usize> {
        *self.runtime.get_or_init(|| find(self.image()))
    }

    /// The places in an instance's memory that differ from what was there at first, in order.
    pub(super) fn changes(&self, memory: &[u8]) -> Vec<Range<usize>> {
        changed::places(memory, self.image(), self.reuse)
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
        if slot.reset(image, self.reuse).is_ok() {
            self.free.lock().unwrap_or_else(PoisonError::into_inner).push(slot);
        }
    }
}

#[expect(unsafe_code, reason = "wasmtime cannot check that a memory is one")]
// SAFETY: a memory is reserved in full with its guards, and moves only where none was asked to be reserved.
unsafe impl MemoryCreator for Creator {
    fn new_memory(
        &self,
        _: MemoryType,
        minimum: usize,
        maximum: Option<usize>,
        reserved: Option<usize>,
        guard: usize,
    ) -> Result<Box<dyn LinearMemory>, String> {
        let reserved = reserved.unwrap_or(0);
        let memory = if (minimum, maximum) == (counter::SIZE, Some(counter::SIZE)) {
            new_counter(&self.0, reserved, guard).map(|memory| Box::new(memory) as Box<dyn LinearMemory>)
        } else {
            self.interpreter(minimum, reserved, guard).map(|memory| Box::new(memory) as Box<dyn LinearMemory>)
        };
        memory.map_err(|error| {
            // A text is all that is taken here.
            REFUSED.set(error.kind() == io::ErrorKind::OutOfMemory);
            format!("cannot make a memory: {error}")
        })
    }
}

/// Returns the memory of a counter, which [`take_counter`] gives.
fn new_counter(slots: &Arc<Slots>, reserved: usize, guard: usize) -> io::Result<CounterMemory> {
    let counter = Counter::new(&slots.counters, reserved, guard)?;
    let memory = counter.memory();
    COUNTER.replace(Some(counter));
    Ok(memory)
}

impl Creator {
    fn interpreter(&self, minimum: usize, reserved: usize, guard: usize) -> io::Result<Memory> {
        // With no reservation, compiled code expects it to move.
        let moves = reserved < minimum;
        let reserved = if moves { minimum + self.0.room } else { reserved };
        let slot = self.0.slot(minimum, reserved, guard)?;
        Ok(Memory { slot: Some(slot), slots: Arc::clone(&self.0), moves, moved: false, guard })
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
        if new_size > slot.reserved && self.moves {
            let image = self.slots.image.get().ok_or_else(|| wasmtime::Error::msg("there is no image"))?;
            let reserved = new_size.saturating_add(self.slots.room);
            let mut larger = Slot::new(image, slot.minimum, reserved, self.guard).map_err(wasmtime::Error::new)?;
            larger.grow_to(new_size).map_err(wasmtime::Error::new)?;
            larger.copy(slot);
            *slot = larger;
            self.moved = true;
            return Ok(());
        }
        slot.grow_to(new_size).map_err(wasmtime::Error::new)
    }

    fn as_ptr(&self) -> *mut u8 {
        self.slot.as_ref().map_or(ptr::null_mut(), |slot| slot.base.as_ptr())
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // One that moved has another size than the next instance asks for, and takes more of what addresses there are.
        if let Some(slot) = self.slot.take().filter(|_| !self.moved) {
            self.slots.give_back(slot);
        }
    }
}
