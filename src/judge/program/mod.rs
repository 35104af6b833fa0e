//! The `Program` protocol: test code in a tester instance, the candidate behind stubs.
//!
//! # Most tests need no tester
//!
//! One call and one comparison are the host's to make: see `direct.rs`.
//!
//! # The tester is remembered
//!
//! Another tester is a deterministic function of the answers it gets: same clock, same random numbers, same hash seed, trusted code. So what it does
//! next (another call, or the test's result) is remembered under the answers so far (`memo.rs`), and a candidate whose answers were
//! all seen before, every correct one for instance, is judged without a tester instance. An answer not seen before starts one, feeds
//! it the answers so far, and goes on from there. What is remembered changes the cost of a verdict, never the verdict.

mod colocated;
pub(super) mod direct;
mod judging;
pub(super) mod memo;
mod prepare;
mod tester;

pub(super) use self::{judging::judge, prepare::prepare};
