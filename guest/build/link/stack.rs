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

use super::resolve::{Place, Program};

/// The stack's size in bytes, as `ulimit -s` has it everywhere.
const SIZE: u32 = 8 << 20;
/// The margin that CPython leaves above its hard limit, where it stops the process, for what runs while `RecursionError` unwinds.
const SOFT_MARGIN: u32 = 64 << 10;
/// The margin below it, for C code that recurses without asking.
const HARD_MARGIN: u32 = 64 << 10;
/// The margins that CPython 3.14 takes on WASI, by which its limits are recognised: the soft and the hard one.
const OLD_MARGINS: [u32; 2] = [16384, 8192];
const PAGE: u32 = 64 << 10;

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
    /// The changes in the image: the address and the bytes.
    pub(super) patches: Vec<(u32, Vec<u8>)>,
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
pub(super) fn move_stack(program: &mut Program<'_>) -> Result<Stack, String> {
    let pointer = defined(program, "__stack_pointer")?;
    let (top, bottom) = (defined(program, "__stack_high")?, defined(program, "__stack_low")?);
    let value = |place| program.initial(place).map(i32::cast_unsigned);
    let (old_high, old_low) = (value(top)?, value(bottom)?);
    if value(pointer)? != old_high || old_low != 0 {
        return Err("the C stack is not empty, or not where it used to be".to_owned());
    }

    let memory = program.members.iter().flat_map(|member| &member.module.memories).next().ok_or("no memory")?;
    let image = image(program, memory.initial)?;
    let low = u32::try_from(image.len()).map_err(|e| e.to_string())?;
    let size = SIZE + SOFT_MARGIN + HARD_MARGIN;
    let high = low + size;
    let limits = [high, low + HARD_MARGIN + SOFT_MARGIN, low + HARD_MARGIN];
    let pages = u64::from(high / PAGE);

    let words: Vec<u32> = image.as_chunks().0.iter().map(|word: &[u8; 4]| u32::from_le_bytes(*word)).collect();
    // `c_stack_top`, `c_stack_soft_limit` and `c_stack_hard_limit` of the one thread's state.
    let old_limits = [old_high, old_low + OLD_MARGINS[0], old_low + OLD_MARGINS[1]];
    let state = only(&words, |at| words[at..].starts_with(&old_limits), "the interpreter's limits of the C stack")?;
    // `stack` and `stack_size` in musl's `struct pthread`, which begins with a pointer to itself.
    let thread = only(
        &words,
        |at| {
            at >= 12
                && words[at..].starts_with(&[old_high, old_high - old_low])
                && words[at - 12] as usize == (at - 12) * 4
        },
        "the C library's note of the C stack",
    )?;

    for (place, value) in [(pointer, high), (top, high), (bottom, low)] {
        program.moved.insert(place, value.cast_signed());
    }
    let patches = vec![patch(state, &limits), patch(thread, &[high, size])];
    let padded = SPARSE.into_iter().map(|name| program.named(name)).collect::<Result<_, _>>()?;
    let parser_check = program.named("_Py_ReachedRecursionLimitWithMargin")?;
    Ok(Stack { pointer, low, pages, patches, padded, parser_check })
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

/// The memory as it is at the start.
fn image(program: &Program<'_>, pages: u64) -> Result<Vec<u8>, String> {
    let mut image = vec![0; usize::try_from(pages * u64::from(PAGE)).map_err(|e| e.to_string())?];
    for (at, member) in program.members.iter().enumerate() {
        for (offset, bytes) in &member.module.data {
            let start = program.constant(at, offset)?.cast_unsigned() as usize;
            let Some(place) = image.get_mut(start..start + bytes.len()) else {
                return Err("a data segment beyond the memory".to_owned());
            };
            place.copy_from_slice(bytes);
        }
    }
    Ok(image)
}

/// The one index of `words` that `matches`.
fn only(words: &[u32], matches: impl Fn(usize) -> bool, what: &str) -> Result<usize, String> {
    let found: Vec<usize> = (0..words.len()).filter(|at| matches(*at)).collect();
    match found[..] {
        [at] => Ok(at),
        _ => Err(format!("{what}: {} places look like it", found.len())),
    }
}

fn patch(word: usize, values: &[u32]) -> (u32, Vec<u8>) {
    let address = u32::try_from(word * 4).unwrap_or(u32::MAX);
    (address, values.iter().flat_map(|value| value.to_le_bytes()).collect())
}
