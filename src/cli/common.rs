//! Arguments and start-up that subcommands share.

#[cfg(feature = "generate")]
use std::path::Path;
use std::{path::PathBuf, sync::Arc};

use clap::Args;

use super::{Usage, print, progress::Spinner};
#[cfg(feature = "generate")]
use crate::model;
use crate::{
    answer::Sanitize,
    dataset::DataDir,
    judge::{Judge, Options},
    sandbox::{Annotations, CacheDir, CacheEvent, Fault, Sandbox, Settings, pool},
};

/// The directory of named datasets.
#[derive(Debug, Clone, Args)]
pub(super) struct DataArguments {
    /// Directory with the published dataset files [default: ./data].
    #[arg(long, value_name = "DIR", env = "TRACEWRIGHT_DATA")]
    data: Option<PathBuf>,
}

impl DataArguments {
    pub(super) fn directory(&self) -> DataDir {
        DataDir::new(self.data.clone())
    }
}

/// The number of workers, and the limits of a candidate.
#[derive(Debug, Clone, Args)]
pub(super) struct JudgeArguments {
    /// Worker threads [default: one a processor].
    #[arg(long, short, value_name = "N")]
    pub(super) jobs: Option<usize>,

    /// The least fuel for one input, or for all of a program's tests, in wasm operators (see `doctor` for what that is in seconds).
    #[arg(long, value_name = "N", default_value = "20G", value_parser = parse_count)]
    fuel: u64,

    /// The fuel limit is at least this many times what the reference used on the same tests.
    #[arg(long, value_name = "X", default_value_t = 4.0)]
    fuel_factor: f64,

    /// Memory of a candidate's sandbox in MiB, the interpreter's own 50 MiB included.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory: usize,

    /// When to look for the program in a candidate's text: where it is not a program as it stands (auto), always (as EvalPlus's sanitiser:
    /// keep only imports and what the entry point reaches), or never.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    sanitize: When,

    #[command(flatten)]
    annotations: AnnotationArguments,

    /// Run all tests of a candidate instead of stopping at its first failure.
    #[arg(long)]
    test_details: bool,

    /// Report what candidates tried besides solving the task: frame walks, patched builtins, exits, floods. Runs each twice.
    #[arg(long)]
    audit: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// When annotations are evaluated.
#[derive(Debug, Clone, Args)]
pub(super) struct AnnotationArguments {
    /// When programs evaluate their annotations: where they stand, as up to Python 3.13, so that a type that was never imported is a
    /// `NameError` (eager), or when they are asked for, as in Python 3.14 (deferred).
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Evaluation::Eager)]
    annotations: Evaluation,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Evaluation {
    Eager,
    Deferred,
}

impl AnnotationArguments {
    pub(super) fn choice(&self) -> Annotations {
        match self.annotations {
            Evaluation::Eager => Annotations::Eager,
            Evaluation::Deferred => Annotations::Deferred,
        }
    }
}

impl JudgeArguments {
    pub(super) fn options(&self) -> super::Outcome<Options> {
        if !(self.fuel_factor.is_finite() && self.fuel_factor >= 0.0) {
            return Err(Usage(format!("--fuel-factor {}: not a positive number", self.fuel_factor)).into());
        }
        Ok(Options {
            fuel_floor: self.fuel,
            fuel_factor: self.fuel_factor,
            memory: memory_bytes(self.memory)?,
            run_all: self.test_details,
            audit: self.audit,
            annotations: self.annotations.choice(),
        })
    }

    pub(super) fn sanitize(&self) -> Sanitize {
        match self.sanitize {
            When::Auto => Sanitize::Auto,
            When::Always => Sanitize::Always,
            When::Never => Sanitize::Never,
        }
    }

    pub(super) fn jobs(&self) -> super::Outcome<usize> {
        jobs(self.jobs)
    }

    pub(super) fn judge(&self) -> super::Outcome<Judge> {
        let options = self.options()?;
        let cache = CacheDir::from_environment();
        let sandbox = start(self.jobs()?, &cache)?;
        Ok(Judge::new(sandbox, cache, options))
    }
}

pub(super) fn jobs(asked: Option<usize>) -> super::Outcome<usize> {
    match asked {
        Some(0) => Err(Usage("--jobs 0: at least one worker is needed".to_owned()).into()),
        Some(jobs) if jobs > 512 => Err(Usage(format!("--jobs {jobs}: at most 512")).into()),
        Some(jobs) => Ok(jobs),
        None => Ok(pool::default_jobs().min(512)),
    }
}

/// The whole checkpoint that a path stands for: an adapter is merged into its base, a GGUF file imported.
#[cfg(feature = "generate")]
pub(super) fn whole_model(path: &Path) -> super::Outcome<PathBuf> {
    let cache = CacheDir::from_environment();
    let mut report = |line: &str| print::note(format_args!("{line}"));
    if model::gguf::is_gguf(path) {
        return Ok(model::gguf::imported(path, cache.path(), &mut report)?);
    }
    Ok(model::whole(path, cache.path(), &mut report)?)
}

/// Loads ONNX Runtime before work begins, since it may have to be fetched.
#[cfg(feature = "train")]
pub(super) fn runtime(cache: &CacheDir, device: model::Device) -> Result<(), model::ModelError> {
    model::Runtime::open(cache.path(), device, &mut |line| print::note(line)).map(drop)
}

/// MiB to bytes, within what an instance can have.
pub(super) fn memory_bytes(mebibytes: usize) -> super::Outcome<usize> {
    if !(64..=4095).contains(&mebibytes) {
        return Err(Usage(format!(
            "--memory {mebibytes}: between 64 (the interpreter needs about 50) and 4095 (32-bit WebAssembly)"
        ))
        .into());
    }
    Ok(mebibytes << 20)
}

/// Starts the sandbox, saying so where it takes long.
pub(super) fn start(jobs: usize, cache: &CacheDir) -> Result<Arc<Sandbox>, Fault> {
    let mut spinner = None;
    let sandbox = Sandbox::new(&Settings { jobs, cache: cache.clone() }, &mut |event| match event {
        CacheEvent::Compiling => {
            spinner = Some(Spinner::start("compiling the sandboxed interpreter (once, about 10 seconds)"));
        }
        CacheEvent::Compiled(seconds) => {
            if let Some(spinner) = spinner.take() {
                spinner.finish(&format!("compiled the sandboxed interpreter in {seconds:.0} s"));
            }
        }
        CacheEvent::Damaged(path) => {
            print::note(format_args!("note: {} was damaged and is made again", path.display()));
        }
        CacheEvent::NotKept(why) => print::note(format_args!("note: the compiled interpreter is not kept: {why}")),
    })?;
    Ok(Arc::new(sandbox))
}

/// Reads a count with an optional suffix K, M, G or T.
pub(super) fn parse_count(text: &str) -> Result<u64, String> {
    let (digits, scale) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&text[..at], 1_000),
        Some((at, 'm' | 'M')) => (&text[..at], 1_000_000),
        Some((at, 'g' | 'G')) => (&text[..at], 1_000_000_000),
        Some((at, 't' | 'T')) => (&text[..at], 1_000_000_000_000),
        _ => (text, 1),
    };
    let count: u64 = digits.parse().map_err(|_| "not a number (such as 20G or 500M)".to_owned())?;
    count.checked_mul(scale).filter(|count| *count > 0).ok_or_else(|| "out of range".to_owned())
}
