//! Worker threads with stacks big enough for two nested instances.
//!
//! An instance that recurses to its limit needs more stack than an ordinary thread has, and a stack that overflows on the host ends the
//! process. So whatever enters an instance does it by [`run_one`], which costs nothing on a worker and a thread elsewhere.
//!
//! Workers take the next item from one counter, so an item's result cannot depend on which worker had it or when: everything an
//! item needs comes from the item. Results reach the caller in the order they are finished, with their index; a caller that
//! wants input order sorts, or asks [`in_order`].

use std::{
    cell::Cell,
    collections::BTreeMap,
    num::NonZeroUsize,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
        mpsc,
    },
    thread,
};

use super::{Fault, engine::WASM_STACK};

/// The stack of a worker in bytes: a tester's wasm stack, a candidate's above it, and the host's functions over both. Only what is touched
/// becomes memory.
const STACK: usize = 2 * WASM_STACK + (32 << 20);

thread_local! {
    /// Whether this thread has a worker's stack.
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

/// The number of workers that the machine runs at a time.
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

/// Takes items from `input` as workers become free, has `work` done on each, and hands the results to `sink` on the calling thread, with
/// their position and in the order of the input, until all are done or `sink` breaks.
///
/// # Errors
///
/// [`Fault::Thread`] where no worker could be started.
pub fn in_order<I: Send, T: Send, B>(
    jobs: usize,
    mut input: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    mut sink: impl FnMut(usize, T) -> ControlFlow<B>,
) -> Result<Option<B>, Fault> {
    let jobs = jobs.max(1);
    let (items, taken) = mpsc::channel::<(usize, I)>();
    let taken = Mutex::new(taken);
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        // Moved here, so that a return ends the workers.
        let items = items;
        for worker in 0..jobs {
            let (sender, taken, work) = (sender.clone(), &taken, &work);
            let thread = thread::Builder::new().name(format!("worker-{worker}")).stack_size(STACK);
            let serve = move || {
                IS_WORKER.set(true);
                let next = || taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((position, item)) = next() {
                    // A panic must reach who waits for the result.
                    let result = panic::catch_unwind(AssertUnwindSafe(|| work(item)));
                    if sender.send((position, result)).is_err() {
                        break;
                    }
                }
            };
            thread.spawn_scoped(scope, serve).map_err(Fault::Thread)?;
        }
        let (mut given, mut handed) = (0, 0);
        let mut waiting = BTreeMap::new();
        let mut more = true;
        loop {
            while more && given - handed < jobs * 4 {
                more = input.next().is_some_and(|item| items.send((given, item)).is_ok());
                given += usize::from(more);
            }
            if handed == given {
                return Ok(None);
            }
            let Ok((position, result)) = results.recv() else { return Ok(None) };
            waiting.insert(position, result.unwrap_or_else(|panic| panic::resume_unwind(panic)));
            while let Some(result) = waiting.remove(&handed) {
                if let ControlFlow::Break(value) = sink(handed, result) {
                    // What nobody has begun, nobody needs.
                    drop(items);
                    while taken.lock().unwrap_or_else(PoisonError::into_inner).try_recv().is_ok() {}
                    return Ok(Some(value));
                }
                handed += 1;
            }
        }
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
