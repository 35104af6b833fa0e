//! Waiting between tries, and numbers that depend on nothing but seed, task and index.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use super::Options;

/// Sixty-four bits drawn from the parts, for one purpose.
fn draw(purpose: &str, seed: u64, key: &str, index: usize, attempt: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in [purpose.as_bytes(), &seed.to_le_bytes(), key.as_bytes(), &index.to_le_bytes(), &attempt.to_le_bytes()]
    {
        hasher.update(&part.len().to_le_bytes()).update(part);
    }
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

/// The seed sent with a request: 31 bits, since some servers keep it in a signed 32-bit integer.
pub(super) fn request_seed(seed: u64, key: &str, first: usize) -> u64 {
    draw("request seed", seed, key, first, 0) >> 33
}

/// The wait after try number `attempt` (from 0): doubled each time, then shortened by up to half so that requests which failed together
/// do not come back together.
pub(super) fn wait(options: &Options, key: &str, first: usize, attempt: u32) -> Duration {
    let full = options.first_wait.saturating_mul(1 << attempt.min(20)).min(options.longest_wait);
    let draw = draw("jitter", options.seed.unwrap_or(0), key, first, attempt) >> 48;
    let share = u32::try_from(draw).unwrap_or(0); // 16 bits
    full / 2 + (full / 2 / (1 << 16)).saturating_mul(share)
}

/// What a `Retry-After` header asks for: seconds or an HTTP date.
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Where the threads of one call wait, and are told to stop.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    stopped: bool,
    /// No request before this, as the server asked.
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
    fn waits_grow_within_bounds() {
        let options = Options { seed: Some(1), ..Options::default() };
        for attempt in 0..40 {
            let full = Duration::from_secs(1 << attempt.min(20)).min(options.longest_wait);
            let wait = wait(&options, "k", 0, attempt);
            assert!(wait >= full / 2 && wait <= full, "{attempt}: {wait:?}");
        }
        assert_eq!(wait(&options, "k", 0, 3), wait(&options, "k", 0, 3));
        assert_ne!(wait(&options, "k", 0, 3), wait(&options, "k", 1, 3));
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

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 - 30);
        assert_eq!(retry_after(" 7 ", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:06 GMT", now), Some(Duration::ZERO), "in the past");
        assert_eq!(retry_after("Sun, 06 Nov 1904 08:49:37 GMT", now), None);
        assert_eq!(retry_after("-3", now), None);
        assert_eq!(retry_after("soon", now), None);
    }
}
