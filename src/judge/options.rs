//! The options by which candidates are judged.

use serde::Serialize;

use crate::sandbox::{Annotations, Limits};

/// The options of judging. They are part of a run's identity: two runs with equal options give equal bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Options {
    /// The least fuel for one input, or for all of a program's tests; EvalPlus's `min_time_limit` (4 s an input).
    pub fuel_floor: u64,
    /// The factor on the reference's fuel for the same; EvalPlus's `gt_time_limit_factor` (4).
    pub fuel_factor: f64,
    /// The linear memory of the candidate's instance in bytes.
    pub memory: usize,
    /// Whether tests go on after a failure (EvalPlus's `--test-details`).
    pub run_all: bool,
    /// The time at which candidates evaluate their annotations.
    pub annotations: Annotations,
    /// Whether to judge each candidate once more to see what it tries ([`Judgement::audit`](super::Judgement::audit)).
    pub audit: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fuel_floor: 20_000_000_000,
            fuel_factor: 4.0,
            memory: 1 << 30,
            run_all: false,
            annotations: Annotations::Eager,
            audit: false,
        }
    }
}

/// The number of floors that all inputs of a task may use together: EvalPlus's 60 s a task over its 4 s an input.
const FLOORS_IN_ALL: u64 = 15;

impl Options {
    /// The fuel for what the reference used `reference` for: the larger of the floor and the factor.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a limit: fuel is far below 2^53, and the factor is positive"
    )]
    pub fn fuel_for(&self, reference: u64) -> u64 {
        self.fuel_floor.max((reference as f64 * self.fuel_factor) as u64)
    }

    /// The fuel for all inputs of a task whose reference used `reference` for them.
    #[must_use]
    pub fn fuel_for_all(&self, reference: u64) -> u64 {
        self.fuel_for(reference).max(self.fuel_floor.saturating_mul(FLOORS_IN_ALL))
    }

    /// An instance's limits with that much fuel.
    #[must_use]
    pub fn limits(&self, fuel: u64) -> Limits {
        Limits { fuel, memory: self.memory, output: 4 << 10 }
    }
}
