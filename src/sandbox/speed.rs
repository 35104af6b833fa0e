//! The speed of the sandbox on this machine.

use std::time::Instant;

use super::{Fault, Limits, Sandbox, pool};

/// A loop of ordinary interpreter work: what most candidates spend their fuel on.
const WORK: &str = "def work(n):\n    total, seen = 0, {}\n    for i in range(n):\n        total += i % 7 * 3\n        seen[i & 255] = total\n    return total\n\nwork(400_000)\n";

/// The number of instances that are made to see how long one takes.
const INSTANCES: u32 = 50;

/// The speed of the sandbox on this machine, for people: nothing depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// The fuel that a second of work uses.
    pub fuel_per_second: f64,
    /// The seconds that a fresh instance with a trivial candidate takes.
    pub instance_seconds: f64,
}

impl Speed {
    /// Measures the speed, in a second or so.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness.
    pub fn measure(sandbox: &Sandbox) -> Result<Self, Fault> {
        let limits = Limits { fuel: 1_000_000_000_000, memory: 1 << 30, output: 4096 };
        pool::run_one(|| {
            let mut instance = sandbox.instantiate(&limits)?;
            let started = Instant::now();
            let _ = instance.run(WORK, "doctor.py");
            let (fuel, seconds) = (instance.usage().fuel, started.elapsed().as_secs_f64());
            let started = Instant::now();
            for _ in 0..INSTANCES {
                let mut instance = sandbox.instantiate(&limits)?;
                let _ = instance.load("def f(x):\n    return x\n", &[], false);
            }
            let instance_seconds = started.elapsed().as_secs_f64() / f64::from(INSTANCES);
            #[expect(clippy::cast_precision_loss, reason = "for people")]
            let fuel_per_second = fuel as f64 / seconds;
            Ok(Self { fuel_per_second, instance_seconds })
        })?
    }
}
