//! Retries: when a request is made again, and after how long; the same for all that is asked here by HTTP.
//!
//! | what came | another try |
//! |---|---|
//! | no connection, one that broke, or no answer in time | yes |
//! | 408, 409, 425, 429, and 5xx but for 501 and 505, which are about what a server can do at all | yes |
//! | a certificate that is not trusted, or an address that is none | no |
//! | any other status | no |
//!
//! The wait is doubled for each try, up to a longest one, then shortened by up to half: requests that failed together do not come back together.
//! The draw depends on a seed, a name and the try alone. Where the server says how long to wait (`Retry-After`, in seconds or as an HTTP date),
//! the wait is at least that; a server that asks for more than the longest wait is not waited for.

use std::time::{Duration, SystemTime};

/// The meaning of an HTTP status for another try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The request was answered.
    Done,
    /// The server had no room: another try may be answered.
    Passing,
    /// The server failed, which may be about this request alone; another try may be answered.
    Failed,
    /// Another try will be refused too.
    Lasting,
}

impl Answer {
    /// The meaning of this status.
    pub(crate) fn of(status: u16) -> Self {
        match status {
            200..=299 => Self::Done,
            500 => Self::Failed,
            408 | 409 | 425 | 429 | 502..=504 | 506..=599 => Self::Passing,
            _ => Self::Lasting,
        }
    }
}

/// The patience of requests: how often and how long they wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Patience {
    /// The number of tries after the first one.
    pub(crate) retries: u32,
    /// The wait before the second try.
    pub(crate) first_wait: Duration,
    /// The longest wait, and the longest that a server may ask for.
    pub(crate) longest_wait: Duration,
    /// The seed of the draws, which depend on names besides.
    pub(crate) seed: u64,
}

/// The step after a try that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another try, after so long.
    Wait(Duration),
    /// No other try: there were enough.
    Enough,
    /// No other try: the server asks for this wait, which is too long.
    TooLong(Duration),
}

impl Patience {
    /// The wait after try number `attempt` (from 0) of the request called `key` and `index`.
    pub(crate) fn wait(&self, key: &str, index: usize, attempt: u32) -> Duration {
        let full = self.first_wait.saturating_mul(1 << attempt.min(20)).min(self.longest_wait);
        let draw = draw("jitter", self.seed, key, index, attempt) >> 48;
        let share = u32::try_from(draw).unwrap_or(0); // 16 bits
        full / 2 + (full / 2 / (1 << 16)).saturating_mul(share)
    }

    /// The step after `failed` failed tries of the request called `key` and `index`, where the server asked to wait for `asked`.
    pub(crate) fn next(&self, key: &str, index: usize, failed: u32, asked: Option<Duration>) -> Next {
        if let Some(asked) = asked.filter(|asked| *asked > self.longest_wait) {
            return Next::TooLong(asked);
        }
        if failed > self.retries {
            return Next::Enough;
        }
        let own = self.wait(key, index, failed.saturating_sub(1));
        // On top of what the server asks for: requests that were held back together do not come back together.
        Next::Wait(asked.map_or(own, |asked| asked.saturating_add(self.wait(key, index, 0)).max(own)))
    }
}

/// The wait that a `Retry-After` header asks for, in seconds or as an HTTP date.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Sixty-four bits drawn from the parts, for one purpose.
pub(crate) fn draw(purpose: &str, seed: u64, key: &str, index: usize, attempt: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in [purpose.as_bytes(), &seed.to_le_bytes(), key.as_bytes(), &index.to_le_bytes(), &attempt.to_le_bytes()]
    {
        hasher.update(&part.len().to_le_bytes()).update(part);
    }
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience =
        Patience { retries: 6, first_wait: Duration::from_secs(1), longest_wait: Duration::from_mins(2), seed: 1 };

    #[test]
    fn waits_grow_within_bounds() {
        for attempt in 0..40 {
            let full = Duration::from_secs(1 << attempt.min(20)).min(PATIENCE.longest_wait);
            let wait = PATIENCE.wait("k", 0, attempt);
            assert!(wait >= full / 2 && wait <= full, "{attempt}: {wait:?}");
        }
        assert_eq!(PATIENCE.wait("k", 0, 3), PATIENCE.wait("k", 0, 3));
        assert_ne!(PATIENCE.wait("k", 0, 3), PATIENCE.wait("k", 1, 3));
    }

    #[test]
    fn a_server_is_waited_for_within_reason() {
        let seconds = Duration::from_secs;
        assert!(matches!(PATIENCE.next("k", 0, 1, Some(seconds(60))), Next::Wait(wait) if wait >= seconds(60)));
        assert_eq!(PATIENCE.next("k", 0, 1, Some(seconds(121))), Next::TooLong(seconds(121)));
        assert_eq!(PATIENCE.next("k", 0, 7, None), Next::Enough);
        assert!(matches!(PATIENCE.next("k", 0, 6, None), Next::Wait(_)));
    }

    #[test]
    fn a_status_says_whether_to_try_again() {
        for (statuses, answer) in [
            (&[200, 206][..], Answer::Done),
            (&[408, 409, 425, 429, 502, 503, 504, 529], Answer::Passing),
            (&[500], Answer::Failed),
            (&[301, 400, 401, 404, 416, 501, 505], Answer::Lasting),
        ] {
            assert!(statuses.iter().all(|status| Answer::of(*status) == answer), "{answer:?}");
        }
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
