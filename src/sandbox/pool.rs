//! Worker threads with stacks big enough for two nested instances.
//!
//! An instance that recurses to its limit needs more stack than an ordinary thread has, and a stack that overflows on the host ends the
//! process. So whatever enters an instance does it by [`run_one`], which costs nothing on a worker and a thread elsewhere.
//!
//! Workers take the next item from one counter, so an item's result cannot depend on which worker had it or when: everything an
//! item needs comes from the item. Results reach the caller in the order they are finished, with their index; a caller that
//! wants input order sorts.

use std::{
    cell::Cell,
    num::NonZeroUsize,
    ops::ControlFlow,
    panic,
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

thread_local! {
    /// Whether this thread has a worker's stack.
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

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
                    IS_WORKER.set(true);
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
    let work = || {
        IS_WORKER.set(true);
        work();
    };
    thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work).map(drop).map_err(Fault::Thread)
}

/// Runs `work` with a worker's stack: where it stands if that is on a worker, else on a thread made for it. A panic of `work` is the
/// caller's.
///
/// # Errors
///
/// [`Fault::Thread`] where no thread could be started.
pub fn run_one<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Fault> {
    if IS_WORKER.get() {
        return Ok(work());
    }
    let work = || {
        IS_WORKER.set(true);
        work()
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("worker".to_owned()).stack_size(STACK);
        let thread = thread.spawn_scoped(scope, work).map_err(Fault::Thread)?;
        thread.join().map_or_else(|panic| panic::resume_unwind(panic), Ok)
    })
}
