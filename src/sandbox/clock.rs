//! A virtual clock: starts at the same instant for every instance and moves only when the guest looks or sleeps.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use wasmtime::component::{HasData, Resource, ResourceTable};
use wasmtime_wasi::{
    HostMonotonicClock, HostWallClock,
    p2::{
        DynPollable, Pollable,
        bindings::clocks::monotonic_clock::{self, Instant},
        subscribe,
    },
};

/// The start of the clock, 2024-07-21T00:00:00Z: a fixed Sunday, so that no verdict depends on the day it was made.
const EPOCH_SECONDS: u64 = 1_721_520_000;
/// The time between two looks at the clock, so that a loop waiting for time to pass does end.
const STEP_NANOSECONDS: u64 = 1_000;

/// The nanoseconds since the instance started, shared by its wall and its monotonic clock.
#[derive(Debug, Clone, Default)]
pub(super) struct VirtualClock(Arc<AtomicU64>);

impl VirtualClock {
    fn look(&self) -> u64 {
        self.0.fetch_add(STEP_NANOSECONDS, Relaxed)
    }

    fn advance_to(&self, instant: u64) {
        self.0.fetch_max(instant, Relaxed);
    }
}

impl HostWallClock for VirtualClock {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(STEP_NANOSECONDS)
    }

    fn now(&self) -> Duration {
        Duration::from_secs(EPOCH_SECONDS) + Duration::from_nanos(self.look())
    }
}

impl HostMonotonicClock for VirtualClock {
    fn resolution(&self) -> u64 {
        STEP_NANOSECONDS
    }

    fn now(&self) -> u64 {
        self.look()
    }
}

/// `wasi:clocks/monotonic-clock`, whose timers are due at once: waiting moves the clock, not the host.
pub(super) struct MonotonicView<'a> {
    pub(super) clock: &'a VirtualClock,
    pub(super) table: &'a mut ResourceTable,
}

/// Names [`MonotonicView`] to the linker.
pub(super) struct Monotonic;

impl HasData for Monotonic {
    type Data<'a> = MonotonicView<'a>;
}

impl monotonic_clock::Host for MonotonicView<'_> {
    fn now(&mut self) -> wasmtime::Result<Instant> {
        Ok(self.clock.look())
    }

    fn resolution(&mut self) -> wasmtime::Result<u64> {
        Ok(STEP_NANOSECONDS)
    }

    fn subscribe_instant(&mut self, when: Instant) -> wasmtime::Result<Resource<DynPollable>> {
        self.clock.advance_to(when);
        let due = self.table.push(Due)?;
        subscribe(self.table, due)
    }

    fn subscribe_duration(&mut self, duration: u64) -> wasmtime::Result<Resource<DynPollable>> {
        let when = self.clock.look().saturating_add(duration);
        self.subscribe_instant(when)
    }
}

/// A timer that is already due.
struct Due;

#[async_trait::async_trait]
impl Pollable for Due {
    async fn ready(&mut self) {}
}
