//! The memory of what the testers of a task did: see [the protocol](super).

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use super::super::TestResult;

/// The bytes remembered for one task, and for all tasks of the process; beyond, testers simply run.
const TASK_BOUND: usize = 4 << 20;
const BOUND: usize = 64 << 20;

/// The bytes remembered by all of them.
static BYTES: AtomicUsize = AtomicUsize::new(0);

/// A task's memory of its testers: what they did, by the answers that they had got.
#[derive(Debug, Default)]
pub(in crate::judge) struct Memo {
    steps: Mutex<Steps>,
}

/// The steps by the test and the digest of the answers before, and their size.
#[derive(Debug, Default)]
struct Steps {
    known: HashMap<(usize, [u8; 32]), Step>,
    bytes: usize,
}

/// A tester's next step.
#[derive(Debug, Clone)]
pub(in crate::judge) enum Step {
    /// A call, with this encoded request.
    Call(Arc<[u8]>),
    /// The test is over.
    Done(Box<TestResult>),
}

impl Memo {
    pub(in crate::judge) fn get(&self, key: (usize, [u8; 32])) -> Option<Step> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).known.get(&key).cloned()
    }

    pub(in crate::judge) fn insert(&self, key: (usize, [u8; 32]), step: Step) {
        let size = 100
            + match &step {
                Step::Call(request) => request.len(),
                Step::Done(_) => 200,
            };
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        if steps.bytes + size <= TASK_BOUND && BYTES.load(Relaxed) + size <= BOUND {
            BYTES.fetch_add(size, Relaxed);
            steps.bytes += size;
            steps.known.insert(key, step);
        }
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        BYTES.fetch_sub(self.bytes, Relaxed);
    }
}
