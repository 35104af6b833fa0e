//! Scores a file of samples over a dataset: `cargo run --example score_file -- DATASET SAMPLES [FOLDER]`, or without arguments the bundled
//! benchmark's.

use tracewright::{Dataset, Judge, PassAtK, Scoring};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/benchmarks/mini/candidates.jsonl");
    let name = arguments.first().map_or("mini", String::as_str);
    let samples = arguments.get(1).map_or(bundled, String::as_str);

    let dataset = Dataset::open(name, "data")?;
    let judge = Judge::builder().build()?;
    let mut scoring = Scoring::new(&dataset, samples);
    if let Some(folder) = arguments.get(2) {
        // Verdicts go there, and a run that was stopped goes on.
        scoring = scoring.out(folder);
    }
    let summary = scoring.run(&judge)?;
    for (verdict, count) in &summary.verdicts {
        println!("{:>15}  {count}", verdict.name());
    }
    if let PassAtK::One(estimates) | PassAtK::BasePlus { plus: estimates, .. } = &summary.pass_at_k {
        for (k, estimate) in estimates {
            println!("pass@{k}: {:.3} [{:.3}, {:.3}]", estimate.value, estimate.low, estimate.high);
        }
    }
    Ok(())
}
