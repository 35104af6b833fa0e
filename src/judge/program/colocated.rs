//! Colocated suites: tests beside the candidate, in its own instance, where nothing else will do (a test that passes an endless
//! iterator, say).
//!
//! The candidate shares the interpreter with its tests, so this cannot be proof against one made to cheat: verdicts say
//! `colocated`, and reports count them. What is done to make it hard: the harness is not in `sys.modules`; each result must
//! carry a nonce that its test was called with, made from the candidate and all its tests; and at the end a test that must fail is run, so that whoever has every test
//! reported as passed is found out.

use super::{
    super::{Prepared, TestResult, Verdict, classify, runner::Runner},
    tester,
};
use crate::{
    sandbox::{Fault, Instance, Reply},
    task::Program,
};

/// Runs the tests of a loaded program, until the first failure unless `run_all`.
pub(super) fn run(
    runner: &mut Runner,
    prepared: &Prepared,
    program: &Program,
    run_all: bool,
    tests: &mut Vec<TestResult>,
) -> Result<(), Fault> {
    let plan = tester::plan(&program.setup, prepared);
    let mut nonces = Nonces::new(runner.source(), program);
    let mut opened = false;
    for test in &program.tests {
        if runner.instance().is_none() {
            opened = false;
            if let Some(failure) = runner.start()? {
                tests.push(failure);
                runner.retire();
                continue;
            }
        }
        let Some(instance) = runner.instance() else { break };
        let result = open(instance, &plan, &mut opened).and_then(|failure| match failure {
            Some(failure) => Ok(failure),
            None => one(instance, test, &nonces.next()),
        });
        let result = result.unwrap_or_else(|ending| {
            runner.retire();
            TestResult { input: Some(classify::bounded(test)), ..classify::ended(&ending) }
        });
        let stop = result.verdict != Verdict::Pass && !run_all;
        tests.push(result);
        if stop {
            return Ok(());
        }
    }
    if let (Some(instance), Some(last)) = (runner.instance(), tests.last_mut())
        && last.verdict == Verdict::Pass
        && !fails_what_must_fail(instance, &mut nonces)
    {
        *last = classify::garbled("a pass for a test that must fail");
    }
    Ok(())
}

fn open(instance: &mut Instance, plan: &[u8], opened: &mut bool) -> Reply<Option<TestResult>> {
    if *opened {
        return Ok(None);
    }
    *opened = true;
    let reply = instance.open_suite(plan)?;
    Ok(tester::failed(&reply, "", instance))
}

fn one(instance: &mut Instance, test: &str, nonce: &str) -> Reply<TestResult> {
    let reply = instance.run_test(test, nonce)?;
    Ok(tester::failed(&reply, nonce, instance).unwrap_or(const { TestResult::pass() }))
}

fn fails_what_must_fail(instance: &mut Instance, nonces: &mut Nonces) -> bool {
    let (left, right) = (nonces.next(), nonces.next());
    let result = one(instance, &format!("assert {left:?} == {right:?}"), &nonces.next());
    result.is_ok_and(|result| result.verdict == Verdict::WrongAnswer)
}

/// The words that a candidate cannot know without knowing all its tests, and that are the same in every run: fuel depends on them.
struct Nonces {
    seed: blake3::Hasher,
    count: u64,
}

impl Nonces {
    fn new(candidate: &str, program: &Program) -> Self {
        let mut seed = blake3::Hasher::new();
        for text in [candidate, &program.setup].into_iter().chain(program.tests.iter().map(String::as_str)) {
            seed.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        Self { seed, count: 0 }
    }

    fn next(&mut self) -> String {
        self.count += 1;
        self.seed.clone().update(&self.count.to_le_bytes()).finalize().to_hex()[..16].to_owned()
    }
}
