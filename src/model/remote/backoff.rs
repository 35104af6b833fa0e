//! Waiting between tries, and numbers that depend on nothing but the seed, the task and the index.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::http::draw;

/// The seed sent with a request: 31 bits, since some servers keep it in a signed 32-bit integer.
pub(super) fn request_seed(seed: u64, key: &str, first: usize) -> u64 {
    draw("request seed", seed, key, first, 0) >> 33
}

/// The gate at which the threads of one call wait, and are told to stop.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    stopped: bool,
    /// The time before which no request is made, as the server asked.
    closed_until: Option<Instant>,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for at least `wait`, and until the server wants to hear from us again and `jitter` longer. `false`: stop.
    pub(super) fn pass(&self, wait: Duration, jitter: Duration) -> bool {
        let begun = Instant::now();
        let own = begun.checked_add(wait);
        let mut state = self.state();
        loop {
            if state.stopped {
                return false;
            }
            let now = Instant::now();
            let opens = state.closed_until.filter(|until| *until > begun).and_then(|until| until.checked_add(jitter));
            let left = own.max(opens).map_or(Duration::ZERO, |until| until.saturating_duration_since(now));
            if left.is_zero() {
                return true;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Holds every request back for `wait`.
    pub(super) fn close_for(&self, wait: Duration) {
        let until = Instant::now().checked_add(wait);
        let mut state = self.state();
        state.closed_until = state.closed_until.max(until);
    }

    /// Lets nothing pass any more and wakes who waits.
    pub(super) fn stop(&self) {
        self.state().stopped = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_depend_on_each_part_and_nothing_else() {
        let seed = request_seed(7, "Mbpp/3", 2);
        assert_eq!(seed, request_seed(7, "Mbpp/3", 2));
        assert_ne!(seed, request_seed(8, "Mbpp/3", 2));
        assert_ne!(seed, request_seed(7, "Mbpp/4", 2));
        assert_ne!(seed, request_seed(7, "Mbpp/3", 3));
        assert!((0..1000).all(|index| request_seed(7, "k", index) < 1 << 31));
    }

    #[test]
    fn the_gate_holds_back_while_it_is_closed() {
        let gate = Gate::default();
        let [closed, jitter] = [60, 40].map(Duration::from_millis);
        let begun = Instant::now();
        gate.close_for(closed);
        assert!(gate.pass(Duration::ZERO, jitter));
        assert!(begun.elapsed() >= closed + jitter, "{:?}", begun.elapsed());
        assert!(gate.pass(Duration::ZERO, Duration::from_hours(1)), "it is open: nothing is put on top");
        gate.stop();
        assert!(!gate.pass(Duration::from_hours(1), jitter));
    }
}
