//! The `tracewright` command: parse, dispatch, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    tracewright::cli_main()
}
