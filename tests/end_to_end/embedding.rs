//! The library as a program that embeds it sees it, from ordinary threads.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
};

use tracewright::{Dataset, ErrorKind, Judge, PassAtK, ReferenceCheck, Scoring, Task, Verdict};

use crate::support::{SANDBOX, cache};

const DOUBLE: &str = "def f(x):\n    return 2 * x\n";

fn judge() -> Judge {
    std::sync::LazyLock::force(&SANDBOX);
    Judge::builder().cache(cache().path()).jobs(2).fuel(2_000_000_000).memory(256 << 20).build().unwrap()
}

fn task() -> Task {
    Task::builder("double").entry_point("f").test("assert f(2) == 4").reference(DOUBLE).build().unwrap()
}

#[test]
fn one_judge_serves_many_threads() {
    let (judge, task) = (judge(), task());
    assert_eq!(judge.check(&task).unwrap(), ReferenceCheck::Passes);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let endless = judge.judge(&task, "def f(x):\n    return [f(x)]\n").unwrap();
                assert_eq!(endless.verdict, Verdict::RuntimeError);
                assert_eq!(judge.judge(&task, DOUBLE).unwrap().verdict, Verdict::Pass);
            });
        }
    });
}

#[test]
fn many_are_judged_lazily_and_in_order() {
    let (judge, task) = (judge(), task());
    let taken = AtomicUsize::new(0);
    let programs = (0..100).map(|number| {
        taken.fetch_add(1, Relaxed);
        (task.clone(), format!("def f(x):\n    return {number}\n"))
    });
    let mut seen = Vec::new();
    let found = judge.judge_many(programs, |position, judged| {
        seen.push(position);
        if judged.unwrap().verdict == Verdict::Pass { ControlFlow::Break(position) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(found.unwrap(), Some(4));
    assert_eq!(seen, [0, 1, 2, 3, 4]);
    assert!(taken.load(Relaxed) < 20, "{} of 100 were taken", taken.load(Relaxed));
    let all = judge.judge_many(vec![(task, DOUBLE); 10], |_, judged| {
        assert_eq!(judged.unwrap().verdict, Verdict::Pass);
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(all.unwrap(), None);
}

#[test]
fn programs_run_and_are_traced() {
    let judge = judge();
    let run = judge.run("import sys\nprint(input())\nsys.exit(3)", "abc").unwrap();
    assert_eq!((run.stdout.as_slice(), run.error.unwrap().kind.as_str()), (b"abc\n".as_slice(), "SystemExit"));
    let trace = judge.trace(DOUBLE, "f(2)\nf('a' + 1)").unwrap();
    assert!(!trace.finished() && trace.ending().starts_with("TypeError") && trace.steps() > 3, "{}", trace.ending());
    assert_eq!(trace.events().len(), trace.steps());
    assert!(trace.html("a page").contains("a page") && trace.scratchpad().contains("[DONE]"));
}

#[test]
fn a_file_is_scored_over_tasks_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let samples = folder.path().join("samples.jsonl");
    let line = |code: &str| serde_json::json!({"task_id": "double", "solution": code}).to_string() + "\n";
    std::fs::write(&samples, line(DOUBLE) + &line("def f(x):\n    return x\n")).unwrap();
    let dataset = Dataset::of("mine", [task()]).unwrap();
    let out = folder.path().join("run");
    let summary = Scoring::new(&dataset, &samples).k([1]).out(&out).run(&judge()).unwrap();
    assert_eq!((summary.samples, summary.verdicts[&Verdict::Pass]), (2, 1));
    assert!(matches!(&summary.pass_at_k, PassAtK::One(estimates) if (estimates[&1].value - 0.5).abs() < 1e-9));
    assert!(out.join("verdicts.jsonl").is_file());
    let other = Dataset::of("other", [Task::builder("x").test("assert True").build().unwrap()]).unwrap();
    let error = Scoring::new(&other, &samples).run(&judge()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.to_string().contains("double"), "{error}");
}

#[test]
fn what_makes_no_sense_is_the_inputs_fault() {
    for error in [
        Judge::builder().jobs(0).build().unwrap_err(),
        Judge::builder().memory(1 << 20).build().unwrap_err(),
        Judge::builder().fuel_factor(f64::NAN).build().unwrap_err(),
        Task::builder("untested").build().unwrap_err(),
        Dataset::of("twice", [task(), task()]).unwrap_err(),
        Dataset::open("no such set", "data").unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Input, "{error}");
    }
}
