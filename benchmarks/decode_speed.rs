//! Tokens per second of models with random weights: `decode_speed 27|100 [--threads N] [--eight-bit]`.
//!
//! For each batch size a prompt of 128 tokens is run once and copied to all slots, then every slot decodes 64 tokens, one a step; the
//! best of three rounds counts. `verify` is one sequence with 8 tokens a step, as in speculative decoding.
//!
//! With one thread the time is what the thread spent on a processor, where Linux tells, so that other load matters less.

use std::time::{Duration, Instant};

use tracewright::model::{Checkpoint, Device, Forward, LoadOptions, LocalModel, Row, Runtime, Weights};

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
    let [layers, hidden, intermediate, heads, kv_heads] = match arguments.get(1).map(String::as_str) {
        Some("27") => [12, 384, 1024, 6, 6],
        Some("100") => [14, 768, 2048, 12, 4],
        _ => return Err("decode_speed 27|100 [--threads N] [--eight-bit]".into()),
    };
    let folder = tempfile::tempdir()?;
    let architecture = "LlamaForCausalLM";
    let head_dim = hidden / heads;
    let shape = Shape { architecture, vocabulary: VOCABULARY, hidden, intermediate, layers, heads, kv_heads, head_dim };
    shape.write(folder.path(), 1);
    let parameters = shape.tensors().iter().map(|(_, shape)| shape.iter().product::<usize>()).sum::<usize>();
    let report = &mut |line: &str| eprintln!("{line}");
    let runtime = Runtime::open(&std::env::temp_dir().join("decode_speed"), Device::Cpu, report)?;
    let options = LoadOptions { device: Device::Cpu, threads, weights, context: None, cache: folder.path().into() };
    let started = Instant::now();
    let model = LocalModel::load(&Checkpoint::open(folder.path())?, &runtime, &options, report)?;
    let mut model = Measured { model, threads };
    println!(
        "{parameters} parameters, {weights:?}, {threads} threads: loaded in {:.2} s",
        started.elapsed().as_secs_f64()
    );
    for batch in [1, 8, 32] {
        let (mut prefill, mut decode) = (f64::MAX, f64::MAX);
        for _ in 0..3 {
            prefill = prefill.min(prompt(&mut model, batch)?);
            decode = decode.min(steps(&mut model, batch, 1)?);
        }
        let rate = |tokens: usize, seconds: f64| f64::from(u32::try_from(tokens).unwrap_or(0)) / seconds;
        println!(
            "batch {batch}: prompt {:.0} tok/s, decode {:.0} tok/s",
            rate(PROMPT, prefill),
            rate(batch * STEPS, decode)
        );
    }
    prompt(&mut model, 1)?;
    let verify = steps(&mut model, 1, 8)?;
    println!("verify 8 a step: {:.1} ms a step", verify * 1e3 / f64::from(u32::try_from(STEPS)?));
    Ok(())
}

struct Measured {
    model: LocalModel,
    threads: usize,
}

/// Time that passed, or that this thread computed.
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

/// Runs the prompt in slot 0 and copies it; seconds for the former.
fn prompt(model: &mut Measured, batch: usize) -> Result<f64, Failure> {
    let tokens = Random(2).tokens(PROMPT, VOCABULARY);
    model.model.reset(batch, 1024)?;
    let started = Clock::start(model.threads);
    model.model.forward(&[Row { slot: 0, start: 0, tokens: &tokens, wanted: 1 }], &mut vec![])?;
    let seconds = started.seconds();
    for slot in 1..batch {
        model.model.copy(0, slot, PROMPT)?;
    }
    Ok(seconds)
}

/// Decodes; seconds.
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
