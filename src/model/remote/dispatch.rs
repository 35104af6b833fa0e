//! The dispatch of requests: the calling thread keeps the books, threads of its own wait for the server.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use super::{
    Completion, Finished, Job, RemoteError,
    backoff::Gate,
    exchange::{Outcome, Server},
    job::Request,
};

/// The books of one call.
pub(super) struct Dispatcher<'a, J, S> {
    server: &'a Arc<Server>,
    /// The most samples that this server gives in one answer, as far as is known.
    most: &'a AtomicUsize,
    jobs: J,
    sink: S,
    waiting: VecDeque<Request>,
    crew: Crew,
}

impl<'a, J: Iterator<Item = Job>, S: FnMut(Finished) -> ControlFlow<()>> Dispatcher<'a, J, S> {
    pub(super) fn new(server: &'a Arc<Server>, most: &'a AtomicUsize, jobs: J, sink: S) -> Self {
        Self { server, most, jobs, sink, waiting: VecDeque::new(), crew: Crew::new() }
    }

    /// Works until there are no jobs or the sink breaks off.
    pub(super) fn run(mut self) -> Result<(), RemoteError> {
        loop {
            while self.crew.busy < self.server.options.concurrency {
                let Some(request) = self.next() else { break };
                self.crew.give(self.server, request)?;
            }
            let Some((request, outcome)) = self.crew.take() else { return Ok(()) };
            if self.settle(request, outcome).is_break() {
                return Ok(());
            }
        }
    }

    /// The next request, no larger than the server is known to answer.
    fn next(&mut self) -> Option<Request> {
        let mut request = match self.waiting.pop_front() {
            Some(request) => request,
            None => loop {
                let job = self.jobs.next()?;
                if job.n > 0 {
                    let (first, n) = (job.first_index, job.n);
                    break Request { job: Arc::new(job), first, n, held: 0 };
                }
            },
        };
        let most = self.most.load(Ordering::Relaxed);
        if request.n > most {
            self.waiting.push_front(Request { first: request.first + most, n: request.n - most, ..request.clone() });
            request.n = most;
        }
        Some(request)
    }

    /// Hands over what came and notes what is still to be asked for.
    fn settle(&mut self, request: Request, outcome: Outcome) -> ControlFlow<()> {
        let Request { job, first, n, held } = request;
        match outcome {
            Outcome::Choices(choices) => {
                let came = choices.len().min(n);
                for (offset, completion) in choices.into_iter().take(n).enumerate() {
                    self.hand_over(&job, first + offset, Ok(completion))?;
                }
                if held > 0 {
                    self.most.store(1, Ordering::Relaxed);
                } else if came < n {
                    self.most.fetch_min(came.max(1), Ordering::Relaxed);
                }
                let missing = n - came + held;
                if missing > 0 {
                    self.waiting.push_front(Request { job, first: first + came, n: missing, held: 0 });
                }
            }
            Outcome::SeveralRefused => self.waiting.push_front(Request { job, first, n: 1, held: n - 1 + held }),
            Outcome::Failed(error) => {
                for index in first..first + n + held {
                    self.hand_over(&job, index, Err(error.clone()))?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn hand_over(&mut self, job: &Job, index: usize, result: Result<Completion, RemoteError>) -> ControlFlow<()> {
        (self.sink)(Finished { key: job.key.clone(), index, result })
    }
}

/// The result that a thread comes back with, be it a panic.
type Answer = thread::Result<(Request, Outcome)>;

/// A thread for each request on its way: against the wait for a server, starting one costs nothing. They outlive a call that is broken
/// off by at most one answer each.
struct Crew {
    gate: Arc<Gate>,
    busy: usize,
    answer: Sender<Answer>,
    answers: Receiver<Answer>,
}

impl Crew {
    fn new() -> Self {
        let (answer, answers) = mpsc::channel();
        Self { gate: Arc::new(Gate::default()), busy: 0, answer, answers }
    }

    fn give(&mut self, server: &Arc<Server>, request: Request) -> Result<(), RemoteError> {
        let (server, gate, answer) = (Arc::clone(server), Arc::clone(&self.gate), self.answer.clone());
        let work = move || {
            let outcome = panic::catch_unwind(AssertUnwindSafe(|| server.complete(&gate, &request)));
            // Nobody waits for it any more where the call was broken off.
            let _ = answer.send(outcome.map(|outcome| (request, outcome)));
        };
        thread::Builder::new()
            .name("remote".to_owned())
            .spawn(work)
            .map_err(|error| RemoteError::Threads { why: error.to_string() })?;
        self.busy += 1;
        Ok(())
    }

    /// The next answer, where one is on its way. A thread's panic goes on here.
    fn take(&mut self) -> Option<(Request, Outcome)> {
        self.busy = self.busy.checked_sub(1)?;
        let answer = self.answers.recv().ok()?;
        Some(answer.unwrap_or_else(|payload| panic::resume_unwind(payload)))
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.gate.stop();
    }
}
