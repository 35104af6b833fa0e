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
    sandbox::{CacheDir, Captured, Limits, pool, readable_fuel},
    value::{Value, codec},
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
    let (reply, usage, (stdout, stderr)) = pool::run_one(|| {
        let mut instance = sandbox.instantiate_with(&limits, stdin.clone(), None)?;
        let annotations = arguments.annotations.choice();
        let reply = instance.set_annotations(annotations).and_then(|()| instance.run(&source, &name));
        Ok::<_, crate::sandbox::Fault>((reply, instance.usage(), instance.take_output()))
    })??;
    sandbox.check_memory()?;

    let (status, message) = match &reply {
        Err(ending) => {
            let (kind, message) = ending.describe();
            (kind.to_owned(), Some(message))
        }
        Ok(bytes) => match codec::decode(bytes) {
            Ok(Value::None) => ("ok".to_owned(), None),
            Ok(Value::Tuple(error)) if error.len() == 7 => {
                let text = |value: &Value| match value {
                    Value::Str(text) => text.to_string_lossy(),
                    _ => String::new(),
                };
                (text(&error[1]), Some(text(&error[6])))
            }
            _ => ("SystemError".to_owned(), Some("the interpreter gave no answer".to_owned())),
        },
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
