//! Writes the macro that hands the interface `wit/world.wit` to a generator of bindings.
//!
//! A generator wants the text as a literal or as a file of the crate that calls it. The file belongs to this crate, and a
//! published crate cannot reach into another: so the macro carries the text.

use std::{fs, path::Path};

/// The macro's source.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn code(wit: &Path) -> Result<String, String> {
    let text = fs::read_to_string(wit).map_err(|e| format!("cannot read {}: {e}", wit.display()))?;
    Ok(format!(
        "/// Calls a macro that generates bindings, such as `wasmtime::component::bindgen`, with the component's interface as its\n\
         /// `inline` and the options given: `with_interface!(wasmtime::component::bindgen {{ world: \"sandbox\" }});`.\n\
         #[macro_export]\n\
         macro_rules! with_interface {{\n    \
             ($($generator:ident)::+ {{ $($options:tt)* }}) => {{\n        \
                 $($generator)::+!({{ inline: {text:?}, $($options)* }});\n    \
             }};\n\
         }}\n"
    ))
}
