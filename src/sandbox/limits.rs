//! The limits of what an instance may use, and what it used.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use wasmtime::ResourceLimiter;

use super::{Fault, ending, memory::COUNTER_SIZE};

/// The number of elements that one table may have: the interpreter needs about 11,000.
pub(super) const TABLE_ELEMENTS: usize = 40_000;

/// The limits of one instance. All are counted, none is timed, so they hold alike on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// About the wasm operators, bulk memory operators counted per byte: see `guest/build/link/meter/`. `doctor` says what a second is.
    pub fuel: u64,
    /// The linear memory in bytes, the interpreter's own 50 MiB included. At most [`Limits::MAX_MEMORY`].
    pub memory: usize,
    /// The bytes of standard output and of standard error that are kept, each; the rest is counted and dropped.
    pub output: usize,
}

impl Limits {
    /// The most memory an instance can be given: all that 32-bit WebAssembly can address.
    pub const MAX_MEMORY: usize = (4 << 30) - (64 << 10);

    /// The limits for code the harness trusts (references, tests): generous, but never endless.
    #[must_use]
    pub const fn trusted() -> Self {
        Self { fuel: 2_000_000_000_000, memory: Self::MAX_MEMORY, output: 64 << 10 }
    }
}

/// The fuel and the memory that an instance used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// The fuel burnt.
    pub fuel: u64,
    /// The largest linear memory it had, in bytes.
    pub peak_memory: usize,
}

/// The fuel for people: in thousands, millions or billions.
#[expect(clippy::cast_precision_loss, reason = "for people")]
#[must_use]
pub fn readable_fuel(fuel: u64) -> String {
    match fuel {
        0..1_000 => fuel.to_string(),
        1_000..1_000_000 => format!("{:.1} k", fuel as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} M", fuel as f64 / 1e6),
        _ => format!("{:.1} G", fuel as f64 / 1e9),
    }
}

/// Enforces the memory limit and notes the peak.
#[derive(Debug)]
pub(super) struct MemoryLimiter {
    limit: usize,
    pub(super) peak: usize,
    /// Whether growth was refused: what turns a later failure into *out of memory*.
    pub(super) denied: bool,
    /// Whether the machine refused memory that a limit allows, to any instance of the sandbox.
    starved: Arc<AtomicBool>,
}

impl MemoryLimiter {
    pub(super) fn new(limit: usize, starved: Arc<AtomicBool>) -> Self {
        Self { limit: limit.min(Limits::MAX_MEMORY), peak: 0, denied: false, starved }
    }

    /// Fails where the machine refused memory.
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.starved.load(Relaxed) { Err(Fault::Memory) } else { Ok(()) }
    }

    /// Notes where the machine refused memory; says whether it did.
    pub(super) fn note_failure(&self, error: &wasmtime::Error) -> bool {
        let refused = ending::refused_memory(error);
        if refused {
            self.note_refusal();
        }
        refused
    }

    /// Notes that the machine refused memory.
    pub(super) fn note_refusal(&self) {
        self.starved.store(true, Relaxed);
    }
}

impl ResourceLimiter for MemoryLimiter {
    fn memory_growing(&mut self, _current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        // The counter of fuel is not the program's.
        if (desired, maximum) == (COUNTER_SIZE, Some(COUNTER_SIZE)) {
            return Ok(true);
        }
        let allowed = desired <= self.limit;
        if allowed {
            self.peak = self.peak.max(desired);
        } else {
            self.denied = true;
        }
        Ok(allowed)
    }

    fn memory_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        // A program that went on with a `MemoryError` would get a verdict that depends on the machine.
        if self.note_failure(&error) {
            return Err(error);
        }
        // More than 32 bits can address, of which wasmtime does not ask first.
        self.denied = true;
        Ok(())
    }

    fn table_growing(&mut self, _current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }
}
