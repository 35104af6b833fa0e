//! Samples from a server that speaks the protocol of `OpenAI`: vLLM, `SGLang`, llama.cpp's server, and hosted ones.
//!
//! - Conversations go to `/chat/completions`, plain text to `/completions`; nothing is streamed.
//! - Where a server ignores `n`, gives fewer samples than asked for, or refuses to give several, the rest is asked for again: what counts is
//!   what came back. That a server gives one only is remembered.
//! - 408, 409, 425, 429, 5xx, broken connections and answers or samples that were broken off are tried again, later and later; a
//!   `Retry-After` holds back every request. Other refusals are final and repeat the server's words.
//! - Of an answer only the text must be what the protocol says. One that is something else (a page of a gateway, say) is asked for twice more;
//!   then it is lost, and the others are not.
//! - Every sample is handed over the moment it is there, so a kill loses only what was on its way.
//! - A seed is sent with every request, but no server promises the same text for the same seed: batching and hardware change the
//!   arithmetic. What must be repeated byte for byte has to be kept.
//!
//! ```no_run
//! # use std::ops::ControlFlow;
//! # use tracewright::internals::model::remote::{Job, Options, Prompt, Remote};
//! let remote = Remote::new("http://127.0.0.1:8000", "my-model", Options::default())?;
//! let job = Job { key: "Mbpp/3".into(), prompt: Prompt::Text("def f".into()), first_index: 0, n: 4 };
//! remote.generate([job].into_iter(), |finished| {
//!     println!("{} {}: {:?}", finished.key, finished.index, finished.result);
//!     ControlFlow::Continue(())
//! })?;
//! # Ok::<(), tracewright::internals::model::remote::RemoteError>(())
//! ```

mod backoff;
mod dispatch;
mod error;
mod exchange;
mod job;
mod json;
mod key;
mod options;
mod wire;

use std::{
    ops::ControlFlow,
    sync::{Arc, atomic::AtomicUsize},
};

use ureq::http::Uri;

use crate::http::{self, BadVariable};

pub use error::RemoteError;
pub use exchange::Retry;
pub use job::{Completion, Finished, Job, Prompt};
pub use options::Options;

use dispatch::Dispatcher;
use exchange::Server;
use key::Key;

/// A model behind an OpenAI-compatible server.
#[derive(Debug)]
pub struct Remote {
    server: Arc<Server>,
    /// The most samples that this server gives in one answer, as far as is known.
    most: AtomicUsize,
}

impl Remote {
    /// The model `model` of the server at `url`: `http://127.0.0.1:8000` (then `/v1` is added) or with whatever path the API has. Nothing
    /// is sent yet.
    ///
    /// # Errors
    ///
    /// An error of the kinds `Url`, `Key`, `Option` or `Environment`.
    pub fn new(url: &str, model: &str, options: Options) -> Result<Self, RemoteError> {
        options.check()?;
        let (base, uri) = base(url)?;
        let key = Key::choose(options.api_key_variable.as_deref(), &uri)?;
        let unusable = |BadVariable { name, why }| RemoteError::Environment { variable: name, why };
        let proxy = http::proxy(&uri).map_err(unusable)?;
        let secure = uri.scheme_str() == Some("https") || proxy.is_some();
        let agent = http::builder(secure)
            .map_err(unusable)?
            .proxy(proxy)
            .timeout_connect(Some(options.connect_timeout))
            .timeout_global(Some(options.timeout))
            .max_idle_connections(options.concurrency)
            .max_idle_connections_per_host(options.concurrency)
            .build()
            .new_agent();
        let most = AtomicUsize::new(options.samples_per_request);
        let server = Server { base, model: model.to_owned(), options, agent, key, notice: None };
        Ok(Self { server: Arc::new(server), most })
    }

    /// Calls `notice` after each failed try that will be followed by another, from whatever thread: for a line on the terminal. Its panic
    /// goes on in [`Remote::generate`].
    #[must_use]
    pub fn on_retry(mut self, notice: impl Fn(&Retry) + Send + Sync + 'static) -> Self {
        if let Some(server) = Arc::get_mut(&mut self.server) {
            server.notice = Some(Box::new(notice));
        }
        self
    }

    /// The address that requests go to, such as `http://127.0.0.1:8000/v1`: the same for every way to write the address.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.server.base
    }

    /// Asks for all samples of all jobs and hands each to `sink` as soon as it is there: every index of every job once, as a sample or an
    /// error. Jobs are taken from the iterator when there is room for a request, not before.
    ///
    /// After `Break` nothing more is asked for or handed over, and the call returns at once; answers still on their way are dropped. An
    /// error for which [`RemoteError::is_for_all`] holds is a good reason to break.
    ///
    /// # Errors
    ///
    /// The system gives no thread.
    pub fn generate(
        &self,
        jobs: impl Iterator<Item = Job>,
        sink: impl FnMut(Finished) -> ControlFlow<()>,
    ) -> Result<(), RemoteError> {
        Dispatcher::new(&self.server, &self.most, jobs, sink).run()
    }
}

/// The address that endpoints are appended to, and what was given.
fn base(url: &str) -> Result<(String, Uri), RemoteError> {
    let url = url.trim();
    let refuse = |why: &str| Err(RemoteError::Url { url: http::shown(url).to_owned(), why: why.to_owned() });
    let Ok(uri) = url.parse::<Uri>() else { return refuse("give one such as http://127.0.0.1:8000/v1") };
    let (Some(scheme @ ("http" | "https")), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return refuse("it has to begin with http:// or https://");
    };
    if authority.as_str().contains('@') {
        return refuse("take the name and password out; a key comes from an environment variable");
    }
    if authority.as_str() != authority.host() && authority.port_u16().is_none() {
        return refuse("what follows the host's : is no port, of 1 to 65535");
    }
    if uri.query().is_some() || url.contains('#') {
        return refuse("leave out what follows ? or #");
    }
    let path = uri.path().trim_end_matches('/');
    let path = path.strip_suffix("/completions").map_or(path, |path| path.strip_suffix("/chat").unwrap_or(path));
    Ok((format!("{scheme}://{authority}{}", if path.is_empty() { "/v1" } else { path }), uri))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_in_the_forms_people_have() {
        for (url, expected) in [
            ("http://localhost:8000", "http://localhost:8000/v1"),
            ("http://localhost:8000/", "http://localhost:8000/v1"),
            ("https://api.example.com/v1/", "https://api.example.com/v1"),
            ("https://example.com/openai/v4", "https://example.com/openai/v4"),
            (" http://h/v1/chat/completions", "http://h/v1"),
            ("http://[::1]:80/v1/completions", "http://[::1]:80/v1"),
        ] {
            assert_eq!(base(url).unwrap().0, expected, "{url}");
        }
        for url in [
            "",
            "localhost:8000",
            "ftp://h",
            "http://",
            "/v1",
            "http://h:/v1",
            "http://h:80800/v1",
            "https://[::1]:x",
            "http://h/v1?key=secret",
            "ftp://h/v1?key=secret",
            "http://me:secret@h/v1",
            "http://me:secret @h/v1",
            "me:secret@h",
        ] {
            let error = base(url).expect_err(url).to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn options_out_of_range_are_refused() {
        let refused =
            |options: Options| matches!(Remote::new("http://h", "m", options), Err(RemoteError::Option { .. }));
        assert!(refused(Options { temperature: f64::NAN, ..Options::default() }));
        assert!(refused(Options { top_p: 0.0, ..Options::default() }));
        assert!(refused(Options { top_k: Some(-2), ..Options::default() }));
        assert!(refused(Options { min_p: Some(1.5), ..Options::default() }));
        assert!(refused(Options { concurrency: 0, ..Options::default() }));
        assert!(refused(Options { max_tokens: Some(0), ..Options::default() }));
        assert!(!refused(Options::default()));
    }
}
