//! The counter of an instance's fuel, in a memory that nothing but its charges names (`guest/build/link/meter`).

use std::{
    io,
    ops::Range,
    ptr::NonNull,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
};

use rustix::mm::{MprotectFlags, mprotect};
use wasmtime::LinearMemory;

use super::slot::Map;

/// The cells behind the counter, which looks at the interpreter's state have (`guest/build/link/watch` says what each is).
const BELOW: usize = 1;
const CELLS: usize = 2;
const LOOKS: usize = 3;
const FROM: usize = 4;
const BEFORE: usize = 5;
const ADDRESS: usize = 6;
const VALUE: usize = 7;
const WITNESS: usize = 8;
const WORD: usize = 9;
const SEEN: Range<usize> = 10..128;
const ACTIVATIONS: usize = 128;

/// What a look sees beside the memory: the number of the activation, the globals, the locals; zeros behind them.
pub(in super::super) type Seen = [i64; SEEN.end - SEEN.start];

/// The looks that the host is asked at.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Asked {
    /// All from this one on.
    pub(in super::super) from: u64,
    /// Those of activations before this one.
    pub(in super::super) before: i64,
    /// Those that see this number at this place,
    pub(in super::super) seen: (usize, i64),
    /// while this word stands at this place of the memory.
    pub(in super::super) word: (usize, i64),
}

/// The bytes of the counter's memory, which it always has: by them it is told from the interpreter's.
pub(in super::super) const SIZE: usize = 64 << 10;

/// Addresses with a counter at the first, and the guards around it.
pub(super) struct Place {
    #[expect(dead_code, reason = "it is there to be dropped")]
    map: Map,
    base: NonNull<u8>,
    reserved: usize,
}

#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: `base` lies in `map`, and the host reads and writes nothing there but an atomic number.
unsafe impl Send for Place {}
#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: as above.
unsafe impl Sync for Place {}

/// Places that no instance has.
#[derive(Default)]
pub(super) struct Places(pub(super) Mutex<Vec<Place>>);

/// A place that an instance and its host have; the last of them gives it back.
struct Page {
    place: Option<Place>,
    base: NonNull<u8>,
    free: Arc<Places>,
}

#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: `base` is that of `place`.
unsafe impl Send for Page {}
#[expect(unsafe_code, reason = "addresses belong to no thread")]
// SAFETY: as above.
unsafe impl Sync for Page {}

/// The fuel that an instance has left, as its host sees it.
pub(in super::super) struct Counter(Arc<Page>);

/// The same, as the instance's memory.
pub(super) struct CounterMemory(Arc<Page>);

impl Place {
    #[expect(unsafe_code, reason = "addresses are memory")]
    fn new(reserved: usize, guard: usize) -> io::Result<Self> {
        let map = Map::reserve(guard + reserved.max(SIZE) + guard)?;
        // SAFETY: `guard` bytes on, the reservation goes on.
        let base = unsafe { map.start.cast::<u8>().add(guard) };
        // SAFETY: these are addresses of the reservation, at which nothing is.
        unsafe { mprotect(base.as_ptr().cast(), SIZE, MprotectFlags::READ | MprotectFlags::WRITE) }?;
        Ok(Self { map, base, reserved })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(place) = self.place.take() {
            self.free.0.lock().unwrap_or_else(PoisonError::into_inner).push(place);
        }
    }
}

impl Counter {
    /// Returns a counter that stands at zero.
    pub(super) fn new(free: &Arc<Places>, reserved: usize, guard: usize) -> io::Result<Self> {
        let known = free.0.lock().unwrap_or_else(PoisonError::into_inner).pop_if(|place| place.reserved == reserved);
        let place = known.map_or_else(|| Place::new(reserved, guard), Ok)?;
        let counter = Self(Arc::new(Page { base: place.base, place: Some(place), free: Arc::clone(free) }));
        // Nothing but these numbers was ever written there, and what is seen is written before each look.
        for cell in (0..SEEN.start).chain([ACTIVATIONS]) {
            counter.cell(cell).store(0, Relaxed);
        }
        Ok(counter)
    }

    pub(super) fn memory(&self) -> CounterMemory {
        CounterMemory(Arc::clone(&self.0))
    }

    #[expect(unsafe_code, reason = "memory is read and written")]
    fn cell(&self, at: usize) -> &AtomicI64 {
        assert!(at <= ACTIVATIONS, "a cell of the counter's");
        // SAFETY: `SIZE` bytes can be read and written as long as the place is there; the instance writes to them on the thread that it runs on,
        // which is in the host's code meanwhile.
        unsafe { self.0.base.cast::<AtomicI64>().add(at).as_ref() }
    }

    fn number(&self) -> &AtomicI64 {
        self.cell(0)
    }

    /// Has the interpreter look as long as it has less fuel left than this, beginning to count the looks.
    pub(in super::super) fn look_below(&self, fuel: u64) {
        self.cell(BELOW).store(i64::try_from(fuel).unwrap_or(i64::MAX), Relaxed);
        for cell in [LOOKS, FROM] {
            self.cell(cell).store(0, Relaxed);
        }
    }

    /// Says at which looks the host is asked.
    pub(in super::super) fn ask(&self, asked: Asked) {
        // Behind the cells there are zeros.
        let address = (SEEN.start + asked.seen.0).min(ACTIVATIONS) * size_of::<i64>();
        for (cell, value) in [
            (FROM, i64::try_from(asked.from).unwrap_or(i64::MAX)),
            (BEFORE, asked.before),
            (ADDRESS, i64::try_from(address).unwrap_or(0)),
            (VALUE, asked.seen.1),
            (WITNESS, i64::try_from(asked.word.0).unwrap_or(0)),
            (WORD, asked.word.1),
        ] {
            self.cell(cell).store(value, Relaxed);
        }
    }

    /// Takes what the interpreter shows, and the number of the look, if it shows something.
    pub(in super::super) fn take_look(&self) -> Option<(Seen, u64)> {
        let cells = usize::try_from(self.cell(CELLS).swap(0, Relaxed)).ok().filter(|cells| *cells > 0)?;
        let mut seen: Seen = [0; _];
        for (at, seen) in seen.iter_mut().enumerate().take(cells) {
            *seen = self.cell(SEEN.start + at).load(Relaxed);
        }
        Some((seen, u64::try_from(self.cell(LOOKS).load(Relaxed)).unwrap_or(0)))
    }

    /// Returns the fuel that is left.
    pub(in super::super) fn left(&self) -> u64 {
        u64::try_from(self.number().load(Relaxed)).unwrap_or(0)
    }

    /// Whether more was charged than there was.
    pub(in super::super) fn is_exhausted(&self) -> bool {
        self.number().load(Relaxed) < 0
    }

    /// Sets the fuel that is left.
    pub(in super::super) fn set(&self, fuel: u64) {
        self.number().store(i64::try_from(fuel).unwrap_or(i64::MAX), Relaxed);
    }

    /// Charges for what the host did. Where there is not so much, the instance ends at its next charge.
    pub(in super::super) fn charge(&self, fuel: u64) {
        let left = self.number().load(Relaxed);
        self.number().store(left.saturating_sub(i64::try_from(fuel).unwrap_or(i64::MAX)), Relaxed);
    }
}

#[expect(unsafe_code, reason = "wasmtime cannot check that a memory is one")]
// SAFETY: `SIZE` bytes from `base` on can be read and written, all others up to the end of the guard cannot; nothing moves.
unsafe impl LinearMemory for CounterMemory {
    fn byte_size(&self) -> usize {
        SIZE
    }

    fn byte_capacity(&self) -> usize {
        SIZE
    }

    fn grow_to(&mut self, new_size: usize) -> wasmtime::Result<()> {
        if new_size == SIZE { Ok(()) } else { Err(wasmtime::Error::msg("a counter does not grow")) }
    }

    fn as_ptr(&self) -> *mut u8 {
        self.0.base.as_ptr()
    }
}
