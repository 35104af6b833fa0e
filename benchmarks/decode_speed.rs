//! Tokens per second: `decode_speed 27|100|DIR [--threads N] [--batch N] [--eight-bit] [--json]`, of a model with random weights or a checkpoint.
//!
//! For each batch size a prompt of 128 tokens is run once and copied to all slots, then every slot decodes 64 tokens, one a step; the
//! best of three rounds counts. `verify` is one sequence with 8 tokens a step, as in speculative decoding.
//!
//! *Prompt lookup* is measured with the program's own decoder on a repair: the answer is scripted to be the prompt with 3 of every 30 tokens
//! changed, so that 90 % of it is copied. The model runs in full for every token and every draft; only its choice is replaced.
//!
//! With one thread the time is what the thread spent on a processor, where Linux tells, so that other load matters less.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::json;
use tracewright::internals::model::{
    Checkpoint, Device, Forward, LoadOptions, LocalModel, ModelError, Row, Runtime, Weights,
    decode::{DecodeError, Detokenizer, Generator, Job, Options, SamplingParams, Speculation},
};

use self::random::{Random, Shape};

#[expect(clippy::unwrap_used, reason = "a panic is the benchmark's report")]
#[path = "../tests/models/random.rs"]
mod random;

const PROMPT: usize = 128;
const STEPS: usize = 64;
const VOCABULARY: usize = 16384;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments = std::env::args().collect::<Vec<_>>();
    let threads = match arguments.iter().position(|argument| argument == "--threads") {
        Some(at) => arguments.get(at + 1).ok_or("--threads needs a number")?.parse()?,
        None => 2,
    };
    let weights =
        if arguments.iter().any(|argument| argument == "--eight-bit") { Weights::EightBit } else { Weights::Stored };
    let temporary = tempfile::tempdir()?;
    let folder = match arguments.get(1).map(String::as_str) {
        Some("27") => written([12, 384, 1024, 6, 6], temporary.path()),
        Some("100") => written([14, 768, 2048, 12, 4], temporary.path()),
        Some(folder) => folder.into(),
        None => return Err("decode_speed 27|100|DIR [--threads N] [--eight-bit] [--json]".into()),
    };
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let report = &mut |line: &str| eprintln!("{line}");
    let runtime = Runtime::open(&std::env::temp_dir().join("decode_speed"), Device::Cpu, report)?;
    let options = LoadOptions { device: Device::Cpu, threads, weights, context: None, cache: temporary.path().into() };
    let started = Instant::now();
    let model = LocalModel::load(&Checkpoint::open(&folder)?, &runtime, &options, report)?;
    let mut model = Measured { model, threads };
    eprintln!("{weights:?}, {threads} threads: loaded in {:.2} s", started.elapsed().as_secs_f64());
    let mut results = serde_json::Map::new();
    let only = arguments.iter().position(|argument| argument == "--batch").and_then(|at| arguments.get(at + 1));
    let batches = only.map_or(Ok(vec![1, 8, 32]), |batch| batch.parse().map(|batch| vec![batch]))?;
    for batch in batches {
        let (mut prefill, mut decode) = (f64::MAX, f64::MAX);
        for _ in 0..3 {
            prefill = prefill.min(prompt(&mut model, batch)?);
            decode = decode.min(steps(&mut model, batch, 1)?);
        }
        let lookup = [Speculation::OFF, Speculation::default()]
            .map(|speculation| repair(&mut model.model, batch, speculation))
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        let (prefill, decode) = (rate(PROMPT, prefill), rate(batch * STEPS, decode));
        if !as_json {
            println!(
                "batch {batch}: prompt {prefill:.0} tok/s, decode {decode:.0} tok/s; repair {:.0} tok/s, with prompt lookup {:.0}",
                lookup[0], lookup[1]
            );
        }
        results.insert(
            batch.to_string(),
            json!({"prefill": prefill, "decode": decode, "repair": lookup[0], "repair_with_lookup": lookup[1]}),
        );
    }
    prompt(&mut model, 1)?;
    let verify = steps(&mut model, 1, 8)? * 1e3 / f64::from(u32::try_from(STEPS)?);
    if as_json {
        println!("{}", serde_json::Value::Object(results));
    } else {
        println!("verify 8 a step: {verify:.1} ms a step");
    }
    Ok(())
}

fn rate(tokens: usize, seconds: f64) -> f64 {
    f64::from(u32::try_from(tokens).unwrap_or(0)) / seconds
}

fn written([layers, hidden, intermediate, heads, kv_heads]: [usize; 5], folder: &Path) -> PathBuf {
    let architecture = "LlamaForCausalLM";
    let head_dim = hidden / heads;
    let shape = Shape { architecture, vocabulary: VOCABULARY, hidden, intermediate, layers, heads, kv_heads, head_dim };
    shape.write(folder, 1);
    folder.to_owned()
}

/// The number of tokens of a buggy program in a prompt, and of its repair.
const PROGRAM: usize = 300;
/// The number of tokens around it.
const AROUND: usize = 150;

/// A model whose choices are written beforehand: after its prompt comes its answer.
struct Scripted<'a> {
    model: &'a mut LocalModel,
    script: &'a [u32],
}

impl Forward for Scripted<'_> {
    fn vocabulary(&self) -> usize {
        self.model.vocabulary()
    }

    fn context(&self) -> usize {
        self.model.context()
    }

    fn reset(&mut self, slots: usize, length: usize) -> Result<(), ModelError> {
        self.model.reset(slots, length)
    }

    fn copy(&mut self, from: usize, to: usize, length: usize) -> Result<(), ModelError> {
        self.model.copy(from, to, length)
    }

    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError> {
        self.model.forward(rows, logits)?;
        let mut chunks = logits.chunks_mut(self.model.vocabulary());
        for row in rows {
            let end = row.start + row.tokens.len();
            for position in end - row.wanted..end {
                let (Some(logits), Some(token)) = (chunks.next(), self.script.get(position + 1)) else { continue };
                logits[*token as usize] = 1e4;
            }
        }
        Ok(())
    }
}

struct NoText;

impl Detokenizer for NoText {
    fn decode(&self, tokens: &[u32]) -> Result<String, DecodeError> {
        Ok("a".repeat(tokens.len()))
    }
}

/// Writes a repair in each slot, greedily; returns the tokens a second.
fn repair(model: &mut LocalModel, batch: usize, speculation: Speculation) -> Result<f64, Failure> {
    let vocabulary = model.vocabulary();
    let mut random = Random(5);
    let mut script = random.tokens(2 * AROUND + PROGRAM, vocabulary);
    let other = random.tokens(PROGRAM, vocabulary);
    let program = AROUND..AROUND + PROGRAM;
    let answer: Vec<u32> =
        program.clone().map(|at| if at % 30 < 3 { other[at - program.start] } else { script[at] }).collect();
    let prompt = script.clone();
    script.extend(answer);
    let mut seconds = |tokens: usize| -> Result<f64, Failure> {
        let mut best = f64::MAX;
        // Many rows take long, and their average is steadier.
        for _ in 0..if batch > 8 { 1 } else { 2 } {
            let mut scripted = Scripted { model, script: &script };
            let options = Options { slots: batch, length: None, speculation };
            let mut generator = Generator::new(&mut scripted, &NoText, Vec::new(), options)?;
            let started = Instant::now();
            let job = Job::new("repair", prompt.clone(), batch, SamplingParams::greedy(tokens));
            generator.run([job], |_| std::ops::ControlFlow::Continue(()))?;
            best = best.min(started.elapsed().as_secs_f64());
        }
        Ok(best)
    };
    // Without the prompt, which is read once however its answer is decoded.
    Ok(rate(batch * (PROGRAM - 1), seconds(PROGRAM)? - seconds(1)?))
}

struct Measured {
    model: LocalModel,
    threads: usize,
}

/// The time that passed, or that this thread computed.
enum Clock {
    Wall(Instant),
    Thread(Duration),
}

impl Clock {
    fn start(threads: usize) -> Self {
        thread_time().filter(|_| threads == 1).map_or_else(|| Self::Wall(Instant::now()), Self::Thread)
    }

    fn seconds(&self) -> f64 {
        match self {
            Self::Wall(started) => started.elapsed().as_secs_f64(),
            Self::Thread(started) => thread_time().unwrap_or_default().saturating_sub(*started).as_secs_f64(),
        }
    }
}

fn thread_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
}

/// Runs the prompt in slot 0 and copies it; returns the seconds for the former.
fn prompt(model: &mut Measured, batch: usize) -> Result<f64, Failure> {
    let tokens = Random(2).tokens(PROMPT, model.model.vocabulary());
    model.model.reset(batch, 1024)?;
    let started = Clock::start(model.threads);
    model.model.forward(&[Row { slot: 0, start: 0, tokens: &tokens, wanted: 1 }], &mut vec![])?;
    let seconds = started.seconds();
    for slot in 1..batch {
        model.model.copy(0, slot, PROMPT)?;
    }
    Ok(seconds)
}

/// Decodes; returns the seconds.
fn steps(model: &mut Measured, batch: usize, width: usize) -> Result<f64, Failure> {
    let tokens = vec![17; width];
    let mut logits = vec![];
    let started = Clock::start(model.threads);
    for step in 0..STEPS {
        let row = |slot| Row { slot, start: PROMPT + step * width, tokens: &tokens, wanted: width };
        model.model.forward(&(0..batch).map(row).collect::<Vec<_>>(), &mut logits)?;
    }
    Ok(started.seconds())
}
