//! `tracewright run`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;
use serde_json::json;

use super::{
    Usage,
    common::{AnnotationArguments, memory_bytes, parse_count, start},
    print, table,
};
use crate::{
    files::read_python,
    judge::Script,
    sandbox::{CacheDir, Captured, Limits, readable_fuel},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program.
    file: PathBuf,

    /// A file for its standard input.
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,

    /// Fuel, in wasm operators.
    #[arg(long, value_name = "N", default_value = "100G", value_parser = parse_count)]
    fuel: u64,

    /// Memory in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory: usize,

    /// Bytes of output to keep, of each stream.
    #[arg(long, value_name = "BYTES", default_value = "64K", value_parser = parse_count)]
    output: u64,

    #[command(flatten)]
    annotations: AnnotationArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let read =
        |path: &PathBuf| read_python(path).map_err(|error| Usage(format!("cannot read {}: {error}", path.display())));
    let source = read(&arguments.file)?;
    let stdin = match &arguments.stdin {
        Some(path) => std::fs::read(path).map_err(|error| Usage(format!("cannot read {}: {error}", path.display())))?,
        None => Vec::new(),
    };
    let limits = Limits {
        fuel: arguments.fuel,
        memory: memory_bytes(arguments.memory)?,
        output: usize::try_from(arguments.output).context("--output")?,
    };
    let name =
        arguments.file.file_name().map_or_else(|| "program.py".to_owned(), |name| name.to_string_lossy().into_owned());
    let sandbox = start(1, &CacheDir::from_environment())?;
    let program = (name.as_str(), source.as_str());
    let Script { error, stdout, stderr, usage } =
        Script::run(&sandbox, &limits, arguments.annotations.choice(), program, stdin)?;
    let (status, message) = match error {
        None => ("ok".to_owned(), None),
        Some(error) => (error.kind, Some(error.message)),
    };
    if json {
        let stream = |captured: &Captured| json!({ "text": String::from_utf8_lossy(&captured.bytes), "bytes": captured.total, "truncated": captured.truncated() });
        print::json(&json!({
            "status": status,
            "error": message,
            "stdout": stream(&stdout),
            "stderr": stream(&stderr),
            "fuel": usage.fuel,
            "peak_memory": usage.peak_memory,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    show(&stdout, print::text)?;
    show(&stderr, |text| {
        print::note(text.strip_suffix('\n').unwrap_or(text));
        Ok(())
    })?;
    if let Some(message) = &message {
        print::note(table::escape(message.trim_end().as_bytes()));
    }
    let style = if status == "ok" { table::GOOD } else { table::BAD };
    print::note(format_args!(
        "{style}{}{}  fuel {}  memory {} MiB",
        table::one_line(&status),
        style.render_reset(),
        readable_fuel(usage.fuel),
        usage.peak_memory >> 20
    ));
    Ok(ExitCode::SUCCESS)
}

/// Shows a stream, escaped, and says what was dropped.
fn show(captured: &Captured, print: fn(&str) -> super::Outcome<()>) -> super::Outcome<()> {
    let mut text = table::escape(&captured.bytes);
    if !text.is_empty() {
        if !text.ends_with('\n') {
            text.push('\n');
        }
        print(&text)?;
    }
    if captured.truncated() {
        print::note(format_args!("[{} of {} bytes shown]", captured.bytes.len(), captured.total));
    }
    Ok(())
}
