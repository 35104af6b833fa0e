//! A program on its own, with no tests.

use super::ErrorInfo;
use crate::{
    sandbox::{Annotations, Captured, Fault, Limits, Sandbox, Usage, pool},
    value::{Value, codec},
};

/// The outcome of a program that ran as a script.
#[derive(Debug)]
pub struct Script {
    /// The error that ended it, unless it ran to its end; for an exception, the message is all that Python prints of it.
    pub error: Option<ErrorInfo>,
    /// The standard output.
    pub stdout: Captured,
    /// The standard error.
    pub stderr: Captured,
    /// The fuel and the memory that it used.
    pub usage: Usage,
}

impl Script {
    /// Runs a program, given with its file's name, with this on its standard input.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness.
    pub fn run(
        sandbox: &Sandbox,
        limits: &Limits,
        annotations: Annotations,
        (name, source): (&str, &str),
        stdin: Vec<u8>,
    ) -> Result<Self, Fault> {
        let sandbox = sandbox.apart();
        pool::run_one(|| {
            let mut instance = sandbox.instantiate_with(limits, stdin, None)?;
            let reply = instance.set_annotations(annotations).and_then(|()| instance.run(source, name));
            instance.check_memory()?;
            let error = match &reply {
                Err(ending) => {
                    let (kind, message) = ending.describe();
                    Some((kind.to_owned(), message))
                }
                Ok(bytes) => match codec::decode(bytes) {
                    Ok(Value::None) => None,
                    Ok(Value::Tuple(error)) if error.len() == 7 => Some((text(&error[1]), text(&error[6]))),
                    _ => Some(("SystemError".to_owned(), "the interpreter gave no answer".to_owned())),
                },
            };
            let error = error.map(|(kind, message)| ErrorInfo { kind, message, line: None });
            let (stdout, stderr) = instance.take_output();
            Ok(Self { error, stdout, stderr, usage: instance.usage() })
        })?
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string_lossy(),
        _ => String::new(),
    }
}
