//! `tracewright doctor`.

use std::{process::ExitCode, time::Instant};

use clap::Args;
use serde_json::json;

use super::{common::start, print, table};
use crate::sandbox::{CacheDir, Speed, pool};

#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let cache = CacheDir::from_environment();
    let started = Instant::now();
    let sandbox = start(1, &cache)?;
    let load = started.elapsed();
    let Speed { fuel_per_second: rate, instance_seconds } = Speed::measure(&sandbox)?;
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
