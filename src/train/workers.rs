//! Rows of a step at the same time, each on threads of its own.
//!
//! A small model's operators are too short to be shared among threads: most of the time went into waking them. A row on a thread of its own
//! needs none of that. Sums over rows are taken in their order, so no result depends on how many there are at a time.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The most rows at a time: each has activations and gradients of its own in memory.
const MOST: usize = 8;

/// Threads for rows.
#[derive(Debug, Default)]
pub(super) struct Workers(Vec<ThreadPool>);

impl Workers {
    /// The result of `work` on each item, in their order.
    pub(super) fn map<T: Sync, R: Send>(&mut self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let threads = rayon::current_num_threads();
        let count = threads.min(items.len()).min(MOST);
        if count > 1 && self.0.len() != count {
            let pool = |_| ThreadPoolBuilder::new().num_threads((threads / count).max(1)).build();
            // Without threads of its own, everything runs as if there were one.
            self.0 = (0..count).map(pool).collect::<Result<_, _>>().unwrap_or_default();
        }
        if count < 2 || self.0.is_empty() {
            return items.iter().map(work).collect();
        }
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(items.len()));
        std::thread::scope(|scope| {
            for pool in &self.0 {
                scope.spawn(|| {
                    pool.install(|| {
                        while let Some((index, item)) = {
                            let index = next.fetch_add(1, Ordering::Relaxed);
                            items.get(index).map(|item| (index, item))
                        } {
                            let result = work(item);
                            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                        }
                    });
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let mut workers = Workers::default();
        for count in [0, 1, 2, 3, 50] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(workers.map(&items, |item| item * 3), items.iter().map(|item| item * 3).collect::<Vec<_>>());
        }
    }
}
