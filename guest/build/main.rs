//! Provides the component, the notices of what it holds, and its interface, for `src/lib.rs`.
//!
//! The component comes
//!
//! 1. from a finished file, where the environment variable `TRACEWRIGHT_GUEST` names one: it must have the digest in
//!    `digest.txt` (`finished`);
//! 2. from nowhere, where only documentation is built and there is no network (`DOCS_RS` is set): a stub that nothing can run;
//! 3. from the sources (`source`, `link`, `optimise`), otherwise.
//!
//! All three have the same notices (`notices`) and the same interface (`interface`).

mod finished;
mod interface;
mod link;
mod notices;
mod optimise;
mod source;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The preamble of a component with nothing in it.
const STUB: &[u8] = b"\0asm\x0d\0\x01\0";

fn main() {
    for input in ["build", "licences", "wit"] {
        println!("cargo::rerun-if-changed={input}");
    }
    for variable in ["DOCS_RS", "PYTHON", finished::VARIABLE] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    if let Err(message) = build() {
        // One line an error: cargo shows each as `error: tracewright-guest: ...`.
        for line in message.lines() {
            println!("cargo::error={line}");
        }
        std::process::exit(1);
    }
}

fn build() -> Result<(), String> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    let notices = notices::read(&root.join("licences"))?;
    write(&out.join("notices.rs"), notices::code(&notices).as_bytes())?;
    write(&out.join("interface.rs"), interface::code(&root.join("wit/world.wit"))?.as_bytes())?;

    let bytes = if let Some(file) = env::var_os(finished::VARIABLE).filter(|file| !file.is_empty()) {
        let (file, digest) = (PathBuf::from(file), root.join("digest.txt"));
        for input in [&file, &digest] {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        finished::read(&file, &digest)?
    } else if env::var_os("DOCS_RS").is_some() {
        STUB.to_vec()
    } else {
        for input in ["python", "requirements.txt", "optimiser.txt"] {
            println!("cargo::rerun-if-changed={input}");
        }
        source::build(&root, &out, &notices)?
    };
    if bytes != STUB {
        notices::look_for_versions(&notices, &bytes)?;
    }
    let component = out.join("guest.wasm");
    write(&component, &bytes)?;
    println!("cargo::rustc-env=TRACEWRIGHT_GUEST_COMPONENT={}", component.display());
    println!("cargo::rustc-env=TRACEWRIGHT_GUEST_DIGEST={}", blake3::hash(&bytes).to_hex());
    Ok(())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(file, bytes).map_err(|e| format!("cannot write {}: {e}", file.display()))
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|e| format!("{name}: {e} (cargo sets it)"))
}
