//! One fresh interpreter and the calls into it.

use std::sync::Arc;

use wasmtime::Store;

#[cfg(test)]
#[path = "metering_tests.rs"]
mod metering_tests;

use super::{
    Annotations, Captured, Ending, Fault, Limits, Peer, Sandbox, Usage, bindings, endless::Endless, memory,
    output::Capture, state::State,
};

/// The names that candidates and traced programs have as files: `errors.CANDIDATE` and `tracer.FILENAME` of `guest/python/tracewright_guest`.
const CANDIDATE: &str = "<candidate>";
const TRACED: &str = "<program>";

/// A guest call's result: an answer, or the way the instance ended.
pub type Reply<T> = Result<T, Ending>;

/// A fresh CPython. Answers are untrusted bytes; after an [`Ending`] the instance only answers with that ending.
pub struct Instance {
    store: Store<State>,
    guest: bindings::Sandbox,
    ended: Option<Ending>,
}

impl std::fmt::Debug for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Instance").field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Makes an instance with nothing on its standard input and no candidate to call.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::instantiate_with`].
    pub fn instantiate(&self, limits: &Limits) -> Result<Instance, Fault> {
        self.instantiate_with(limits, Vec::new(), None)
    }

    /// Makes an instance with `stdin` to read and `peer` behind the tester's stubs.
    ///
    /// # Errors
    ///
    /// [`Fault::Instantiate`]; [`Fault::Memory`] once the machine has refused one of this sandbox memory.
    pub fn instantiate_with(
        &self,
        limits: &Limits,
        stdin: Vec<u8>,
        peer: Option<Box<dyn Peer>>,
    ) -> Result<Instance, Fault> {
        self.check_memory()?;
        let mut store = Store::new(
            &self.engine,
            State::new(limits, stdin, peer, Arc::clone(&self.starved), Arc::clone(&self.slots)),
        );
        store.limiter(|state| &mut state.limiter);
        #[cfg(test)]
        metering_tests::fuel(&mut store);
        // What one call may copy between guest and host: no more than the guest could hold anyway.
        store.set_hostcall_fuel(limits.memory);
        let guest = self.pre.instantiate(&mut store).map_err(|error| {
            // Nor is there a limiter yet that would be told.
            let limiter = &store.data().limiter;
            if memory::was_refused() {
                limiter.note_refusal();
                return Fault::Memory;
            }
            if limiter.note_failure(&error) { Fault::Memory } else { Fault::Instantiate(error) }
        })?;
        let Some(counter) = memory::take_counter() else {
            return Err(Fault::Instantiate(wasmtime::Error::msg("the interpreter has no counter of its fuel")));
        };
        store.data_mut().begin(counter);
        Ok(Instance { store, guest, ended: None })
    }
}

impl Instance {
    /// `extract` of the WIT world: the program, how it was found, the rationale and the thoughts of a model's answer.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn extract(
        &mut self,
        text: &str,
        prompt: Option<&str>,
        asked: &[String],
        buggy: Option<&str>,
        mode: &str,
        barred: &[u32],
    ) -> Reply<(Option<String>, String, String, String)> {
        let answer = bindings::Answer {
            text: text.to_owned(),
            prompt: prompt.map(str::to_owned),
            asked: asked.to_vec(),
            buggy: buggy.map(str::to_owned),
            mode: mode.to_owned(),
            barred: barred.to_vec(),
        };
        self.guarded(|guest, store| guest.call_extract(store, &answer))
    }

    /// `strip-code` of the WIT world: a rationale without the code in it.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn strip_code(&mut self, text: &str) -> Reply<String> {
        self.guarded(|guest, store| guest.call_strip_code(store, text))
    }

    /// Says when programs that it compiles from now on evaluate their annotations.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn set_annotations(&mut self, annotations: Annotations) -> Reply<()> {
        match annotations {
            // What an instance does anyway.
            Annotations::Eager => Ok(()),
            Annotations::Deferred => self.guarded(|guest, store| guest.call_defer_annotations(store)),
        }
    }

    /// `load` of the WIT world: executes a program as module `candidate`.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn load(&mut self, source: &str, names: &[String], colocated: bool) -> Reply<Vec<u8>> {
        CANDIDATE.clone_into(&mut self.store.data_mut().program);
        self.guarded(|guest, store| guest.call_load(store, source, names, colocated))
    }

    /// `call` of the WIT world: has the loaded program answer a call; empty where it gives no answer.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn call(&mut self, message: &[u8]) -> Reply<Vec<u8>> {
        self.store.data_mut().reply = None;
        self.guarded(|guest, store| guest.call_call(store, message))?;
        Ok(self.store.data_mut().reply.take().unwrap_or_default())
    }

    /// `call-each` of the WIT world: calls a function on each input, reporting outcomes to the peer.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn call_each(&mut self, name: &str, inputs: &[u8]) -> Reply<()> {
        self.guarded(|guest, store| guest.call_call_each(store, name, inputs))
    }

    /// `open-suite` of the WIT world: prepares for tests.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn open_suite(&mut self, plan: &[u8]) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_open_suite(store, plan))
    }

    /// `run-test` of the WIT world: runs one test statement.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn run_test(&mut self, source: &str, nonce: &str) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_run_test(store, source, nonce))
    }

    /// `start-audit` of the WIT world: watches what a program tries.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn start_audit(&mut self, source: &str) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_start_audit(store, source))
    }

    /// `findings` of the WIT world: what it tried.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn findings(&mut self) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_findings(store))
    }

    /// `analyse` of the WIT world: the names tests use.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn analyse(&mut self, tests: &[String], program: &str) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_analyse(store, tests, program))
    }

    /// `direct-calls` of the WIT world: what tests ask that are one call and a comparison.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn direct_calls(&mut self, setup: &str, tests: &[String]) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_direct_calls(store, setup, tests))
    }

    /// `split-test` of the WIT world: the assertions of a `check` function.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn split_test(&mut self, source: &str) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_split_test(store, source))
    }

    /// `mutants` of the WIT world: programs with one small mistake more.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn mutants(&mut self, source: &str, most: u32, seed: u64) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_mutants(store, source, most, seed))
    }

    /// `normalise` of the WIT world: a program's syntax tree, to compare by.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn normalise(&mut self, source: &str) -> Reply<Vec<u8>> {
        self.guarded(|guest, store| guest.call_normalise(store, source))
    }

    /// `trace` of the WIT world: runs a program, reporting its events to the peer.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn trace(&mut self, text: &str, bounds: &[u8]) -> Reply<()> {
        TRACED.clone_into(&mut self.store.data_mut().program);
        self.guarded(|guest, store| guest.call_trace(store, text, bounds))
    }

    /// `run` of the WIT world: runs a program as a script.
    ///
    /// # Errors
    ///
    /// The [`Ending`] of the instance.
    pub fn run(&mut self, source: &str, name: &str) -> Reply<Vec<u8>> {
        name.clone_into(&mut self.store.data_mut().program);
        self.guarded(|guest, store| guest.call_run(store, source, name))
    }

    /// Returns the fuel and the memory that it used so far.
    #[must_use]
    pub fn usage(&self) -> Usage {
        let state = self.store.data();
        Usage { fuel: state.granted.saturating_sub(state.left()), peak_memory: state.limiter.peak }
    }

    /// Replaces the fuel it has left.
    pub fn set_fuel(&mut self, fuel: u64) {
        self.store.data_mut().set_fuel(fuel);
    }

    /// Whether it was refused memory: a `MemoryError` it raised is then *out of memory*.
    #[must_use]
    pub fn denied_memory(&self) -> bool {
        self.store.data().limiter.denied
    }

    /// Whether what it answered so far can be believed.
    ///
    /// # Errors
    ///
    /// [`Fault::Memory`] where the machine refused it, or another instance of its sandbox, memory that its limit allows.
    pub fn check_memory(&self) -> Result<(), Fault> {
        self.store.data().limiter.check()
    }

    /// Takes what it wrote to standard output and standard error so far.
    pub fn take_output(&mut self) -> (Captured, Captured) {
        (self.store.data().stdout.take(), self.store.data().stderr.take())
    }

    /// Returns its standard output, which may be read while it runs.
    #[must_use]
    pub fn stdout(&self) -> Capture {
        self.store.data().stdout.clone()
    }

    /// Whether it has ended: then it only answers with that.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Puts another peer behind its imports.
    pub fn set_peer(&mut self, peer: Option<Box<dyn Peer>>) {
        self.store.data_mut().peer = peer;
    }

    /// Takes the fault that its peer met, if that is why it ended.
    pub fn take_fault(&mut self) -> Option<Fault> {
        self.store.data_mut().fault.take()
    }

    fn guarded<T>(
        &mut self,
        call: impl FnOnce(&bindings::Sandbox, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Reply<T> {
        if let Some(ending) = &self.ended {
            return Err(ending.clone());
        }
        call(&self.guest, &mut self.store).map_err(|error| {
            self.store.data().limiter.note_failure(&error);
            let ending = if let Some(Endless { line }) = self.store.data().watch.proved() {
                Ending::Endless { line }
            } else if self.store.data().is_exhausted() {
                Ending::OutOfFuel
            } else {
                Ending::from_error(&error, self.denied_memory())
            };
            self.ended = Some(ending.clone());
            ending
        })
    }
}
