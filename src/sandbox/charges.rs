//! What the host charges an instance for work that it does for it: the guest's meter sees a call, whatever that costs.

use std::{
    convert::Infallible,
    sync::{Arc, OnceLock},
};

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng, TryRng};

use super::memory::Counter;

/// The fuel for a random byte: with what carries it into the guest, a program that asks for nothing else burns fuel as any other does.
const RANDOM_BYTE: u64 = 16;
/// The fuel for a byte of output.
const OUTPUT_BYTE: u64 = 12;

/// The counter of an instance's fuel, once there is an instance: shared by all that charge.
#[derive(Clone, Default)]
pub(super) struct Charges(Arc<OnceLock<Counter>>);

impl std::fmt::Debug for Charges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Charges").field(&self.counter().map(Counter::left)).finish()
    }
}

impl Charges {
    /// Sets the counter, of which there is one for an instance.
    pub(super) fn begin(&self, counter: Counter) {
        let _ = self.0.set(counter);
    }

    pub(super) fn counter(&self) -> Option<&Counter> {
        self.0.get()
    }

    /// Charges for work.
    pub(super) fn charge(&self, fuel: u64) {
        if let Some(counter) = self.counter() {
            counter.charge(fuel);
        }
    }

    /// Charges for output.
    pub(super) fn charge_output(&self, bytes: usize) {
        self.charge((bytes as u64).saturating_mul(OUTPUT_BYTE));
    }
}

/// A random generator that charges for what it gives.
pub(super) struct ChargedRandom {
    random: ChaCha8Rng,
    charges: Charges,
}

impl ChargedRandom {
    pub(super) fn new(seed: u64, charges: &Charges) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), charges: charges.clone() }
    }
}

impl TryRng for ChargedRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.charges.charge(4 * RANDOM_BYTE);
        Ok(self.random.next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.charges.charge(8 * RANDOM_BYTE);
        Ok(self.random.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.charges.charge((bytes.len() as u64).saturating_mul(RANDOM_BYTE));
        self.random.fill_bytes(bytes);
        Ok(())
    }
}
