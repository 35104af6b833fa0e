//! Colocated suites: tests beside the candidate, in its own instance, where nothing else will do (a test that passes an endless
//! iterator, say).
//!
//! The candidate shares the interpreter with its tests, so this cannot be proof against one made to cheat: verdicts say
//! `colocated`, and reports count them. What is done to make it hard: the harness is not in `sys.modules`; each result must
//! carry a nonce that its test was called with; and at the end a test that must fail is run, so that whoever has every test
//! reported as passed is found out.

use std::hash::{BuildHasher, RandomState};

use super::{Prepared, Program, TestResult, Verdict, classify, runner::Runner, tester};
use crate::sandbox::{Fault, Instance, Reply};

/// Runs the tests of a loaded program, until the first failure unless `run_all`.
pub(super) fn run(
    runner: &mut Runner,
    prepared: &Prepared,
    program: &Program,
    run_all: bool,
    tests: &mut Vec<TestResult>,
) -> Result<(), Fault> {
    let plan = tester::plan(&program.setup, prepared);
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
            None => one(instance, test),
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
        && !fails_what_must_fail(instance)
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

fn one(instance: &mut Instance, test: &str) -> Reply<TestResult> {
    let nonce = nonce();
    let reply = instance.run_test(test, &nonce)?;
    Ok(tester::failed(&reply, &nonce, instance).unwrap_or(const { TestResult::pass() }))
}

fn fails_what_must_fail(instance: &mut Instance) -> bool {
    let (left, right) = (nonce(), nonce());
    let result = one(instance, &format!("assert {left:?} == {right:?}"));
    result.is_ok_and(|result| result.verdict == Verdict::WrongAnswer)
}

/// Nothing a candidate could have been written for. Verdicts do not depend on it.
fn nonce() -> String {
    format!("{:016x}", RandomState::new().hash_one(0))
}
