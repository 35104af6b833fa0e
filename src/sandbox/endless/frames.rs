//! The line that a program executes, read out of the interpreter's memory, of which every byte may be the program's choice.
//!
//! `_PyRuntime` begins with a table of offsets for just that, `_Py_DebugOffsets` (CPython 3.14, `Include/internal/pycore_debug_offsets.h`).

/// The table's first bytes, and the versions of CPython whose table this is: 3.14.
const COOKIE: [u8; 8] = *b"xdebugpy";
const VERSION: u64 = 0x030e;

/// Places in the table: the n-th of its numbers.
const VERSION_AT: usize = 1;
const INTERPRETERS_HEAD: usize = 5;
const THREADS_HEAD: usize = 9;
const CURRENT_FRAME: usize = 26;
const FRAME_PREVIOUS: usize = 32;
const FRAME_EXECUTABLE: usize = 33;
const FRAME_INSTRUCTION: usize = 34;
const FRAME_OWNER: usize = 36;
const CODE_FILENAME: usize = 40;
const CODE_LINE_TABLE: usize = 43;
const CODE_FIRST_LINE: usize = 44;
const CODE_BYTECODE: usize = 48;
const BYTES_SIZE: usize = 75;
const BYTES_CONTENT: usize = 76;
const TEXT_LENGTH: usize = 79;
const TEXT_CONTENT: usize = 80;
/// The owner of frames that belong to no code: `FRAME_OWNED_BY_INTERPRETER`.
const NO_CODE: u8 = 3;
/// The bytes of a unit of bytecode.
const UNIT: usize = 2;
/// The most frames that are looked at.
const FRAMES: usize = 10_000;

/// Finds the runtime's state in the memory that every instance begins with.
pub(super) fn runtime(image: &[u8]) -> Option<usize> {
    let (words, _) = image.as_chunks();
    let tables = words.iter().enumerate().filter(|(_, word)| **word == COOKIE).map(|(at, _)| at * COOKIE.len());
    tables.filter(|at| word(image, at + 8 * VERSION_AT).is_some_and(|version| version >> 16 == VERSION)).find(|at| {
        // What it was made of has no interpreter.
        Table { memory: image, runtime: *at }.pointer(*at, INTERPRETERS_HEAD).is_some_and(|interpreter| interpreter > 0)
    })
}

/// The line of the innermost frame of `file`, from 1.
pub(super) fn line(memory: &[u8], runtime: Option<usize>, file: &str) -> Option<u32> {
    let table = Table { memory, runtime: runtime? };
    let mut frame = table.current_frame()?;
    for _ in 0..FRAMES {
        if frame == 0 {
            return None;
        }
        let owner = *memory.get(frame.checked_add(table.offset(FRAME_OWNER)?)?)?;
        // The lowest bits of a reference say how it is counted.
        let code = table.pointer(frame, FRAME_EXECUTABLE)? & !3;
        if owner != NO_CODE && table.text(table.pointer(code, CODE_FILENAME)?)? == file.as_bytes() {
            let instruction = table.pointer(frame, FRAME_INSTRUCTION)?;
            let unit = instruction.checked_sub(code.checked_add(table.offset(CODE_BYTECODE)?)?)? / UNIT;
            let first = table.pointer(code, CODE_FIRST_LINE)?;
            return line_of(table.bytes(table.pointer(code, CODE_LINE_TABLE)?)?, unit, i64::try_from(first).ok()?);
        }
        frame = table.pointer(frame, FRAME_PREVIOUS)?;
    }
    None
}

/// An interpreter's memory, by its table of offsets.
#[derive(Clone, Copy)]
struct Table<'m> {
    memory: &'m [u8],
    runtime: usize,
}

impl<'m> Table<'m> {
    fn offset(self, at: usize) -> Option<usize> {
        word(self.memory, self.runtime.checked_add(8 * at)?).and_then(|offset| usize::try_from(offset).ok())
    }

    /// The pointer, or number of 32 bits, in a structure.
    fn pointer(self, structure: usize, at: usize) -> Option<usize> {
        let bytes = self.memory.get(structure.checked_add(self.offset(at)?)?..)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    }

    fn current_frame(self) -> Option<usize> {
        let interpreter = self.pointer(self.runtime, INTERPRETERS_HEAD)?;
        let thread = self.pointer(interpreter, THREADS_HEAD)?;
        self.pointer(thread, CURRENT_FRAME)
    }

    /// The content of a `bytes`.
    fn bytes(self, object: usize) -> Option<&'m [u8]> {
        let length = self.pointer(object, BYTES_SIZE)?;
        self.memory.get(object.checked_add(self.offset(BYTES_CONTENT)?)?..)?.get(..length)
    }

    /// The characters of a text, if it is ASCII; something else otherwise.
    fn text(self, object: usize) -> Option<&'m [u8]> {
        let length = self.pointer(object, TEXT_LENGTH)?;
        self.memory.get(object.checked_add(self.offset(TEXT_CONTENT)?)?..)?.get(..length)
    }
}

fn word(memory: &[u8], at: usize) -> Option<u64> {
    memory.get(at..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

/// The line of a unit of bytecode (CPython's `InternalDocs/code_objects.md`, "Source code locations").
fn line_of(table: &[u8], unit: usize, first: i64) -> Option<u32> {
    let (mut rest, mut line, mut reached) = (table.iter().copied(), first, 0);
    loop {
        let head = rest.next()?;
        reached += usize::from(head & 7) + 1;
        let code = head >> 3 & 15;
        let mut has_line = true;
        match code {
            // Columns only.
            0..=9 => {
                rest.next()?;
            }
            10..=12 => {
                line = line.checked_add(i64::from(code - 10))?;
                rest.nth(1)?;
            }
            13 => line = line.checked_add(signed(&mut rest)?)?,
            14 => {
                line = line.checked_add(signed(&mut rest)?)?;
                for _ in 0..3 {
                    number(&mut rest)?;
                }
            }
            _ => has_line = false,
        }
        if reached > unit {
            return u32::try_from(line).ok().filter(|_| has_line);
        }
    }
}

/// A number of six bits a byte, the lowest first.
fn number(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes.next()?;
        value |= u64::from(byte & 63).checked_shl(shift)?;
        shift += 6;
        if byte & 64 == 0 {
            return Some(value);
        }
    }
}

/// One whose lowest bit is its sign.
fn signed(bytes: &mut impl Iterator<Item = u8>) -> Option<i64> {
    let value = number(bytes)?;
    let magnitude = i64::try_from(value >> 1).ok()?;
    Some(if value & 1 == 1 { -magnitude } else { magnitude })
}
