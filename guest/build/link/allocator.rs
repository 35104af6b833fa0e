//! Gives the interpreter an allocator for small blocks, `allocator.wat`, which says how it works.
//!
//! The componentizer's CPython has none: each object costs a walk through the C library's, by two indirect calls. The new one takes the place of
//! the functions of CPython's memory interface (`PyObject_Malloc` and its like in all three domains). The heap that is already there stays the
//! C library's, block by block.

use std::collections::HashMap;

use wasmparser::ExternalKind;

use super::{
    image::Image,
    module::CoreModule,
    resolve::{Function, Member, Program, Target},
    text,
};

/// The functions that the allocator needs of the C library.
const LIBRARY: [&str; 5] = ["malloc", "calloc", "realloc", "free", "aligned_alloc"];
/// The functions that stand in the structures of the domains, in their order there, and the globals for their table slots.
const DEFAULTS: [(&str, &str); 4] = [
    ("_PyMem_RawMalloc", "malloc"),
    ("_PyMem_RawCalloc", "calloc"),
    ("_PyMem_RawRealloc", "realloc"),
    ("_PyMem_RawFree", "free"),
];
/// The domains in their order in `_PyRuntime`, by the globals for their addresses.
const DOMAINS: [&str; 3] = ["raw", "memory", "object"];

/// The part of `_PyRuntime` in which they are looked for, in bytes.
const RUNTIME_BYTES: usize = 4096;

/// The length of the C stack's old place, in which the allocator has its fixed addresses.
const ROOM: u32 = 0x10_0000;

/// Returns the allocator as a module.
///
/// # Errors
///
/// The place where its text is wrong.
pub(super) fn module() -> Result<Vec<u8>, String> {
    wat::parse_str(include_str!("allocator.wat")).map_err(text)
}

/// Puts the allocator, whose module this is, in its place.
pub(super) fn replace<'a>(program: &mut Program<'a>, image: &Image, module: &'a [u8]) -> Result<(), String> {
    if program.vacated != ROOM {
        return Err(format!("the C stack was {:#x} bytes long, the allocator expects {ROOM:#x}", program.vacated));
    }
    let module = CoreModule::parse(module)?;
    let member = program.members.len();
    let library = library(program)?;
    let bindings = LIBRARY.into_iter().map(|name| (("libc", name), Target::Export { member: library, name })).collect();
    let exports = module.exports.clone();
    let imported = module.imported_functions.len();
    program.members.push(Member { module, bindings });

    let slots = DEFAULTS.map(|(name, _)| program.named(name).and_then(|place| program.slot(place)));
    let [malloc, calloc, realloc, free] = slots;
    let slots = [malloc?, calloc?, realloc?, free?];
    let interpreter = program.named("PyObject_Malloc")?.0;
    let runtime = program.address(interpreter, "_PyRuntime")?.cast_unsigned();
    let domains = domains(image, runtime, slots)?;
    for (name, (kind, index)) in exports {
        let index = index as usize;
        if kind == ExternalKind::Func {
            let place = program.named(name)?;
            program.replaced.insert(place, Function::Defined((member, index - imported)));
        } else {
            let value = global(name, &domains, slots).ok_or_else(|| format!("nothing sets {name}"))?;
            program.moved.insert((member, index), value.cast_signed());
        }
    }
    Ok(())
}

/// The member that defines the C library's functions.
fn library(program: &Program<'_>) -> Result<usize, String> {
    let mut members = (0..program.members.len()).filter(|at| {
        let module = &program.members[*at].module;
        LIBRARY.iter().all(|name| {
            matches!(module.exports.get(name), Some((ExternalKind::Func, index))
                if *index as usize >= module.imported_functions.len())
        })
    });
    match (members.next(), members.next()) {
        (Some(member), None) => Ok(member),
        _ => Err("not exactly one module is the C library".to_owned()),
    }
}

/// The addresses of the domains' structures in the runtime's state, in order.
fn domains(image: &Image, runtime: u32, slots: [u32; 4]) -> Result<HashMap<&'static str, u32>, String> {
    let [malloc, calloc, realloc, free] = slots;
    let domain = [0, malloc, calloc, realloc, free];
    // Another one is what the state was made of.
    let of_state = |_: &[u32], at: usize| (at * size_of::<u32>()).wrapping_sub(runtime as usize) < RUNTIME_BYTES;
    let first = image.only(&domain.repeat(DOMAINS.len()), of_state, "the structures of the memory interface")?;
    let addresses = (first..).step_by(size_of_val(&domain));
    Ok(DOMAINS.into_iter().zip(addresses).collect())
}

/// The value of the allocator's global of this name.
fn global(name: &str, domains: &HashMap<&str, u32>, slots: [u32; 4]) -> Option<u32> {
    let slot = DEFAULTS.iter().position(|(_, global)| *global == name).map(|at| slots[at]);
    slot.or_else(|| domains.get(name).copied())
}
