//! Gives the interpreter a C stack as deep as a process has natively, 8 MiB instead of the componentizer's one.
//!
//! Once the heap is pre-initialised the C stack is empty, so it can be moved: to new memory behind the image, which costs
//! nothing until it is used. What has to follow: the globals that say where it is, and the copies that the interpreter and
//! the C library made of them at start.
//!
//! At its old place an overflow ran below address zero and trapped. At the new one it would run into the heap, so every
//! function that takes room on the stack checks that the room is there. CPython's own checks come long before: they raise
//! `RecursionError` at the soft limit.
//!
//! The host's stack, on which the compiled code keeps its own frames, has to outlast this one. So functions that recurse and
//! take next to none of the C stack are made to take some.

use std::collections::BTreeSet;

use wasmparser::ExternalKind;

use super::{
    image::{Image, PAGE, bytes},
    resolve::{Place, Program},
};

/// The stack's size in bytes, as `ulimit -s` has it everywhere.
const SIZE: u32 = 8 << 20;
/// The margin that CPython leaves above its hard limit, where it stops the process, for what runs while `RecursionError` unwinds.
const SOFT_MARGIN: u32 = 64 << 10;
/// The margin below it, for C code that recurses without asking.
const HARD_MARGIN: u32 = 64 << 10;
/// The margins that CPython 3.14 takes on WASI, by which its limits are recognised: the soft and the hard one.
const OLD_MARGINS: [u32; 2] = [16384, 8192];

/// Functions that recurse through themselves and others with nearly nothing on the C stack, so that CPython's limits, which
/// look only there, would be reached long after the host's stack is used up.
const SPARSE: [&str; 6] = [
    "PyObject_RichCompare",
    "PyObject_Repr",
    "PyObject_Str",
    "_Py_Dealloc",
    "object_recursive_isinstance",
    "scan_once_unicode",
];

/// The C stack's new place, and the changes that follow from it.
pub(super) struct Stack {
    /// The global that holds the stack pointer.
    pub(super) pointer: Place,
    /// The stack's lowest address.
    pub(super) low: u32,
    /// The number of pages that the memory must have at the start.
    pub(super) pages: u64,
    /// Functions whose frame is made larger by [`PADDING`](Self::PADDING).
    pub(super) padded: BTreeSet<Place>,
    /// The function by which the parser asks whether there is stack left.
    pub(super) parser_check: Place,
}

impl Stack {
    /// The number of bytes that functions of `SPARSE` take of the C stack beyond their own frame.
    pub(super) const PADDING: i32 = 128;
    /// The number of levels that the parser goes down: on WASI, and natively up to CPython 3.12.
    pub(super) const PARSER_DEPTHS: (i32, i32) = (4000, 6000);
}

/// Moves the stack behind the image; the new values of its globals go to `program`.
pub(super) fn move_stack(program: &mut Program<'_>, image: &Image) -> Result<Stack, String> {
    let pointer = defined(program, "__stack_pointer")?;
    let (top, bottom) = (defined(program, "__stack_high")?, defined(program, "__stack_low")?);
    let value = |place| program.initial(place).map(i32::cast_unsigned);
    let (old_high, old_low) = (value(top)?, value(bottom)?);
    if value(pointer)? != old_high || old_low != 0 {
        return Err("the C stack is not empty, or not where it used to be".to_owned());
    }

    let low = image.end()?;
    let size = SIZE + SOFT_MARGIN + HARD_MARGIN;
    let high = low + size;
    let limits = [high, low + HARD_MARGIN + SOFT_MARGIN, low + HARD_MARGIN];
    let pages = u64::from(high / PAGE);

    // `c_stack_top`, `c_stack_soft_limit` and `c_stack_hard_limit` of the one thread's state.
    let old_limits = [old_high, old_low + OLD_MARGINS[0], old_low + OLD_MARGINS[1]];
    let state = image.only(&old_limits, |_, _| true, "the interpreter's limits of the C stack")?;
    // `stack` and `stack_size` in musl's `struct pthread`, which begins with a pointer to itself.
    let starts_with_itself =
        |words: &[u32], at: usize| at.checked_sub(12).is_some_and(|start| words[start] as usize == start * 4);
    let thread =
        image.only(&[old_high, old_high - old_low], starts_with_itself, "the C library's note of the C stack")?;

    for (place, value) in [(pointer, high), (top, high), (bottom, low)] {
        program.moved.insert(place, value.cast_signed());
    }
    program.patches.push((state, bytes(&limits)));
    program.patches.push((thread, bytes(&[high, size])));
    program.vacated = old_high;
    let padded = SPARSE.into_iter().map(|name| program.named(name)).collect::<Result<_, _>>()?;
    let parser_check = program.named("_Py_ReachedRecursionLimitWithMargin")?;
    Ok(Stack { pointer, low, pages, padded, parser_check })
}

/// The one global that a member defines and exports under `name`.
fn defined(program: &Program<'_>, name: &str) -> Result<Place, String> {
    let mut places = program.members.iter().enumerate().filter_map(|(at, member)| {
        let (ExternalKind::Global, index) = *member.module.exports.get(name)? else { return None };
        let defined = (index as usize).checked_sub(member.module.imported_globals.len())?;
        Some((at, defined))
    });
    match (places.next(), places.next()) {
        (Some(place), None) => Ok(place),
        _ => Err(format!("not exactly one module defines {name}")),
    }
}
