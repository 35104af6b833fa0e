//! Judges programs for tasks of one's own, on all processors: `cargo run --example custom_dataset`.

use std::ops::ControlFlow;

use tracewright::{Dataset, Judge, ReferenceCheck, Task};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let task = |id: &str, right: &str, tests: [&str; 2]| {
        Task::builder(id).entry_point("f").reference(right).test(tests[0]).hidden_test(tests[1]).build()
    };
    let tasks = [
        task("square", "def f(x):\n    return x * x\n", ["assert f(3) == 9", "assert f(-2) == 4"])?,
        task("last", "def f(xs):\n    return xs[-1]\n", ["assert f([1, 2]) == 2", "assert f('ab') == 'b'"])?,
    ];
    let dataset = Dataset::of("mine", tasks)?;

    let judge = Judge::builder().build()?;
    for task in dataset.tasks() {
        // A reference that fails its own tests says more about the tests than any candidate does.
        if let ReferenceCheck::Fails(why) = judge.check(&task)? {
            println!("{}: the reference fails: {why}", task.id());
        }
    }
    let programs = ["def f(x):\n    return x * 3\n", "def f(x):\n    return x ** 2\n", "def f(x):\n    return x[1]\n"];
    let pairs: Vec<(Task, &str)> =
        dataset.tasks().flat_map(|task| programs.map(|program| (task.clone(), program))).collect();
    judge.judge_many(pairs.clone(), |position, judged| {
        let (task, program) = &pairs[position];
        match judged {
            Ok(judged) => println!("{:>6}: {:15} {program:?}", task.id(), judged.verdict.name()),
            Err(error) => println!("{:>6}: not judged: {error}", task.id()),
        }
        ControlFlow::<()>::Continue(())
    })?;
    Ok(())
}
