//! Makes sizes that fit 64 bits work in an interpreter whose sizes have 32.
//!
//! Where a size says how many at most, where to stop or where to put something (`s.replace(a, b, 10**10)`, `lru_cache`,
//! `islice`, `list.insert`), a larger one than fits means what the largest that fits means: nothing in the guest's memory has
//! that many items. These conversions are clamped, as those of slices are in CPython itself. Others stay an `OverflowError`:
//! those whose caller goes on with big integers then (`enumerate`, `itertools.count`) or whose value matters as such
//! (`hash`, `deque.rotate`, `repeat`).
//!
//! `len` gives what a range or a class says: the conversion that fails leaves the integer in a global, and `len` takes it
//! from there.

use wasm_encoder::{BlockType, Function as Body, Instruction as I, ValType as Type};
use wasmparser::{FuncType, ValType};

use super::resolve::{Function, Place, Program};

/// The callers of `PyLong_AsSsize_t` and `PyNumber_AsSsize_t` whose arguments are clamped.
const CLAMPED: [&str; 36] = [
    "unicode_replace",
    "unicode_split",
    "unicode_rsplit",
    "bytes_replace",
    "bytes_split",
    "bytes_rsplit",
    "bytearray_replace",
    "bytearray_split",
    "bytearray_rsplit",
    "list_insert",
    "list_pop",
    "bytearray_insert",
    "bytearray_pop",
    "array_array_insert",
    "array_array_pop",
    "deque_init",
    "deque_insert",
    "batched_new",
    "islice_new",
    "lru_cache_new",
    "_sre_SRE_Pattern_match",
    "_sre_SRE_Pattern_fullmatch",
    "_sre_SRE_Pattern_search",
    "_sre_SRE_Pattern_sub",
    "_sre_SRE_Pattern_subn",
    "_sre_SRE_Pattern_findall",
    "_sre_SRE_Pattern_split",
    "_sre_SRE_Pattern_finditer",
    "_sre_SRE_Pattern_scanner",
    "_Py_convert_optional_to_ssize_t",
    "_io_TextIOWrapper_readline",
    "_io_BytesIO_readlines",
    "_io_BytesIO_seek",
    "_io_StringIO_seek",
    "PyNumber_Multiply",
    "PyNumber_InPlaceMultiply",
];
/// The functions whose integer `len` may ask for.
const LENGTHS: [&str; 2] = ["range_length", "slot_sq_length"];
/// The places of `len`: the function, and the interpreter's instructions for it.
const LEN: [&str; 2] = ["builtin_len", "_PyEval_EvalFrameDefault"];

/// A function that the linker adds.
pub(super) struct Added {
    pub(super) ty: FuncType,
    pub(super) code: Code,
}

/// The code of an added function.
#[derive(Debug, Clone, Copy)]
pub(super) enum Code {
    /// The function, with what it cannot convert replaced by the nearest value that fits.
    Clamp(Place),
    /// The function, keeping the integer that does not fit.
    Keep(Place),
    /// `PyObject_Size`; the largest size where an integer was kept that fits 64 bits.
    Size,
    /// `PyLong_FromSsize_t`; the kept integer where there is one.
    Length,
}

/// The interpreter's functions that added ones call.
pub(super) struct Callees {
    occurred: Place,
    matches: Place,
    clear: Place,
    long_long: Place,
    size: Place,
    from_size: Place,
    /// The address of the pointer to `OverflowError`.
    overflow_error: i32,
}

/// Adds the functions and has them called.
pub(super) fn widen(program: &mut Program<'_>) -> Result<(), String> {
    let (long, number) = (program.named("PyLong_AsSsize_t")?, program.named("PyNumber_AsSsize_t")?);
    let (size, from_size) = (program.named("PyObject_Size")?, program.named("PyLong_FromSsize_t")?);
    let one = || FuncType::new([ValType::I32], [ValType::I32]);
    let two = || FuncType::new([ValType::I32; 2], [ValType::I32]);
    let mut add = |ty, code| {
        program.added.push(Added { ty, code });
        Function::Added(program.added.len() - 1)
    };
    let clamp = [(long, add(one(), Code::Clamp(long))), (number, add(two(), Code::Clamp(number)))];
    let keep = [(long, add(one(), Code::Keep(long))), (number, add(two(), Code::Keep(number)))];
    let len = [(size, add(one(), Code::Size)), (from_size, add(one(), Code::Length))];
    for (callers, instead) in [(CLAMPED.as_slice(), clamp), (&LENGTHS, keep), (&LEN, len)] {
        for name in callers {
            let caller = program.named(name)?;
            for (callee, instead) in instead {
                program.rerouted.insert((caller, callee), instead);
            }
        }
    }
    program.callees = Some(Callees {
        occurred: program.named("PyErr_Occurred")?,
        matches: program.named("PyErr_ExceptionMatches")?,
        clear: program.named("PyErr_Clear")?,
        long_long: program.named("PyLong_AsLongLong")?,
        size,
        from_size,
        overflow_error: program.address(size.0, "PyExc_OverflowError")?,
    });
    Ok(())
}

impl Callees {
    /// An added function's code. `index` gives functions' indices, `kept` is the global for the integer that does not fit.
    pub(super) fn body(
        &self,
        added: &Added,
        index: impl Fn(Place) -> Result<u32, String>,
        kept: u32,
    ) -> Result<Body, String> {
        let parameters = u32::try_from(added.ty.params().len()).map_err(|e| e.to_string())?;
        let mut body = Body::new([(1, Type::I32), (1, Type::I64)]);
        let (result, wide) = (parameters, parameters + 1);
        let call = |place| Ok::<_, String>(I::Call(index(place)?));
        let mut write = |instructions: &[I<'_>]| {
            for instruction in instructions {
                body.instruction(instruction);
            }
        };
        if let Code::Length = added.code {
            // A new reference, which the caller gets.
            write(&[
                I::GlobalGet(kept),
                I::If(BlockType::Empty),
                I::GlobalGet(kept),
                I::I32Const(0),
                I::GlobalSet(kept),
            ]);
            write(&[I::Return, I::End, I::LocalGet(0), call(self.from_size)?, I::End]);
            return Ok(body);
        }
        let converter = match added.code {
            Code::Clamp(convert) | Code::Keep(convert) => convert,
            Code::Size | Code::Length => self.size,
        };
        if let Code::Size = added.code {
            // What some other conversion left. Its reference is lost, which costs a few bytes at most.
            write(&[I::I32Const(0), I::GlobalSet(kept)]);
        }
        (0..parameters).for_each(|parameter| write(&[I::LocalGet(parameter)]));
        write(&[call(converter)?, I::LocalTee(result), I::I32Const(-1), I::I32Ne, I::If(BlockType::Empty)]);
        if let Code::Size = added.code {
            write(&[I::I32Const(0), I::GlobalSet(kept)]);
        }
        write(&[I::LocalGet(result), I::Return, I::End]);
        // Only an integer that is too large: no other error, and nothing that is not an integer.
        let load = wasm_encoder::MemArg { offset: 0, align: 2, memory_index: 0 };
        write(&[call(self.occurred)?, I::I32Eqz, I::If(BlockType::Empty), I::I32Const(-1), I::Return, I::End]);
        write(&[I::I32Const(self.overflow_error), I::I32Load(load), call(self.matches)?, I::I32Eqz]);
        write(&[I::If(BlockType::Empty), I::I32Const(-1), I::Return, I::End]);
        match added.code {
            Code::Keep(_) => write(&[
                I::LocalGet(0),
                I::LocalGet(0),
                I::I32Load(load),
                I::I32Const(1),
                I::I32Add,
                I::I32Store(load),
                I::LocalGet(0),
                I::GlobalSet(kept),
                I::I32Const(-1),
            ]),
            Code::Clamp(_) => {
                write(&[call(self.clear)?, I::LocalGet(0), call(self.long_long)?, I::LocalTee(wide)]);
                write(&[I::I64Const(-1), I::I64Eq, I::If(BlockType::Empty), call(self.occurred)?]);
                write(&[I::If(BlockType::Empty), I::I32Const(-1), I::Return, I::End, I::End]);
                write(&[
                    I::I32Const(i32::MIN),
                    I::I32Const(i32::MAX),
                    I::LocalGet(wide),
                    I::I64Const(0),
                    I::I64LtS,
                    I::Select,
                ]);
            }
            Code::Size | Code::Length => {
                write(&[I::GlobalGet(kept), I::I32Eqz, I::If(BlockType::Empty), I::I32Const(-1), I::Return, I::End]);
                write(&[call(self.clear)?, I::GlobalGet(kept), call(self.long_long)?, I::I64Const(-1), I::I64Eq]);
                write(&[I::If(BlockType::Empty), call(self.occurred)?, I::If(BlockType::Empty)]);
                write(&[I::I32Const(0), I::GlobalSet(kept), I::I32Const(-1), I::Return, I::End, I::End]);
                write(&[I::I32Const(i32::MAX)]);
            }
        }
        write(&[I::End]);
        Ok(body)
    }
}
