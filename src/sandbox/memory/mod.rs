//! Memories of instances: the interpreter's image, mapped privately, and given back by copying what an instance changed.
//!
//! wasmtime's pool does the same, but takes no more than 32 stretches of changed pages from the kernel and unmaps what lies beyond. An
//! interpreter that runs a trivial program changes 211 pages in 161 places, so that most were faulted in again by the next one: three
//! quarters of a fresh instance's time. Here there may be any number of places.
//!
//! Nothing of one instance reaches the next: `PAGEMAP_SCAN` names each page that is no longer the image's (or zero, beyond it), in memory or
//! swapped out, and each is written over; where anything about that fails, the memory is unmapped and the next instance gets another.
//! A process that forks must not use its parent's sandbox where it has its parent's number too, as in a new namespace of processes.
//!
//! This is unsafe code, and all of it that has to do with memory. What it rests on: a slot is owned by one instance at a time, its addresses are
//! reserved with guards on both sides until it is dropped, and no more than `accessible` bytes of it can be touched.

mod pages;
mod slot;
#[cfg(test)]
mod tests;

use std::{
    cell::Cell,
    fs::File,
    io::{self, Write},
    mem::MaybeUninit,
    ptr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use wasmtime::{LinearMemory, MemoryCreator, MemoryType};

use self::{
    pages::Zeros,
    slot::{Image, Slot},
};

/// The memories of a sandbox.
pub(super) struct Slots {
    image: OnceLock<Image>,
    free: Mutex<Vec<Slot>>,
}

thread_local! {
    /// Whether the machine refused this thread a memory since that was last asked.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// An instance's memory.
struct Memory {
    slot: Option<Slot>,
    slots: Arc<Slots>,
}

/// What the engine asks for memories.
pub(super) struct Creator(pub(super) Arc<Slots>);

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

/// Whether the machine refused this thread a memory since this was last asked.
pub(super) fn was_refused() -> bool {
    REFUSED.take()
}

impl Slots {
    /// Returns no memories yet, where the system can tell which pages changed; else nothing.
    pub(super) fn new() -> Option<Arc<Self>> {
        pages::scan(ptr::null(), 0, Zeros::Changed, &mut [MaybeUninit::uninit()]).ok()?;
        Some(Arc::new(Self { image: OnceLock::new(), free: Mutex::default() }))
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
                // A text is all that is taken here.
                REFUSED.set(error.kind() == io::ErrorKind::OutOfMemory);
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
