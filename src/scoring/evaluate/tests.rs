//! Runs without a guest: what is judged once, kept, gone on with and lost.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use super::{Event, Request, evaluate};
use crate::{
    answer::Sanitize,
    candidates::{self, Sample, Samples},
    dataset::{self, Dataset},
    judge::{ErrorInfo, Judgement, Options, Prepared, TestResult, Verdict},
    sandbox::Fault,
    scoring::{Executor, JudgeSample, Outcome, RunError},
    task::Task,
};

/// An executor that judges by the text of the answer: `pass` passes, all else is wrong, and what is in `faults` cannot be judged.
#[derive(Debug, Default)]
struct Fake {
    options: Options,
    faults: BTreeSet<&'static str>,
    starved: BTreeSet<&'static str>,
    prepared: Mutex<Vec<String>>,
    judged: Mutex<Vec<String>>,
}

impl Executor for Fake {
    fn options(&self) -> &Options {
        &self.options
    }

    fn prepare(&self, task: &Arc<Task>) -> Result<Prepared, Fault> {
        self.prepared.lock().unwrap().push(task.id.clone());
        Ok(Prepared::unknown(task))
    }

    fn judging(&self, _: Sanitize) -> JudgeSample<'_> {
        Box::new(|task: &Prepared, sample: &Sample| {
            let text = sample.answer.text.trim();
            self.judged.lock().unwrap().push(format!("{}:{text}", task.task.id));
            if self.starved.contains(text) {
                return Err(Fault::Memory);
            }
            if self.faults.contains(text) {
                return Err(Fault::Trusted { what: "a fake".to_owned(), why: "it was told to fail".to_owned() });
            }
            let error = ErrorInfo { kind: "AssertionError".to_owned(), message: text.to_owned(), line: None };
            let wrong = || TestResult::failed(Verdict::WrongAnswer, error.clone());
            Ok(Judgement::of(if text == "pass" { TestResult::pass() } else { wrong() }))
        })
    }
}

impl Fake {
    fn judged(&self) -> Vec<String> {
        let mut judged = std::mem::take(&mut *self.judged.lock().unwrap());
        judged.sort();
        judged
    }
}

fn dataset() -> Dataset {
    let line = |id: &str| {
        serde_json::json!({"task_id": id, "entry_point": "f", "visible_tests": ["assert f()"]}).to_string() + "\n"
    };
    dataset::parse("tasks.jsonl", &(line("a") + &line("b"))).unwrap()
}

fn samples(dataset: &Dataset, answers: &[(&str, &str)]) -> Samples {
    let line = |(id, text): &(&str, &str)| serde_json::json!({"task_id": id, "solution": text}).to_string() + "\n";
    let text: String = answers.iter().map(line).collect();
    candidates::parse("samples.jsonl", "samples", text.as_bytes(), dataset).unwrap()
}

/// Runs with one worker, so that what is judged before a fault is known.
fn run(fake: &Fake, answers: &[(&str, &str)], folder: Option<&Path>) -> (Result<Outcome, RunError>, Vec<Event>) {
    let dataset = dataset();
    let samples = samples(&dataset, answers);
    let request = Request {
        dataset: &dataset,
        samples: &samples,
        judge: fake,
        sanitize: Sanitize::Auto,
        jobs: 1,
        ks: Some(&[1]),
        allow_partial: false,
        expect: None,
        group_by: None,
        shard: None,
        folder,
        overwrite: false,
    };
    let mut events = Vec::new();
    (evaluate(&request, &mut |event| events.push(event)), events)
}

const ANSWERS: [(&str, &str); 5] = [("a", "pass"), ("a", "x"), ("b", "y"), ("a", "x"), ("b", "pass")];

#[test]
fn equal_answers_of_a_task_are_judged_once_and_counted_each() {
    let fake = Fake::default();
    let (outcome, _) = run(&fake, &ANSWERS, None);
    let mut outcome = outcome.unwrap();
    assert_eq!(fake.judged(), ["a:pass", "a:x", "b:pass", "b:y"]);
    assert_eq!((outcome.summary.samples, outcome.summary.distinct), (5, 4));
    assert_eq!(outcome.summary.verdicts[&Verdict::WrongAnswer], 3);
    let mut rows = Vec::new();
    let read = outcome.verdicts.for_each(|_, row| {
        rows.push((row.task_id.clone(), row.sample, row.verdict == Verdict::Pass));
        Ok::<(), RunError>(())
    });
    read.unwrap();
    let expected = [("a", 0, true), ("a", 1, false), ("b", 0, false), ("a", 2, false), ("b", 1, true)];
    assert_eq!(rows, expected.map(|(id, sample, pass)| (id.to_owned(), sample, pass)));
}

#[test]
fn a_finished_run_is_not_judged_again_and_takes_more_samples() {
    let folder = tempfile::tempdir().unwrap();
    let fake = Fake::default();
    run(&fake, &ANSWERS[..3], Some(folder.path())).0.unwrap();
    let whole = fs::read(folder.path().join("verdicts.jsonl")).unwrap();
    assert!(!folder.path().join("journal.jsonl").exists());
    fake.judged();
    fake.prepared.lock().unwrap().clear();
    run(&fake, &ANSWERS[..3], Some(folder.path())).0.unwrap();
    assert_eq!((fake.judged(), fake.prepared.lock().unwrap().clone()), (vec![], vec![]));
    assert_eq!(fs::read(folder.path().join("verdicts.jsonl")).unwrap(), whole);
    let grown = run(&fake, &ANSWERS, Some(folder.path())).0.unwrap();
    assert_eq!(fake.judged(), ["b:pass"]);
    assert_eq!(grown.summary.samples, 5);
    let other = run(&fake, &[("a", "other")], Some(folder.path())).0;
    assert!(matches!(other, Err(RunError::OtherSamples { .. })));
}

#[test]
fn a_fault_costs_its_samples_and_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut fake = Fake { faults: BTreeSet::from(["x"]), ..Fake::default() };
    let (outcome, events) = run(&fake, &ANSWERS, Some(folder.path()));
    let outcome = outcome.unwrap();
    assert_eq!((outcome.summary.faults, outcome.summary.samples), (2, 3));
    assert!(events.iter().any(|event| matches!(event, Event::Fault(text) if text.contains("a sample 1"))));
    assert!(!folder.path().join("verdicts.jsonl").exists());
    assert_eq!(fake.judged().len(), 4);
    fake.faults.clear();
    let outcome = run(&fake, &ANSWERS, Some(folder.path())).0.unwrap();
    assert_eq!(fake.judged(), ["a:x"]);
    assert_eq!((outcome.summary.faults, outcome.summary.samples), (0, 5));
    let alone = tempfile::tempdir().unwrap();
    run(&fake, &ANSWERS, Some(alone.path())).0.unwrap();
    let verdicts = |folder: &Path| fs::read(folder.join("verdicts.jsonl")).unwrap();
    assert_eq!(verdicts(folder.path()), verdicts(alone.path()));
}

#[test]
fn a_machine_without_memory_stops_the_run_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut fake = Fake { starved: BTreeSet::from(["y"]), ..Fake::default() };
    let stopped = run(&fake, &ANSWERS, Some(folder.path())).0;
    assert!(matches!(stopped, Err(RunError::Fault(Fault::Memory))));
    let journal = fs::read_to_string(folder.path().join("journal.jsonl")).unwrap();
    assert_eq!(journal.lines().count(), 2);
    assert!(journal.contains("\"same\":[2]"), "{journal}");
    fake.judged();
    fake.starved.clear();
    // A kill in the middle of a line costs that line.
    fs::write(folder.path().join("journal.jsonl"), &journal[..journal.len() - 5]).unwrap();
    run(&fake, &ANSWERS, Some(folder.path())).0.unwrap();
    assert_eq!(fake.judged(), ["a:x", "b:pass", "b:y"]);
}
