//! `tracewright doctor`.

use std::{process::ExitCode, time::Instant};

use clap::Args;
use serde_json::json;

use super::{common::start, print, table};
use crate::sandbox::{CacheDir, Fault, Limits, pool};

#[derive(Debug, Args)]
pub(super) struct Arguments {}

/// A loop of ordinary interpreter work: what most candidates spend their fuel on.
const WORK: &str = "def work(n):\n    total, seen = 0, {}\n    for i in range(n):\n        total += i % 7 * 3\n        seen[i & 255] = total\n    return total\n\nwork(400_000)\n";

pub(super) fn run(_: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let cache = CacheDir::from_environment();
    let started = Instant::now();
    let sandbox = start(1, &cache)?;
    let load = started.elapsed();
    let limits = Limits { fuel: 1_000_000_000_000, memory: 1 << 30, output: 4096 };
    let fresh = 50;
    let (fuel, seconds, instance_seconds) = pool::run_one(|| {
        let mut instance = sandbox.instantiate(&limits)?;
        let started = Instant::now();
        let _ = instance.run(WORK, "doctor.py");
        let (fuel, seconds) = (instance.usage().fuel, started.elapsed().as_secs_f64());
        let started = Instant::now();
        for _ in 0..fresh {
            let mut instance = sandbox.instantiate(&limits)?;
            let _ = instance.load("def f(x):\n    return x\n", &[], false);
        }
        Ok::<_, Fault>((fuel, seconds, started.elapsed().as_secs_f64() / f64::from(fresh)))
    })??;
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let rate = fuel as f64 / seconds;
    if json {
        print::json(&json!({
            "version": env!("CARGO_PKG_VERSION"),
            "guest": tracewright_guest::DIGEST,
            "cache": cache.path(),
            "jobs": pool::default_jobs(),
            "load_seconds": load.as_secs_f64(),
            "instance_seconds": instance_seconds,
            "fuel_per_second": rate,
            "onnx_runtime": onnx_runtime(&cache).map(|(place, cuda)| json!({ "library": place, "cuda": cuda })),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let models = match onnx_runtime(&cache) {
        None if cfg!(feature = "generate") => {
            "not here yet; `sample` fetches it with pip when it is first used".to_owned()
        }
        None => "not in this build".to_owned(),
        Some((place, cuda)) => format!("{place}, {} CUDA", if cuda { "with" } else { "without" }),
    };
    let rows = [
        ["tracewright".to_owned(), env!("CARGO_PKG_VERSION").to_owned()],
        [
            "guest".to_owned(),
            format!("{} ({} MiB)", &tracewright_guest::DIGEST[..16], tracewright_guest::COMPONENT.len() >> 20),
        ],
        ["cache".to_owned(), cache.path().display().to_string()],
        ["workers by default".to_owned(), pool::default_jobs().to_string()],
        ["start".to_owned(), format!("{:.0} ms", load.as_secs_f64() * 1e3)],
        ["fresh instance with a trivial candidate".to_owned(), format!("{:.2} ms", instance_seconds * 1e3)],
        [
            "fuel".to_owned(),
            format!("{:.1} G a second, so the default limit of 20 G is {:.1} s", rate / 1e9, 2e10 / rate),
        ],
        ["ONNX Runtime".to_owned(), models],
    ];
    print::text(&table::columns(&rows.map(Vec::from)))?;
    Ok(ExitCode::SUCCESS)
}

/// The ONNX Runtime that models would run on, if it is there, and whether it can use NVIDIA GPUs.
#[cfg(feature = "generate")]
fn onnx_runtime(cache: &CacheDir) -> Option<(String, bool)> {
    let library = crate::model::Runtime::probe(cache.path(), crate::model::Device::Cpu)?;
    let version = library.version.as_deref().unwrap_or("of unknown version");
    Some((format!("{version} ({}: {})", library.origin, library.path.display()), library.cuda))
}

#[cfg(not(feature = "generate"))]
fn onnx_runtime(_: &CacheDir) -> Option<(String, bool)> {
    None
}
