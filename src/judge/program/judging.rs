//! A candidate against test code.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    super::{
        Isolation, Judgement, Options, Prepared, TestResult, Verdict, classify,
        runner::{Answer, Runner},
    },
    colocated,
    direct::DirectCall,
    memo::{Memo, Step},
    tester::{changed_copies, failed, plan},
};
use crate::{
    sandbox::{Fault, Instance, Limits, Peer, Sandbox},
    task::TestSuite,
    value::codec,
};

/// The fuel that one call and one comparison take in a tester, generously.
const REPLAY_FUEL: u64 = 5_000_000;

/// The bytes of requests and answers that are kept for a tester yet to come; with more, it comes.
const UNHEARD_BOUND: usize = 16 << 20;

/// Judges a candidate of a task whose suite is a [`Program`](crate::task::Program).
pub(in super::super) fn judge(
    sandbox: &Arc<Sandbox>,
    options: &Options,
    prepared: &Prepared,
    candidate: &str,
) -> Result<Judgement, Fault> {
    let TestSuite::Program(program) = &prepared.task.suite else {
        return Err(Fault::Trusted { what: prepared.task.id.clone(), why: "its suite is not test code".to_owned() });
    };
    let limits = options.limits(options.fuel_for(prepared.fuel));
    // Other names are missed where a test uses them, as in Python.
    let tests = || program.tests.iter().chain([&program.setup]);
    let entry_point = Some(prepared.entry_point().to_owned())
        .filter(|name| !name.is_empty() && tests().any(|test| test.contains(name)));
    let mut runner = Runner::new(sandbox, limits, candidate, options, entry_point.into_iter().collect())
        .on_terms(prepared.terms.clone(), program.sees_output());
    runner.colocated = prepared.isolation == Isolation::Colocated;
    let loaded = runner.start()?;
    let total = program.tests.len();
    if let Some(failure) = loaded {
        runner.retire();
        let tests = vec![failure; if options.run_all { total } else { 1 }];
        return Ok(finish(prepared, &mut runner, tests, false));
    }
    let mut tests = Vec::new();
    if prepared.isolation == Isolation::Colocated {
        colocated::run(&mut runner, prepared, program, options.run_all, &mut tests)?;
        return Ok(finish(prepared, &mut runner, tests, true));
    }
    let mut conversation = Conversation::new(sandbox, prepared, limits, runner);
    for test in &program.tests {
        let result = conversation.run(tests.len(), test)?;
        let failed = result.verdict != Verdict::Pass;
        tests.push(result);
        if failed && !options.run_all {
            break;
        }
    }
    let mut talk = conversation.talk();
    Ok(finish(prepared, &mut talk.runner, tests, true))
}

fn finish(prepared: &Prepared, runner: &mut Runner, tests: Vec<TestResult>, loaded: bool) -> Judgement {
    runner.retire();
    let verdict =
        tests.iter().map(|test| test.verdict).find(|verdict| *verdict != Verdict::Pass).unwrap_or(Verdict::Pass);
    Judgement {
        verdict,
        audit: runner.findings(&tests),
        changed_copies: runner.changed_copies,
        tests,
        usage: runner.usage(),
        isolation: match prepared.isolation {
            Isolation::Colocated => Isolation::Colocated,
            _ if runner.gave_objects() || verdict == Verdict::Pass && runner.steered() => Isolation::Reference,
            _ => Isolation::Split,
        },
        contract: Arc::new(runner.take_contract()),
        loaded,
    }
}

/// One candidate's conversation with the tests.
struct Conversation {
    sandbox: Arc<Sandbox>,
    limits: Limits,
    plan: Vec<u8>,
    tests: Vec<String>,
    direct: Arc<Vec<DirectCall>>,
    talk: Arc<Mutex<Talk>>,
    tester: Tester,
}

/// The tester instance: not needed yet, at work, or ended.
enum Tester {
    Absent,
    /// A tester at work, with the number of tests it has run.
    Live(Box<Instance>, usize),
    Ended(TestResult),
}

/// The part that a live tester's calls reach.
struct Talk {
    runner: Runner,
    memo: Arc<Memo>,
    /// The requests with their answers that the tester, live or yet to come, has not heard, and their size.
    unheard: VecDeque<(Vec<u8>, Vec<u8>)>,
    bytes: usize,
    /// A digest of all answers so far.
    chain: [u8; 32],
    /// The test under way.
    test: usize,
    /// The reason for which the candidate was gone at some call of this test.
    gone: Option<TestResult>,
}

impl Talk {
    fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        let Answer { outcome: answer, gone } = self.runner.answer(request)?;
        self.gone = self.gone.take().or(gone);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.chain).update(&answer);
        self.chain = *hasher.finalize().as_bytes();
        Ok(answer)
    }

    /// Asks on behalf of a tester that will hear of it when it is needed.
    fn ask_ahead(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        let answer = self.ask(request)?;
        self.bytes += request.len() + answer.len();
        self.unheard.push_back((request.to_vec(), answer.clone()));
        Ok(answer)
    }
}

struct Shared(Arc<Mutex<Talk>>);

impl Peer for Shared {
    /// Test code is trusted to know what it sends.
    fn bound(&self) -> usize {
        Limits::MAX_MEMORY
    }

    fn call(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut talk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asked, answer)) = talk.unheard.pop_front() {
            if !is_same(&asked, request) {
                let what = "going through a suite again".to_owned();
                return Err(Fault::Trusted { what, why: "a test asks something else than before".to_owned() });
            }
            talk.bytes -= asked.len() + answer.len();
            return Ok(answer);
        }
        let key = (talk.test, talk.chain);
        talk.memo.insert(key, Step::Call(request.into()));
        talk.ask(request)
    }
}

/// Whether two requests ask the same: which of their values a tester happens to share is no part of that.
fn is_same(asked: &[u8], request: &[u8]) -> bool {
    let trees = |bytes: &[u8]| codec::decode(bytes).ok().map(|value| codec::encode(&value));
    let graphs = |bytes: &[u8]| codec::decode_request(bytes).ok().map(|value| codec::encode(&value));
    asked == request
        || trees(asked).is_some_and(|tree| Some(tree) == trees(request))
        || graphs(asked).is_some_and(|graph| Some(graph) == graphs(request))
}

impl Conversation {
    fn new(sandbox: &Arc<Sandbox>, prepared: &Prepared, limits: Limits, runner: Runner) -> Self {
        let (setup, tests) = match &prepared.task.suite {
            TestSuite::Program(program) => (program.setup.as_str(), program.tests.clone()),
            TestSuite::Cases(_) => ("", Vec::new()),
        };
        let talk = Talk {
            runner,
            memo: Arc::clone(&prepared.memo),
            unheard: VecDeque::new(),
            bytes: 0,
            chain: [0; 32],
            test: 0,
            gone: None,
        };
        let direct = Arc::clone(&prepared.direct);
        // A tester that is needed late goes through tests that needed none.
        let limits = Limits { fuel: limits.fuel.saturating_add(REPLAY_FUEL * direct.len() as u64), ..limits };
        Self {
            sandbox: Arc::clone(sandbox),
            limits,
            plan: plan(setup, prepared),
            tests,
            direct,
            talk: Arc::new(Mutex::new(talk)),
            tester: Tester::Absent,
        }
    }

    fn talk(&self) -> std::sync::MutexGuard<'_, Talk> {
        self.talk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the test at `index`. A test that swallowed the candidate's end (`except BaseException`) has not passed.
    fn run(&mut self, index: usize, source: &str) -> Result<TestResult, Fault> {
        self.talk().gone = None;
        let result = self.run_remembered(index, source)?;
        let gone = self.talk().gone.take();
        Ok(match gone {
            Some(failure) if result.verdict == Verdict::Pass => failure,
            // What went through the tester came back without that.
            Some(failure) if failure.verdict == result.verdict => TestResult { proved: failure.proved, ..result },
            _ => result,
        })
    }

    /// Runs the test at `index`, without a tester or from memory as far as that goes.
    fn run_remembered(&mut self, index: usize, source: &str) -> Result<TestResult, Fault> {
        {
            let mut talk = self.talk();
            talk.test = index;
            if let Some(call) = self.direct.get(index) {
                let answer = talk.ask_ahead(&call.request)?;
                if let Some(result) = call.result(source, &answer) {
                    return Ok(result);
                }
            }
            loop {
                match talk.memo.get((index, talk.chain)) {
                    Some(Step::Call(request)) if talk.bytes < UNHEARD_BOUND => {
                        talk.ask_ahead(&request)?;
                    }
                    Some(Step::Done(result)) => return Ok(*result),
                    _ => break,
                }
            }
        }
        let result = self.run_live(index, source)?;
        let talk = self.talk();
        talk.memo.insert((index, talk.chain), Step::Done(Box::new(result.clone())));
        drop(talk);
        Ok(result)
    }

    /// Brings a tester up to the test at `index`, feeding it the answers it would have got, and runs that.
    fn run_live(&mut self, index: usize, source: &str) -> Result<TestResult, Fault> {
        if let Tester::Absent = self.tester {
            let peer = Box::new(Shared(Arc::clone(&self.talk)));
            let mut instance = Box::new(self.sandbox.instantiate_with(&self.limits, Vec::new(), Some(peer))?);
            match Self::step(&self.talk, &mut instance, |instance| instance.open_suite(&self.plan))? {
                None => self.tester = Tester::Live(instance, 0),
                Some(failure) => self.tester = Tester::Ended(failure),
            }
        }
        loop {
            let (instance, done) = match &mut self.tester {
                Tester::Ended(failure) => return Ok(failure.clone()),
                Tester::Absent => return Ok(classify::garbled("nothing")),
                Tester::Live(instance, done) => (instance, done),
            };
            let current = *done;
            *done += 1;
            let test = if current == index { source } else { &self.tests[current] };
            let result = Self::step(&self.talk, instance, |instance| instance.run_test(test, ""))?;
            if current == index {
                return Ok(result.unwrap_or(const { TestResult::pass() }));
            }
        }
    }

    /// One call into the tester; the failure, where there is one.
    fn step(
        talk: &Mutex<Talk>,
        instance: &mut Instance,
        call: impl FnOnce(&mut Instance) -> crate::sandbox::Reply<Vec<u8>>,
    ) -> Result<Option<TestResult>, Fault> {
        let reply = call(instance);
        instance.check_memory()?;
        if let Some(fault) = instance.take_fault() {
            return Err(fault);
        }
        if reply.as_ref().is_ok_and(|reply| changed_copies(reply)) {
            talk.lock().unwrap_or_else(PoisonError::into_inner).runner.changed_copies = true;
        }
        Ok(match reply {
            Ok(reply) => failed(&reply, "", instance),
            // Test code that does not end, or grows without bound, does so because of what it was answered.
            Err(ending) => Some(classify::ended(&ending)),
        })
    }
}
