//! GET requests that follow redirects themselves, since what the hub says of a file stands on the first answer, and the token must not go on
//! to where the hub sends us.

use std::{
    io::Read,
    time::{Duration, SystemTime},
};

use ureq::{
    Agent, Body,
    http::{HeaderValue, Response, Uri, header},
};

use super::{FetchError, FetchOptions, error::words};
use crate::http::{self, Answer, BadVariable, Next, Patience};

/// No list of files is longer.
const LONGEST_TEXT: u64 = 64 << 20;
/// The most redirects, about as many as browsers and curl allow.
const MOST_REDIRECTS: usize = 10;
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// HTTP as fetching needs it.
#[derive(Debug)]
pub(super) struct Web<'a> {
    agent: Agent,
    pub(super) options: &'a FetchOptions,
}

/// An answer, and what the hub said of the file on the way.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Body,
    /// The `Content-Range` of a part.
    pub(super) range: Option<String>,
    /// The commit that the hub took the file from.
    pub(super) commit: Option<String>,
    /// The SHA-256 of a large file, by the hub.
    pub(super) sha256: Option<String>,
    /// The size of a large file, by the hub.
    pub(super) size: Option<u64>,
}

/// The reason why one try did not work.
#[derive(Debug)]
pub(super) enum Fault {
    /// Another try may work.
    Passing { why: String, after: Option<Duration> },
    /// No try will work.
    Lasting(FetchError),
}

impl<'a> Web<'a> {
    pub(super) fn new(options: &'a FetchOptions) -> Result<Self, FetchError> {
        options.check()?;
        let agent = http::builder(true)
            .map_err(unusable)?
            .timeout_connect(Some(options.timeout))
            .timeout_recv_response(Some(options.timeout))
            .timeout_per_read(Some(options.timeout))
            // Parts and hashes are of the bytes as they are.
            .accept_encoding("identity")
            .build()
            .new_agent();
        Ok(Self { agent, options })
    }

    /// A whole text from the hub, with tries until there is one.
    pub(super) fn text(&self, url: &str) -> Result<String, FetchError> {
        let mut failed = 0;
        loop {
            let fault = match self.get(url, 0) {
                Ok(mut reply) => match reply.body.with_config().limit(LONGEST_TEXT).read_to_string() {
                    Ok(text) => return Ok(text),
                    Err(error) => Fault::Passing { why: error.to_string(), after: None },
                },
                Err(fault) => fault,
            };
            self.pause(url, fault, &mut failed)?;
        }
    }

    /// Waits for the next try, or says that there is none.
    pub(super) fn pause(&self, url: &str, fault: Fault, failed: &mut u32) -> Result<(), FetchError> {
        let (why, after) = match fault {
            Fault::Lasting(error) => return Err(error),
            Fault::Passing { why, after } => (why, after),
        };
        let FetchOptions { retries, first_wait, .. } = *self.options;
        let patience = Patience { retries, first_wait, longest_wait: LONGEST_WAIT, seed: 0 };
        *failed += 1;
        match patience.next(url, 0, *failed, after) {
            Next::Wait(wait) => std::thread::sleep(wait),
            Next::Enough | Next::TooLong(_) => {
                return Err(FetchError::Unavailable { url: url.to_owned(), attempts: *failed, last: why });
            }
        }
        Ok(())
    }

    /// One GET, of what comes from byte `from` on.
    pub(super) fn get(&self, url: &str, from: u64) -> Result<Reply, Fault> {
        let protocol = |what: String| Fault::Lasting(FetchError::Protocol { url: url.to_owned(), what });
        let parse = |text: &str| text.parse::<Uri>().map_err(|error| protocol(format!("{}: {error}", words(text))));
        let mut uri = parse(url)?;
        let mut told = (None, None, None);
        for _ in 0..MOST_REDIRECTS {
            let proxy = http::proxy(&uri).map_err(|variable| Fault::Lasting(unusable(variable)))?;
            let mut request = self.agent.get(uri.clone()).config().proxy(proxy).build();
            if let Some(token) = self.options.token.as_ref().filter(|_| self.is_hub(&uri)) {
                request = request.header(header::AUTHORIZATION, token.header());
            }
            if from > 0 {
                request = request.header(header::RANGE, format!("bytes={from}-"));
            }
            let response = request.call().map_err(|error| failure(url, error))?;
            let commit = field(&response, "x-repo-commit");
            let sha256 = field(&response, "x-linked-etag").and_then(|etag| sha256(&etag));
            let size = field(&response, "x-linked-size").and_then(|size| size.parse().ok());
            told = (told.0.or(commit), told.1.or(sha256), told.2.or(size));
            match response.status().as_u16() {
                status @ (200 | 206) => {
                    let range = field(&response, "content-range");
                    let (commit, sha256, size) = told;
                    return Ok(Reply { status, body: response.into_body(), range, commit, sha256, size });
                }
                301..=303 | 307 | 308 => {
                    let target = field(&response, "location").unwrap_or_default();
                    uri = parse(&join(&uri, &target))?;
                    if !matches!(uri.scheme_str(), Some("http" | "https")) {
                        return Err(protocol(format!("redirects to {}", words(&target))));
                    }
                }
                status => return Err(self.refusal(url, status, response)),
            }
        }
        Err(protocol(format!("redirects more than {MOST_REDIRECTS} times")))
    }

    fn is_hub(&self, uri: &Uri) -> bool {
        let hub = self.options.endpoint.parse::<Uri>().ok();
        hub.is_some_and(|hub| hub.scheme() == uri.scheme() && hub.authority() == uri.authority())
    }

    /// The fault that a status other than success means.
    fn refusal(&self, url: &str, status: u16, response: Response<Body>) -> Fault {
        let after = field(&response, "retry-after").and_then(|value| http::retry_after(&value, SystemTime::now()));
        let code = field(&response, "x-error-code");
        let told = field(&response, "x-error-message").unwrap_or_else(|| {
            let mut text = String::new();
            // Its words are a courtesy: without them the status has to do.
            let _ = response.into_body().into_reader().take(4096).read_to_string(&mut text);
            text
        });
        let mut said = words(&format!("{} {told}", code.unwrap_or_default()));
        if let Some(token) = &self.options.token {
            said = token.hide(&said);
        }
        if said.is_empty() {
            "refused".clone_into(&mut said);
        }
        let url = url.to_owned();
        match status {
            401 | 403 => {
                let page = url
                    .split_once("/resolve/")
                    .map_or(url.as_str(), |(page, _)| page)
                    .replacen("/api/models/", "/", 1)
                    .replacen("/api/", "/", 1);
                let page = page.split_once("/revision/").map_or(page.as_str(), |(page, _)| page).to_owned();
                Fault::Lasting(FetchError::Gated { url, status, said, page })
            }
            404 | 410 => Fault::Lasting(FetchError::Missing { url, said }),
            416 => Fault::Passing { why: OUT_OF_RANGE.to_owned(), after: None },
            _ if matches!(Answer::of(status), Answer::Passing | Answer::Failed) => {
                Fault::Passing { why: format!("HTTP {status}: {said}"), after }
            }
            _ => Fault::Lasting(FetchError::Protocol { url, what: format!("{said} (HTTP {status})") }),
        }
    }
}

fn unusable(BadVariable { name, why }: BadVariable) -> FetchError {
    FetchError::Setting { what: name, why: why.to_owned() }
}

/// The fault that a failure below HTTP means.
fn failure(url: &str, error: ureq::Error) -> Fault {
    if let Some(what) = http::insecure(&error) {
        return Fault::Lasting(FetchError::Protocol { url: url.to_owned(), what });
    }
    match error {
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => {
            Fault::Lasting(FetchError::Protocol { url: url.to_owned(), what: words(&error.to_string()) })
        }
        other => Fault::Passing { why: words(&other.to_string()), after: None },
    }
}

/// The message for a server that has less of a file than is here.
pub(super) const OUT_OF_RANGE: &str = "the server has no such part";

fn field(response: &Response<Body>, name: &str) -> Option<String> {
    response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned)
}

/// The hash in an entity tag of a large file; a small file's is something else.
fn sha256(etag: &str) -> Option<String> {
    let text = etag.trim().trim_start_matches("W/").trim_matches('"');
    (text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| text.to_ascii_lowercase())
}

/// The target of a redirect, which may leave out what stays the same.
fn join(base: &Uri, target: &str) -> String {
    let scheme = base.scheme_str().unwrap_or("https");
    let authority = base.authority().map_or("", |authority| authority.as_str());
    if target.contains("://") {
        target.to_owned()
    } else if target.starts_with("//") {
        format!("{scheme}:{target}")
    } else if target.starts_with('/') {
        format!("{scheme}://{authority}{target}")
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{target}")
    }
}

/// The text as it has to stand in a URL's path; slashes are kept where they separate folders.
pub(super) fn escape(text: &str, keep_slashes: bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            b'/' if keep_slashes => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_may_be_relative() {
        let base: Uri = "https://hub.example/datasets/a/b?x=1".parse().unwrap();
        assert_eq!(join(&base, "https://cdn.example/x?y#z"), "https://cdn.example/x?y#z");
        assert_eq!(join(&base, "//cdn.example/x"), "https://cdn.example/x");
        assert_eq!(join(&base, "/x"), "https://hub.example/x");
        assert_eq!(join(&base, "c"), "https://hub.example/datasets/a/c");
    }

    #[test]
    fn entity_tags_of_large_files_are_hashes() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(sha256(&format!("W/\"{}\"", hash.to_uppercase())), Some(hash));
        assert_eq!(sha256("\"0123456789012345678901234567890123456789\""), None);
    }

    #[test]
    fn paths_are_escaped() {
        assert_eq!(escape("refs/pr/1", false), "refs%2Fpr%2F1");
        assert_eq!(escape("a b/ü.jsonl", true), "a%20b/%C3%BC.jsonl");
    }
}
