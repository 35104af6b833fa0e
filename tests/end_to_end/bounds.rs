//! The cost that one candidate may be to the host, and what is left when the machine itself fails.

use std::{path::Path, process::Command, sync::Arc};

use tracewright::internals::{
    judge::{Judge, Options, Verdict},
    sandbox::{CacheDir, Fault, Sandbox, Settings},
    task::{Cases, Group, Oracle, Task, TestSuite},
    value::Value,
};

use crate::support::{cache, judge, program_task};

const REFERENCE: &str = "def f(n):\n    return n\n";

/// The task of [`REFERENCE`] with inputs instead of test code.
fn cases_task() -> Arc<Task> {
    let suite = Cases {
        inputs: vec![Value::Tuple(vec![Value::Int(3)])],
        atol: 0.0,
        oracle: Oracle::Close,
        groups: vec![Group { name: "base", len: 1 }],
    };
    let task = program_task(REFERENCE, &[]);
    Arc::new(Task { entry_point: "f".to_owned(), suite: TestSuite::Cases(suite), ..(*task).clone() })
}

#[test]
fn an_answer_beyond_the_bound_is_wrong_and_says_why() {
    let options = Options { fuel_floor: 50_000_000_000, ..Options::default() };
    for task in [program_task(REFERENCE, &["assert f(3) == 3"]), cases_task()] {
        for (answer, bounded) in [("b'x' * (65 << 20)", true), ("b'\\xff' * (63 << 20)", false)] {
            let judged = judge(&options, &task, &format!("def f(n):\n    return {answer}\n"));
            assert_eq!(judged.verdict, Verdict::WrongAnswer, "{answer}");
            let why = judged.error().map(|error| error.message.clone()).unwrap_or_default();
            assert_eq!(why.contains("more than 64 MiB"), bounded, "{answer}: {why}");
        }
    }
}

/// The variable that names the machine's limit to the process that [`a_refusal_of_memory_ends_one_judgement`] starts.
const CHILD: &str = "TRACEWRIGHT_TEST_REFUSED_MEMORY";

#[test]
fn a_refusal_of_memory_ends_one_judgement() {
    if let Ok(cache) = std::env::var(CHILD) {
        return go_on_after_a_refusal(Path::new(&cache));
    }
    // Its compiled interpreter is there before.
    let cache = cache();
    judge(&Options::default(), &program_task(REFERENCE, &["assert f(3) == 3"]), REFERENCE);
    let program = std::env::current_exe().unwrap();
    let said: Vec<String> = (1..=20)
        .map(|step| {
            let script = format!(
                "ulimit -d {} && exec \"$0\" --exact bounds::a_refusal_of_memory_ends_one_judgement --nocapture",
                (step * 40) << 10
            );
            let output =
                Command::new("sh").arg("-c").arg(script).arg(&program).env(CHILD, cache.path()).output().unwrap();
            String::from_utf8_lossy(&output.stdout).into_owned()
        })
        .collect();
    assert!(said.iter().any(|said| said.contains("refused, then pass")), "{}", said.join("\n"));
    assert!(!said.iter().any(|said| said.contains("refused, then wrong")), "{}", said.join("\n"));
}

fn go_on_after_a_refusal(cache: &Path) {
    let cache = CacheDir::new(cache.to_owned());
    let sandbox = match Sandbox::new(&Settings { jobs: 1, cache: cache.clone() }, &mut |_| {}) {
        Ok(sandbox) => sandbox,
        Err(fault) => return println!("no sandbox: {fault}"),
    };
    let judge = Judge::new(Arc::new(sandbox), cache, Options::default());
    let prepared = match judge.prepare(&program_task(REFERENCE, &["assert f(3) == 3"])) {
        Ok(prepared) => prepared,
        Err(fault) => return println!("not prepared: {fault}"),
    };
    let hungry = "def f(n):\n    x = bytearray(300 << 20)\n    return n\n";
    match judge.judge(&prepared, hungry) {
        Err(Fault::Memory) => {}
        other => return println!("not refused: {:?}", other.map(|judged| judged.verdict)),
    }
    let next = judge.judge(&prepared, REFERENCE).map(|judged| judged.verdict);
    // With no memory for a thread either, the next is refused too.
    println!(
        "refused, then {}",
        next.map_or("a fault", |verdict| if verdict == Verdict::Pass { "pass" } else { "wrong" })
    );
}
