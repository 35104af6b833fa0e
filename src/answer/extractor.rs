//! The instances that read answers.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use super::{Answer, Asked, Extracted, Form, How, Sanitize};
use crate::sandbox::{Fault, GoOn, Instance, Limits, Peer, Reply, Sandbox, pool};

/// The fuel for one answer: a part for any, and a part for each of its bytes.
const FUEL: u64 = 10_000_000_000;
const FUEL_A_BYTE: u64 = 40_000;
/// The memory of an instance in bytes: what the parser takes for some megabytes of text.
const MEMORY: usize = 2 << 30;
/// Answers of more bytes are read in an instance of their own, and instances that grew beyond this memory are not used again.
const SHARED_BYTES: usize = 64 << 10;
const SHARED_MEMORY: usize = 128 << 20;
/// The number of pieces of one answer that may each end an instance before the rest is given up.
const TRIES: usize = 4;

/// Reads programs and rationales out of answers. Its instances run nothing but CPython's parser, so they serve one answer after another;
/// one that ended is replaced.
pub struct Extractor<'a> {
    start: Box<dyn Fn() -> Result<Arc<Sandbox>, Fault> + Send + Sync + 'a>,
    sandbox: OnceLock<Arc<Sandbox>>,
    idle: Mutex<Vec<Instance>>,
}

impl std::fmt::Debug for Extractor<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Extractor").finish_non_exhaustive()
    }
}

/// The place where instances note the number of the parse that they begin.
struct Notes(Arc<AtomicU32>);

/// The number before the first parse.
const NONE: u32 = u32::MAX;

impl Peer for Notes {
    fn report(&mut self, outcome: &[u8], _fuel: u64) -> Result<GoOn, Fault> {
        let number = outcome.try_into().map_or(NONE, u32::from_le_bytes);
        self.0.store(number, Relaxed);
        Ok(GoOn::Same)
    }
}

impl<'a> Extractor<'a> {
    /// An extractor in `sandbox`.
    #[must_use]
    pub fn new(sandbox: &Arc<Sandbox>) -> Self {
        let sandbox = Arc::clone(sandbox);
        Self::starting(move || Ok(Arc::clone(&sandbox)))
    }

    /// An extractor in the sandbox that `start` gives, which is asked for it at the first answer.
    pub fn starting(start: impl Fn() -> Result<Arc<Sandbox>, Fault> + Send + Sync + 'a) -> Self {
        Self { start: Box::new(start), sandbox: OnceLock::new(), idle: Mutex::default() }
    }

    /// Reads the rationale and the program out of an answer.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness. An answer that holds no program, or one that nobody can read within the limits, is none.
    pub fn extract(&self, answer: &Answer, asked: &Asked<'_>, sanitize: Sanitize) -> Result<Extracted, Fault> {
        let prompt = Some(asked.prompt).filter(|prompt| answer.form == Form::Completion && !prompt.is_empty());
        let size = answer.text.len() + asked.prompt.len() + asked.buggy.map_or(0, str::len);
        let mut barred = Vec::new();
        while barred.len() < TRIES {
            let (reply, at) = self.ask(size, !barred.is_empty(), |instance| {
                instance.extract(&answer.text, prompt, &asked.names, asked.buggy, sanitize.name(), &barred)
            })?;
            if let Ok((program, how, rationale, thinking)) = reply {
                return Ok(Extracted { rationale, program, how: How::from_name(&how), thinking });
            }
            match at {
                Some(parse) if !barred.contains(&parse) => barred.push(parse),
                _ => break,
            }
        }
        let rationale = answer.text.trim().to_owned();
        Ok(Extracted { rationale, program: None, how: How::Nothing, thinking: String::new() })
    }

    /// The program to judge: the one in the answer, else the answer as it is given.
    ///
    /// # Errors
    ///
    /// The errors of [`Extractor::extract`].
    pub fn program(&self, answer: &Answer, asked: &Asked<'_>, sanitize: Sanitize) -> Result<String, Fault> {
        if sanitize == Sanitize::Never && answer.form == Form::Program {
            return Ok(answer.text.clone());
        }
        let extracted = self.extract(answer, asked, sanitize)?;
        Ok(extracted.program.unwrap_or_else(|| answer.as_given(asked.prompt)))
    }

    /// A rationale without its code: fenced blocks and definitions go, prose and inline code stay. Proxy-based evaluation shows a rationale
    /// to another model, which must not find the fix in it. One that nobody can read within the limits gives nothing.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness.
    pub fn strip_code(&self, rationale: &str) -> Result<String, Fault> {
        let (reply, _) = self.ask(rationale.len(), false, |instance| instance.strip_code(rationale))?;
        Ok(reply.unwrap_or_default())
    }

    /// Asks an instance, a fresh one where that is `wanted` or the text is long; the number of the parse that ended it, where one did. What an
    /// instance that was used before does not answer is asked again in a fresh one, so that no answer depends on those before it.
    fn ask<T: Send>(
        &self,
        size: usize,
        wanted: bool,
        question: impl Fn(&mut Instance) -> Reply<T> + Send,
    ) -> Result<(Reply<T>, Option<u32>), Fault> {
        pool::run_one(|| self.ask_here(size, wanted, question))?
    }

    fn ask_here<T>(
        &self,
        size: usize,
        wanted: bool,
        question: impl Fn(&mut Instance) -> Reply<T>,
    ) -> Result<(Reply<T>, Option<u32>), Fault> {
        let sandbox = self.sandbox()?;
        let mut fresh = wanted || size > SHARED_BYTES;
        loop {
            let used = if fresh { None } else { self.idle().pop() };
            fresh |= used.is_none();
            let fuel = FUEL + FUEL_A_BYTE * size as u64;
            let limits = Limits { fuel, memory: MEMORY, output: 0 };
            let mut instance = used.map_or_else(|| sandbox.apart().instantiate(&limits), Ok)?;
            instance.set_fuel(fuel);
            let at = Arc::new(AtomicU32::new(NONE));
            instance.set_peer(Some(Box::new(Notes(Arc::clone(&at)))));
            let reply = question(&mut instance);
            instance.set_peer(None);
            if let Some(fault) = instance.take_fault() {
                return Err(fault);
            }
            instance.check_memory()?;
            let strained = reply.is_err() || instance.denied_memory();
            if strained && !fresh {
                fresh = true;
                continue;
            }
            if !strained && instance.usage().peak_memory <= SHARED_MEMORY {
                self.idle().push(instance);
            }
            return Ok((reply, Some(at.load(Relaxed)).filter(|at| *at != NONE)));
        }
    }

    fn sandbox(&self) -> Result<Arc<Sandbox>, Fault> {
        if let Some(sandbox) = self.sandbox.get() {
            return Ok(Arc::clone(sandbox));
        }
        let started = (self.start)()?;
        Ok(Arc::clone(self.sandbox.get_or_init(|| started)))
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Instance>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
