//! A candidate against inputs.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::{Isolation, Judgement, Options, Prepared, TestResult, Verdict, classify, runner::Runner};
use crate::{
    sandbox::{Fault, GoOn, Peer, Sandbox},
    task::{Cases, Oracle, TestSuite},
    value::{Value, codec, repr::repr},
};

/// The longest text of an input, an expected value or an actual value in a result, in bytes.
const TEXT_BOUND: usize = 400;

/// Judges a candidate of a task whose suite is [`Cases`].
pub(in super::super) fn judge(
    sandbox: &Arc<Sandbox>,
    options: &Options,
    prepared: &Prepared,
    candidate: &str,
) -> Result<Judgement, Fault> {
    let task = &prepared.task;
    // For loading, and for the first input, which gets a limit of its own once the program is loaded.
    let limits = options.limits(options.fuel_for(prepared.fuel));
    let mut runner = Runner::new(sandbox, limits, candidate, options, vec![task.entry_point.clone()]);
    let total = prepared.expected.len();
    let mut tests: Vec<TestResult> = Vec::new();
    let mut loaded = true;
    while tests.len() < total {
        if let Some(failure) = runner.start()? {
            loaded = !tests.is_empty();
            let rest = if options.run_all { total - tests.len() } else { 1 };
            tests.extend(std::iter::repeat_n(failure, rest));
            break;
        }
        run_from(&mut runner, prepared, options, &mut tests)?;
        if !options.run_all {
            break;
        }
    }
    runner.retire();
    let verdict =
        tests.iter().map(|test| test.verdict).find(|verdict| *verdict != Verdict::Pass).unwrap_or(Verdict::Pass);
    Ok(Judgement {
        verdict,
        audit: runner.findings(&tests),
        changed_copies: false,
        contract: Arc::default(),
        tests,
        usage: runner.usage(),
        isolation: Isolation::Split,
        loaded,
    })
}

/// Runs the inputs from the first that has no result, in the runner's fresh instance, until it stops or ends.
fn run_from(
    runner: &mut Runner,
    prepared: &Prepared,
    options: &Options,
    tests: &mut Vec<TestResult>,
) -> Result<(), Fault> {
    let start = tests.len();
    let Some(instance) = runner.instance() else { return Ok(()) };
    let run_all = options.run_all;
    let budget = options.fuel_for_all(prepared.fuel);
    instance.set_fuel(options.fuel_for(prepared.input_fuel(start)));
    let comparison =
        Comparison { prepared: prepared.clone(), options: options.clone(), next: start, budget, reports: Vec::new() };
    let comparison = Arc::new(Mutex::new(comparison));
    instance.set_peer(Some(Box::new(Shared(Arc::clone(&comparison)))));
    let inputs = prepared.encoded_inputs(start);
    let reply = instance.call_each(&prepared.task.entry_point, &inputs);
    instance.set_peer(None);
    if let Some(fault) = instance.take_fault() {
        return Err(fault);
    }
    let reports = std::mem::take(&mut comparison.lock().unwrap_or_else(PoisonError::into_inner).reports);
    let stopped = !run_all && reports.last().is_some_and(|report| !matches!(report, Report::Pass));
    for (offset, report) in reports.into_iter().enumerate() {
        tests.push(match report {
            Report::Pass => TestResult::pass(),
            Report::Failed(failure) => failure,
            Report::Raised(error) => {
                with_input(classify::failure(&error, instance.denied_memory()), prepared, start + offset)
            }
        });
    }
    let index = tests.len();
    if index < prepared.expected.len() && !stopped {
        let failure = match reply {
            Err(ending) => classify::ended(&ending),
            // It returned early: the candidate got at the loop that called it.
            Ok(()) => classify::garbled("fewer outcomes than inputs"),
        };
        tests.push(with_input(failure, prepared, index));
    }
    Ok(())
}

fn with_input(mut failure: TestResult, prepared: &Prepared, index: usize) -> TestResult {
    failure.input = prepared.input_text(index, TEXT_BOUND);
    failure.expected = prepared.expected_value(index).map(|value| repr(&value, TEXT_BOUND));
    failure
}

/// A report's outcome; exceptions are classified once the instance can be asked.
enum Report {
    Pass,
    Failed(TestResult),
    Raised(Value),
}

/// Compares outcomes as they are reported.
struct Comparison {
    prepared: Prepared,
    options: Options,
    next: usize,
    /// The fuel left for all inputs together.
    budget: u64,
    reports: Vec<Report>,
}

struct Shared(Arc<Mutex<Comparison>>);

impl Peer for Shared {
    fn report(&mut self, outcome: &[u8], fuel: u64) -> Result<GoOn, Fault> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).take(outcome, fuel))
    }
}

impl Comparison {
    fn take(&mut self, outcome: &[u8], fuel: u64) -> GoOn {
        let index = self.next;
        let run_all = self.options.run_all;
        let stopped = !run_all && self.reports.last().is_some_and(|report| !matches!(report, Report::Pass));
        if index >= self.prepared.expected.len() || stopped {
            // Only an instance that was tampered with reports more than it was asked for.
            return GoOn::Stop;
        }
        self.next += 1;
        self.budget = self.budget.saturating_sub(fuel);
        let report = self.compare(index, outcome);
        let go_on = run_all || matches!(report, Report::Pass);
        self.reports.push(report);
        if !go_on {
            return GoOn::Stop;
        }
        GoOn::WithFuel(self.options.fuel_for(self.prepared.input_fuel(self.next)).min(self.budget))
    }

    fn compare(&self, index: usize, outcome: &[u8]) -> Report {
        let TestSuite::Cases(Cases { atol, oracle, .. }) = &self.prepared.task.suite else {
            return Report::Failed(classify::garbled("an outcome nobody asked for"));
        };
        if oracle.trusts_equal_bytes() && outcome == self.prepared.expected[index] && !self.prepared.has_nan(index) {
            return Report::Pass;
        }
        let mut items = match codec::decode(outcome) {
            Ok(Value::Tuple(items)) => items,
            Ok(_) => {
                return Report::Failed(with_input(
                    classify::garbled("bytes that are no outcome"),
                    &self.prepared,
                    index,
                ));
            }
            Err(error) => return Report::Failed(with_input(classify::undecodable(error), &self.prepared, index)),
        };
        let payload = if items.len() == 2 { items.pop() } else { None };
        match (items.first().and_then(Value::as_str), payload) {
            // A value that does not cross is there all the same, and for one oracle that is all that counts.
            (Some("opaque"), Some(kind)) if *oracle != Oracle::NotNone => {
                Report::Failed(with_input(classify::opaque(&kind), &self.prepared, index))
            }
            (Some("return" | "opaque"), Some(out)) => {
                let (Some(expected), Some(input)) = (self.prepared.expected_value(index), self.prepared.input(index))
                else {
                    return Report::Failed(classify::garbled("an outcome nobody asked for"));
                };
                if oracle.accepts(&out, &expected, input, *atol) {
                    return Report::Pass;
                }
                let mut failure = TestResult {
                    verdict: Verdict::WrongAnswer,
                    actual: Some(repr(&out, TEXT_BOUND)),
                    ..TestResult::pass()
                };
                failure = with_input(failure, &self.prepared, index);
                Report::Failed(failure)
            }
            (Some("raise"), Some(error)) => Report::Raised(error),
            _ => Report::Failed(with_input(classify::garbled("bytes that are no outcome"), &self.prepared, index)),
        }
    }
}
