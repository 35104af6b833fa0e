//! Judges one program: `cargo run --example judge_one -- program.py`, or without a file one that is wrong.

use tracewright::{Judge, Task, Verdict};

const WRONG: &str = "def median(xs):\n    return sorted(xs)[len(xs) // 2]\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let code = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => WRONG.to_owned(),
    };
    let task = Task::builder("median")
        .description("Return the median of a list of numbers.")
        .entry_point("median")
        .test("assert median([3, 1, 2]) == 2")
        .hidden_test("assert median([1, 2, 3, 4]) == 2.5")
        .reference("from statistics import median\n")
        .build()?;
    let judge = Judge::builder().jobs(1).build()?;
    let judged = judge.judge(&task, &code)?;
    println!("{} with {} fuel", judged.verdict.name(), judged.usage.fuel);
    for test in judged.tests.iter().filter(|test| test.verdict != Verdict::Pass) {
        // These texts are the program's own: quoted, they cannot steer a terminal.
        println!("  {:?}: expected {:?}, got {:?}", test.input, test.expected, test.actual);
    }
    Ok(())
}
