//! Worker threads with stacks big enough for two nested instances.
//!
//! Workers take the next item from one counter, so an item's result cannot depend on which worker had it or when: everything an
//! item needs comes from the item. Results reach the caller in the order they are finished, with their index; a caller that
//! wants input order sorts.

use std::{
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
        mpsc,
    },
    thread,
};

use super::{Fault, engine::WASM_STACK};

/// Stack of a worker in bytes: a tester's wasm stack, a candidate's above it, and the host's functions over both. Only what is touched
/// becomes memory.
const STACK: usize = 2 * WASM_STACK + (32 << 20);

/// As many workers as the machine runs at a time.
#[must_use]
pub fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Runs `work` over the indices `0..count` on `jobs` workers and hands each result to `sink` on the calling thread, in the order
/// of completion, until all are done or `sink` breaks.
///
/// # Errors
///
/// [`Fault::Thread`] where no worker could be started.
pub fn run<T: Send, B>(
    jobs: usize,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut sink: impl FnMut(usize, T) -> ControlFlow<B>,
) -> Result<Option<B>, Fault> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let (sender, receiver) = mpsc::sync_channel(jobs.max(1) * 4);
    thread::scope(|scope| {
        for worker in 0..jobs.clamp(1, count.max(1)) {
            let sender = sender.clone();
            let (next, stop, work) = (&next, &stop, &work);
            thread::Builder::new()
                .name(format!("worker-{worker}"))
                .stack_size(STACK)
                .spawn_scoped(scope, move || {
                    while !stop.load(Relaxed) {
                        let index = next.fetch_add(1, Relaxed);
                        if index >= count || sender.send((index, work(index))).is_err() {
                            break;
                        }
                    }
                })
                .map_err(Fault::Thread)?;
        }
        drop(sender);
        let mut broken = None;
        for (index, result) in &receiver {
            if let ControlFlow::Break(value) = sink(index, result) {
                broken = Some(value);
                stop.store(true, Relaxed);
                break;
            }
        }
        // A worker may be waiting to send: with the receiver gone it stops.
        drop(receiver);
        Ok(broken)
    })
}

/// Starts `work` on a thread of its own with a worker's stack.
///
/// # Errors
///
/// [`Fault::Thread`] where it could not be started.
pub fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work).map(drop).map_err(Fault::Thread)
}

/// Runs `work` once on a thread with a worker's stack.
///
/// # Errors
///
/// [`Fault::Thread`] where it could not be started.
pub fn run_one<T: Send>(work: impl Fn() -> T + Sync) -> Result<T, Fault> {
    let mut result = None;
    run(
        1,
        1,
        |_| work(),
        |_, value| {
            result = Some(value);
            ControlFlow::<()>::Continue(())
        },
    )?;
    result.ok_or_else(|| Fault::Thread(std::io::Error::other("the worker gave no result")))
}
