//! Links the component's core modules into one.
//!
//! componentize-py leaves the interpreter as a dozen dynamically linked core modules (CPython, the C library, the adapter and
//! their glue) whose addresses are global variables and whose calls cross instances. For one that is made anew for every
//! candidate that is dear: each instance resolves thousands of imports and fills a shared function table. Once the heap is
//! pre-initialised all of those addresses are known, so they are linked here as a static linker would:
//!
//! - `component` reads the component and writes it anew around the one module;
//! - `module` reads one core module;
//! - `resolve` finds what each import is, which functions are reachable, and which globals never change;
//! - `libm` takes the C library's mathematical functions from the host;
//! - `sizes` makes sizes that fit 64 bits work;
//! - `stack` gives the interpreter a C stack of 8 MiB;
//! - `allocator` gives it one for small objects;
//! - `image` finds things in its memory;
//! - `emit` writes the linked module, and `body` each function;
//! - `meter` counts its work, once it is optimised;
//! - `watch` shows the host its state.
//!
//! The shims through which WASI's functions reach the memory they need stay as they are. Whatever the linker does not
//! understand is an error of the build, and the result is validated.

mod allocator;
mod body;
mod component;
mod emit;
mod image;
mod libm;
mod meter;
mod module;
mod resolve;
mod sizes;
mod stack;
mod watch;

use wasmparser::{Validator, WasmFeatures};

/// Makes a module's code better.
pub(super) type Optimise<'o> = &'o dyn Fn(&[u8]) -> Result<Vec<u8>, String>;

/// The component with its core modules linked, and their one module optimised and metered.
///
/// # Errors
///
/// The part of the component that was not understood.
pub(super) fn link(component: &[u8], optimise: Optimise<'_>) -> Result<Vec<u8>, String> {
    let linked = component::link(component, optimise)?;
    Validator::new_with_features(WasmFeatures::default())
        .validate_all(&linked)
        .map_err(|error| format!("the linked component is not valid: {error}"))?;
    Ok(linked)
}

/// The text of an error, for `map_err`: the parser's errors carry their offset.
fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
