//! The sandbox: a fresh, deterministic CPython for every program nobody trusts.
//!
//! Each [`Instance`] is a component instance of its own under wasmtime: no file, no socket, no environment, a virtual
//! clock and a seeded random generator. What it may use is set by [`Limits`] and counted, never timed: *fuel* (about a wasm
//! operator, bulk operators per byte), memory, stack and output. An instance that ends early says why with an
//! [`Ending`]; anything that goes wrong on the host's side is a [`Fault`], which is never a verdict.
//!
//! # What the settings stand on
//!
//! * **Fuel, not epochs or wall time.** The same program uses the same fuel on every machine at every load, in the same guest. The guest counts
//!   it (`guest/build/link/meter/`) in a memory that the host reads and sets: programs that take 2.33 times the native time with
//!   wasmtime's own fuel take 1.89 times with this, and wasmtime's epochs cost a fifth of all time.
//!   Builds on x86-64 Linux with seccomp and glibc 2.35 give the same guest; elsewhere the interpreter's objects may lie otherwise, which changes fuel
//!   (3,280 candidates under two such builds: median 0.1 %, at most 0.8 %, no other verdict). Its digest tells them apart.
//! * **Synchronous calls on big stacks** ([`pool`]). Host functions run above the wasm stack; were it as large as the
//!   thread's, an overflow would end the process instead of the instance.
//! * **No preopened directory.** WASI's file functions have nothing to open, so their bugs have nothing to reach.
//! * **Wasm backtraces off.** Symbolising the interpreter's frames costs a hundred times the candidate.
//! * **Memories that stay.** Resetting an instance copies back what it changed of the interpreter's image instead of unmapping it, in memories of
//!   our own. Where the process may not have the address space for all that 32 bits can address, memories move as they grow; no verdict
//!   depends on which it is.

#[cfg(not(all(unix, target_pointer_width = "64")))]
compile_error!("the sandbox needs a 64-bit Unix");

mod address_space;
#[cfg(test)]
mod allocator_tests;
mod annotations;
mod bindings;
mod cache;
mod charges;
mod clock;
mod ending;
mod endless;
mod engine;
mod image;
mod instance;
mod libm;
mod limits;
mod look;
mod memory;
mod output;
pub mod pool;
mod speed;
mod state;

pub use annotations::Annotations;
pub use cache::{CacheDir, CacheEvent};
pub use ending::{Ending, Fault};
pub use engine::{Sandbox, Settings};
pub use instance::{Instance, Reply};
pub use limits::{Limits, Usage, readable_fuel};
pub use output::{Capture, Captured};
pub use speed::Speed;
pub use state::{GoOn, Peer};
