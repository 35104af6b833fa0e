//! The cost of the decoder itself, over models that cost nothing: tokens per forward call with and without speculation, and the time a
//! token by vocabulary, batch and filters. Time inside the model is taken away.
//!
//! `cargo bench --bench decode_overhead`

use std::{fs, ops::ControlFlow, time::Duration};

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use tracewright::internals::model::{
    Forward, ModelError, Row,
    decode::{DecodeError, Detokenizer, Generator, Job, Options, Outcome, SamplingParams, Speculation, Statistics},
};

use self::copier::Copier;

#[path = "../tests/decoding/support/copier.rs"]
mod copier;

const EOS: u32 = 0;

/// The time that this thread has had a processor: what other processes do counts for nothing. Linux.
fn clock() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or_default())
}

struct NoText;

impl Detokenizer for NoText {
    fn decode(&self, _tokens: &[u32]) -> Result<String, DecodeError> {
        Ok(String::new())
    }
}

/// Rows of random logits in turn.
struct Noise {
    rows: Vec<Vec<f32>>,
    next: usize,
    spent: Duration,
}

impl Noise {
    /// Normal logits: spread 1 is a nearly flat distribution, spread 4 one of a language model's kind.
    fn new(vocabulary: usize, spread: f64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut uniform = || (f64::from(random.next_u32()) + 1.0) / 4_294_967_297.0;
        // Box-Muller.
        let mut normal = || (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos() * spread;
        #[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant")]
        let rows = (0..7).map(|_| (0..vocabulary).map(|_| normal() as f32).collect()).collect();
        Self { rows, next: 0, spent: Duration::ZERO }
    }
}

impl Forward for Noise {
    fn vocabulary(&self) -> usize {
        self.rows[0].len()
    }

    fn context(&self) -> usize {
        100_000
    }

    fn reset(&mut self, _slots: usize, _length: usize) -> Result<(), ModelError> {
        Ok(())
    }

    fn copy(&mut self, _from: usize, _to: usize, _length: usize) -> Result<(), ModelError> {
        Ok(())
    }

    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError> {
        let start = clock();
        logits.clear();
        for _ in 0..rows.iter().map(|row| row.wanted).sum() {
            logits.extend(&self.rows[self.next % self.rows.len()]);
            self.next += 1;
        }
        self.spent += clock().saturating_sub(start);
        Ok(())
    }
}

fn run(model: &mut dyn Forward, jobs: Vec<Job>, options: Options) -> Statistics {
    let mut generator = Generator::new(model, &NoText, vec![EOS], options).expect("the options are in range");
    generator
        .run(jobs, |outcome| match outcome {
            Outcome::Completion(_) => ControlFlow::Continue(()),
            Outcome::Refusal(refusal) => panic!("{}", refusal.reason),
        })
        .expect("these models do not fail")
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn ratio(a: u64, b: u64) -> f64 {
    a as f64 / b as f64
}

fn main() {
    println!("tokens per row and decoding call, repeating a prompt of 500 tokens, and departing from it every 30th");
    println!("{:>6} {:>8} {:>10} {:>10}", "batch", "plain", "copying", "departing");
    for batch in [1, 8, 32] {
        let per_row = |departs, speculation| {
            let mut model = Copier::new(2_000, 1_200);
            model.departs = departs;
            let jobs = (0..2 * u32::try_from(batch).unwrap_or(1))
                .map(|seed| Job::new(seed.to_string(), model.prompt(seed, 500), 1, SamplingParams::greedy(600)))
                .collect();
            let statistics = run(&mut model, jobs, Options { slots: batch, speculation, ..Options::default() });
            ratio(statistics.new_tokens, (statistics.calls - statistics.prefill_calls) * batch as u64)
        };
        let on = Speculation { per_call: 512, ..Speculation::default() };
        println!("{batch:>6} {:>8.2} {:>10.2} {:>10.2}", per_row(0, Speculation::OFF), per_row(0, on), per_row(30, on));
    }

    println!("\ndecoder's own microseconds a token");
    println!(
        "{:>8} {:>7} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "vocab", "spread", "batch", "greedy", "T 0.8", "top-p", "top-k", "all"
    );
    let base = SamplingParams { temperature: 0.8, max_new_tokens: 20, ..SamplingParams::default() };
    let settings = [
        SamplingParams { temperature: 0.0, ..base.clone() },
        base.clone(),
        SamplingParams { top_p: 0.95, ..base.clone() },
        SamplingParams { top_k: 50, ..base.clone() },
        SamplingParams { top_p: 0.95, top_k: 50, min_p: 0.01, ..base },
    ];
    for vocabulary in [32_000, 152_000] {
        for spread in [1.0, 4.0] {
            let mut model = Noise::new(vocabulary, spread);
            for batch in [1, 8, 32] {
                print!("{vocabulary:>8} {spread:>7} {batch:>6}");
                for params in &settings {
                    let mut totals = (Duration::ZERO, Duration::ZERO, 0);
                    for _ in 0..(64 / batch).max(4) {
                        let job = Job::new("task", vec![1, 2, 3], batch, params.clone());
                        model.spent = Duration::ZERO;
                        let start = clock();
                        let statistics = run(&mut model, vec![job], Options { slots: batch, ..Options::default() });
                        totals.0 += model.spent;
                        totals.1 += clock().saturating_sub(start);
                        totals.2 += statistics.new_tokens;
                    }
                    // Over many runs: the system's clock moves in steps.
                    let (spent, all, tokens) = totals;
                    print!(" {:>9.1}", all.saturating_sub(spent).as_secs_f64() * 1e6 / ratio(tokens, 1));
                }
                println!();
            }
        }
    }
}
