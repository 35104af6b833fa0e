//! One request and its answer, with tries until there is one.

use std::{
    fmt,
    io::{ErrorKind, Read},
    time::{Duration, SystemTime},
};

use flate2::read::MultiGzDecoder;
use ureq::{Agent, Timeout, http::HeaderValue};

use super::{
    Completion, Options, RemoteError,
    backoff::Gate,
    error::{remedy, words},
    job::Request,
    key::Key,
    wire::{self, Answer},
};
use crate::http::{self, Next};

/// The most that is read of an error's body.
const LONGEST_ERROR: u64 = 64 << 10;

/// The number of retries where the answer was something else than one of the protocol: mostly the address is wrong.
const FOREIGN_RETRIES: u32 = 2;

/// A try that did not work, while more are to come.
#[derive(Debug, Clone)]
pub struct Retry {
    /// The task.
    pub key: String,
    /// The number of tries that have failed.
    pub failed: u32,
    /// The wait until the next one.
    pub wait: Duration,
    /// The cause, in words.
    pub why: String,
}

/// A listener that is told of failed tries.
pub(super) type Notice = Box<dyn Fn(&Retry) + Send + Sync>;

/// A server and how to speak to it.
pub(super) struct Server {
    pub(super) base: String,
    pub(super) model: String,
    pub(super) options: Options,
    pub(super) agent: Agent,
    pub(super) key: Option<Key>,
    pub(super) notice: Option<Notice>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("base", &self.base).field("model", &self.model).finish_non_exhaustive()
    }
}

/// The outcome of a request for samples.
#[derive(Debug)]
pub(super) enum Outcome {
    /// At least one sample.
    Choices(Vec<Completion>),
    /// No sample, and the reason may be that several were asked for at once.
    SeveralRefused,
    /// No sample.
    Failed(RemoteError),
}

/// The reason why one try did not work.
#[derive(Debug)]
enum Fault {
    /// Another try may work: the server was not reached or had no room.
    Passing { why: String, after: Option<Duration> },
    /// Another try may work: the server answered, but there is no sample in it.
    Broken { why: String, after: Option<Duration> },
    /// Another try may work, though the answer is not even of the protocol.
    Foreign(String),
    /// No try will work.
    Lasting(RemoteError),
}

impl Server {
    fn words(&self, text: &str) -> String {
        words(text, self.key.as_ref().map(Key::secret))
    }

    /// Asks for samples.
    pub(super) fn complete(&self, gate: &Gate, request: &Request) -> Outcome {
        match self.persist(gate, request) {
            Ok(choices) => Outcome::Choices(choices),
            // 200: an error in the body that names no status.
            Err(RemoteError::Refused { status: 200 | 400 | 422, .. }) if request.n > 1 => Outcome::SeveralRefused,
            Err(error) => Outcome::Failed(error),
        }
    }

    /// Tries until it works, cannot work or has not worked often enough.
    fn persist(&self, gate: &Gate, request: &Request) -> Result<Vec<Completion>, RemoteError> {
        let (job, first) = (&request.job, request.first);
        let url = format!("{}/{}", self.base, wire::endpoint(&job.prompt));
        let body = wire::body(&self.model, &self.options, job, first, request.n);
        let most = wire::longest_answer(&self.options, request.n);
        let allowed = self.options.longest_wait;
        let patience = self.options.patience();
        // On top of what the server asks for: requests that were held back together do not come back together.
        let jitter = patience.wait(&job.key, first, 0);
        let mut pause = Duration::ZERO;
        let mut failed = 0;
        let mut foreign = 0;
        loop {
            if !gate.pass(pause, jitter) {
                return Err(RemoteError::Stopped);
            }
            let (answered, why, after) = match self.attempt(&url, &body, most) {
                Ok(choices) => return Ok(choices),
                Err(Fault::Lasting(error)) => return Err(error),
                Err(Fault::Passing { why, after }) => (false, self.words(&why), after),
                Err(Fault::Broken { why, after }) => (true, self.words(&why), after),
                Err(Fault::Foreign(why)) => {
                    foreign += 1;
                    (true, self.words(&why), None)
                }
            };
            if let Some(asked) = after {
                gate.close_for(asked.min(allowed));
            }
            failed += 1;
            pause = match patience.next(&job.key, first, failed, after) {
                Next::Wait(wait) if foreign <= FOREIGN_RETRIES => wait,
                Next::TooLong(wait) => return Err(RemoteError::Wait { url, wait, allowed, said: why }),
                _ if answered => return Err(RemoteError::Protocol { url, attempts: failed, what: why }),
                _ => return Err(RemoteError::Unavailable { url, attempts: failed, last: why }),
            };
            if let Some(notice) = &self.notice {
                notice(&Retry { key: job.key.clone(), failed, wait: pause, why });
            }
        }
    }

    fn attempt(&self, url: &str, body: &[u8], most: u64) -> Result<Vec<Completion>, Fault> {
        match wire::read(&self.send(url, body, most)?) {
            Answer::Choices(choices) => Ok(choices),
            Answer::Broken(why) => Err(Fault::Broken { why, after: None }),
            Answer::Foreign(what) => Err(Fault::Foreign(what)),
            Answer::Error(status, said) => Err(self.judge(url, status.unwrap_or(200), &said, None)),
        }
    }

    /// One HTTP request and the body of its answer, of at most `most` bytes.
    fn send(&self, url: &str, body: &[u8], most: u64) -> Result<Vec<u8>, Fault> {
        // Where nothing is said of encodings, any may come.
        let post = self.agent.post(url).content_type("application/json");
        let mut post = post.header("accept-encoding", "gzip, identity;q=0.5");
        if let Some(key) = &self.key {
            post = post.header("authorization", key.header());
        }
        let response = post.send(body).map_err(|error| self.failure(url, error))?;
        let status = response.status().as_u16();
        let header = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let after = header("retry-after").and_then(|value| http::retry_after(value, SystemTime::now()));
        let target = header("location").unwrap_or_default().to_owned();
        let encoding = header("content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        let most = if response.status().is_success() { most } else { LONGEST_ERROR };
        let reader = response.into_body().into_reader();
        let mut answer = Vec::new();
        let packed = matches!(encoding.as_str(), "gzip" | "x-gzip");
        let read = if packed {
            MultiGzDecoder::new(reader).take(most).read_to_end(&mut answer)
        } else {
            reader.take(most).read_to_end(&mut answer)
        };
        match status {
            200..=299 => match read {
                Ok(_) if answer.len() as u64 == most => {
                    Err(Fault::Foreign(format!("an answer of {most} bytes or more")))
                }
                Ok(_) if packed || matches!(encoding.as_str(), "" | "identity") => Ok(answer),
                Ok(_) => {
                    Err(Fault::Foreign(format!("an answer in the encoding `{encoding}`, which was not asked for")))
                }
                Err(error) if packed && matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData) => {
                    Err(Fault::Broken { why: format!("an answer that is no sound gzip: {error}"), after: None })
                }
                Err(error) => Err(self.failure(url, error.into())),
            },
            300..=399 => Err(self.judge(url, status, &format!("it redirects to {}", http::shown(&target)), after)),
            // However much of it could be read: the status is worth more than the words.
            _ => Err(self.judge(url, status, &wire::error_words(&answer), after)),
        }
    }

    /// The meaning of an HTTP status for the next try.
    fn judge(&self, url: &str, status: u16, said: &str, after: Option<Duration>) -> Fault {
        let said = self.words(said);
        // Older llama.cpp servers object to several samples with status 500.
        let several = said.to_ascii_lowercase().contains("only one completion choice");
        let status = if several { 400 } else { status };
        match http::Answer::of(status) {
            http::Answer::Failed => Fault::Broken { why: format!("HTTP {status}: {said}"), after },
            http::Answer::Passing => Fault::Passing { why: format!("HTTP {status}: {said}"), after },
            _ => Fault::Lasting(RemoteError::Refused { url: url.to_owned(), status, said, remedy: remedy(status) }),
        }
    }

    /// The meaning of a failure below HTTP for the next try.
    fn failure(&self, url: &str, error: ureq::Error) -> Fault {
        let unusable = |why: &str| Fault::Lasting(RemoteError::Url { url: url.to_owned(), why: self.words(why) });
        if let Some(why) = http::insecure(&error) {
            return unusable(&why);
        }
        match error {
            ureq::Error::Http(error) => unusable(&error.to_string()),
            ureq::Error::BadUri(what) => unusable(&what),
            // It was reached: what it cannot answer in time may be this prompt alone.
            error @ ureq::Error::Timeout(
                Timeout::Global | Timeout::PerCall | Timeout::RecvResponse | Timeout::RecvBody | Timeout::PerRead,
            ) => Fault::Broken { why: error.to_string(), after: None },
            other => Fault::Passing { why: other.to_string(), after: None },
        }
    }
}
