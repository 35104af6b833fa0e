//! Takes the C library's mathematical functions from the host.
//!
//! musl's differ from a desktop's C library in the last digit for 3 to 46 % of arguments. The host's are correctly rounded, so
//! there is one right answer; interface `libm` of `wit/world.wit` names them. The componentizer binds its functions for
//! Python, where nothing calls them: here the C library's functions of the same names become those imports.

use super::resolve::{Function, Program, Target};

const INTERFACE: &str = "tracewright:guest/libm@0.1.0";

/// Puts the functions of the interface in the place of the C library's.
pub(super) fn take_from_host(program: &mut Program<'_>) -> Result<(), String> {
    let bindings = program.members.iter().flat_map(|member| &member.bindings);
    let from_host: Vec<(&str, u32)> = bindings
        .filter(|((module, _), _)| *module == INTERFACE)
        .filter_map(|((_, name), target)| match target {
            Target::Outside(function) => Some((*name, *function)),
            Target::Export { .. } => None,
        })
        .collect();
    if from_host.is_empty() {
        return Err(format!("nothing imports {INTERFACE}"));
    }
    for (name, function) in from_host {
        let place = program.named(name)?;
        program.replaced.insert(place, Function::Outside(function));
    }
    Ok(())
}
