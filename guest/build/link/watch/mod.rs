//! Has the interpreter show the host its state once a program has used much fuel, so that a program that comes back to an earlier state is known to
//! go on for ever (`src/sandbox/endless.rs`).
//!
//! It looks where the interpreter's main loop begins to execute a bytecode. What a program does from there on depends on the memory, on the
//! globals, on the locals of the loop's function that are read before they are written, on the frames that wait for this function to return,
//! and on what the host answers. Frames that wait do not change, so they are the same as long as the function has not returned: each of its
//! activations has a number. All others the host sees: the memory whole, and the number, the globals and the locals in cells beside the fuel's counter
//! (`meter`), where no instruction of the interpreter's reads or writes. No operand may wait below the loop: that would be state that no local holds.
//! So this is seen of the program's state, and nothing of the machine's.

mod liveness;

use wasm_encoder::{
    BlockType, CodeSection, ExportSection, Function, Instruction as I, MemArg, Module, RawSection, ValType as Type,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{
    ExternalKind, FuncValidatorAllocations, FunctionBody, Operator, Parser, Payload, TypeRef, ValType, ValidPayload,
    Validator,
};

use super::{
    meter::{self, COUNTER},
    text,
};

/// The name under which the module that is to be watched exports the interpreter's main loop; nothing else does afterwards.
pub(super) const EVAL: &str = "eval";
/// The least number of cases of the loop's switch over bytecodes.
const BYTECODES: usize = 150;

/// The cells in the counter's memory, by their addresses; `src/sandbox/memory/counter.rs` knows them too.
///
/// The fuel left below which the interpreter looks.
const BELOW: u64 = 8;
/// The number of cells that are seen, where the host is asked.
const CELLS: u64 = 16;
/// The looks so far.
const LOOKS: u64 = 24;
/// The host is asked at looks from this one on; in activations before this one; and at looks whose cell at this address has this value, while
/// the program's memory has this word at that place.
const FROM: u64 = 32;
const BEFORE: u64 = 40;
const ADDRESS: u64 = 48;
const VALUE: u64 = 56;
const WITNESS: u64 = 64;
const WORD: u64 = 72;
/// The cells that are seen: the activation's number, the globals, the locals.
const SEEN: u64 = 80;
/// The number of the last activation.
const ACTIVATIONS: u64 = 1024;

/// A module as far as watching needs it.
#[derive(Default)]
struct Source<'a> {
    module: &'a [u8],
    imports: Vec<(&'a str, &'a str)>,
    /// The globals that change.
    globals: Vec<(u32, ValType)>,
    types: Vec<Vec<ValType>>,
    functions: Vec<u32>,
    exports: Vec<wasmparser::Export<'a>>,
    bodies: Vec<FunctionBody<'a>>,
}

/// Returns the metered module that looks. `look` is the name of the import for it.
///
/// # Errors
///
/// The part of the module that is not as it should be.
pub(super) fn watch(module: &[u8], look: (&str, &str)) -> Result<Vec<u8>, String> {
    let source = Source::read(module)?;
    let import = source.imports.iter().position(|name| *name == look).ok_or("the module imports no look")?;
    let eval = source.exports.iter().find(|export| export.name == EVAL && export.kind == ExternalKind::Func);
    let eval = (eval.ok_or("the module exports no main loop")?.index as usize)
        .checked_sub(source.imports.len())
        .ok_or("the main loop is imported")?;
    let mut code = CodeSection::new();
    for (at, body) in source.bodies.iter().enumerate() {
        if at == eval {
            let import = u32::try_from(import).map_err(text)?;
            code.function(&source.watched(at, body, import)?);
        } else {
            code.raw(body.as_bytes());
        }
    }
    let mut exports = ExportSection::new();
    for export in source.exports.iter().filter(|export| export.name != EVAL) {
        let kind = RoundtripReencoder.export_kind(export.kind).map_err(text)?;
        exports.export(export.name, kind, export.index);
    }
    let mut new = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(text)? {
            Payload::ExportSection(_) => {
                new.section(&exports);
            }
            Payload::CodeSectionStart { .. } => {
                new.section(&code);
            }
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    new.section(&RawSection { id, data: &module[range] });
                }
            }
        }
    }
    Ok(new.finish())
}

impl<'a> Source<'a> {
    fn read(module: &'a [u8]) -> Result<Self, String> {
        let mut source = Self { module, ..Self::default() };
        for payload in Parser::new(0).parse_all(module) {
            match payload.map_err(text)? {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        source.types.push(ty.map_err(text)?.params().to_vec());
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import.map_err(text)?;
                        let TypeRef::Func(_) = import.ty else {
                            return Err("an import that is no function".to_owned());
                        };
                        source.imports.push((import.module, import.name));
                    }
                }
                Payload::FunctionSection(section) => {
                    source.functions = section.into_iter().collect::<Result<_, _>>().map_err(text)?;
                }
                Payload::GlobalSection(section) => {
                    for (index, global) in (0..).zip(section) {
                        let global = global.map_err(text)?;
                        if global.ty.mutable {
                            source.globals.push((index, global.ty.content_type));
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    source.exports = section.into_iter().collect::<Result<_, _>>().map_err(text)?;
                }
                Payload::CodeSectionEntry(body) => source.bodies.push(body),
                _ => {}
            }
        }
        Ok(source)
    }

    /// Returns the main loop's function that looks.
    fn watched(&self, at: usize, body: &FunctionBody<'_>, look: u32) -> Result<Function, String> {
        let parameters = self.functions.get(at).and_then(|ty| self.types.get(*ty as usize));
        let mut locals = parameters.ok_or("a function without a type")?.clone();
        let mut groups = Vec::new();
        for group in body.get_locals_reader().map_err(text)? {
            let (count, ty) = group.map_err(text)?;
            locals.extend(std::iter::repeat_n(ty, count as usize));
            groups.push((count, RoundtripReencoder.val_type(ty).map_err(text)?));
        }
        let activation = u32::try_from(locals.len()).map_err(text)?;
        groups.push((1, Type::I64));
        let operators: Vec<Operator<'_>> =
            body.get_operators_reader().map_err(text)?.into_iter().collect::<Result<_, _>>().map_err(text)?;
        let header = dispatch(&operators)?;
        if height(self.module, at, header)? != 0 {
            return Err("something waits below the main loop that no local holds".to_owned());
        }
        let (charged, left) = after_charge(&operators, header)?;
        let live = liveness::at(&operators, charged, locals.len())?;

        let mut function = Function::new(groups);
        number(&mut function, activation);
        for (at, operator) in operators.into_iter().enumerate() {
            if at == charged {
                let live = live.iter().map(|local| (*local, locals[*local as usize]));
                self.hook(&mut function, [left, activation], live, look)?;
            }
            function.instruction(&RoundtripReencoder.instruction(operator).map_err(text)?);
        }
        Ok(function)
    }

    /// Looks, where so little fuel is left. `left` and `activation` are locals.
    fn hook(
        &self,
        function: &mut Function,
        [left, activation]: [u32; 2],
        live: impl Iterator<Item = (u32, ValType)>,
        look: u32,
    ) -> Result<(), String> {
        function
            .instruction(&I::LocalGet(left))
            .instruction(&I::I32Const(0))
            .instruction(&I::I64Load(cell(BELOW)))
            .instruction(&I::I64LtS)
            .instruction(&I::If(BlockType::Empty));
        let globals = self.globals.iter().map(|(index, ty)| (I::GlobalGet(*index), *ty));
        let live = live.map(|(index, ty)| (I::LocalGet(index), ty));
        let seen = [(I::LocalGet(activation), ValType::I64)].into_iter().chain(globals).chain(live);
        let mut cells = 0;
        for (at, (get, ty)) in (SEEN..).step_by(8).zip(seen) {
            if at >= ACTIVATIONS {
                return Err("more locals than there are cells for".to_owned());
            }
            let set = match ty {
                ValType::I32 => I::I32Store(MemArg { align: 2, ..cell(at) }),
                ValType::I64 => I::I64Store(cell(at)),
                ValType::F32 => I::F32Store(MemArg { align: 2, ..cell(at) }),
                ValType::F64 => I::F64Store(cell(at)),
                other => return Err(format!("a {other} that cannot be shown")),
            };
            function.instruction(&I::I32Const(0)).instruction(&get).instruction(&set);
            cells += 1;
        }
        // Few of the looks are the host's: a call of it is dear.
        let asked = [
            I::I32Const(0),
            I::I32Const(0),
            I::I64Load(cell(LOOKS)),
            I::I64Const(1),
            I::I64Add,
            I::I64Store(cell(LOOKS)),
            I::I32Const(0),
            I::I64Load(cell(LOOKS)),
            I::I32Const(0),
            I::I64Load(cell(FROM)),
            I::I64GeS,
            I::I32Const(0),
            I::I32Load(MemArg { align: 2, ..cell(ADDRESS) }),
            I::I64Load(cell(0)),
            I::I32Const(0),
            I::I64Load(cell(VALUE)),
            I::I64Eq,
            I::I32Const(0),
            I::I32Load(MemArg { align: 2, ..cell(WITNESS) }),
            I::I64Load(MemArg { offset: 0, align: 3, memory_index: 0 }),
            I::I32Const(0),
            I::I64Load(cell(WORD)),
            I::I64Eq,
            I::I32And,
            I::I32Or,
            I::LocalGet(activation),
            I::I32Const(0),
            I::I64Load(cell(BEFORE)),
            I::I64LtS,
            I::I32Or,
            I::If(BlockType::Empty),
            I::I32Const(0),
            I::I64Const(cells),
            I::I64Store(cell(CELLS)),
            // The whole memory, as a list of bytes.
            I::I32Const(0),
            I::MemorySize(0),
            I::I32Const(16),
            I::I32Shl,
            I::Call(look),
            I::End,
            I::End,
        ];
        for instruction in &asked {
            function.instruction(instruction);
        }
        Ok(())
    }
}

fn cell(offset: u64) -> MemArg {
    MemArg { offset, align: 3, memory_index: COUNTER }
}

/// Gives an activation of the function its number.
fn number(function: &mut Function, activation: u32) {
    function
        .instruction(&I::I32Const(0))
        .instruction(&I::I32Const(0))
        .instruction(&I::I64Load(cell(ACTIVATIONS)))
        .instruction(&I::I64Const(1))
        .instruction(&I::I64Add)
        .instruction(&I::LocalTee(activation))
        .instruction(&I::I64Store(cell(ACTIVATIONS)));
}

/// The header of the innermost loop around the switch over bytecodes.
fn dispatch(operators: &[Operator<'_>]) -> Result<usize, String> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, operator) in operators.iter().enumerate() {
        match operator {
            Operator::Loop { .. } => open.push(Some(at)),
            Operator::Block { .. } | Operator::If { .. } => open.push(None),
            Operator::End => {
                open.pop();
            }
            Operator::BrTable { targets } if targets.len() as usize >= BYTECODES => {
                found.push(open.iter().rev().find_map(|header| *header));
            }
            _ => {}
        }
    }
    match found[..] {
        [Some(header)] => Ok(header),
        _ => Err(format!("the main loop has {} switches over bytecodes", found.len())),
    }
}

/// The number of operands that wait where a function has come to an operator.
fn height(module: &[u8], function: usize, operator: usize) -> Result<u32, String> {
    let mut validator = Validator::new_with_features(meter::features());
    let mut bodies = 0;
    for payload in Parser::new(0).parse_all(module) {
        let ValidPayload::Func(found, body) = validator.payload(&payload.map_err(text)?).map_err(text)? else {
            continue;
        };
        bodies += 1;
        if bodies <= function {
            continue;
        }
        let mut found = found.into_validator(FuncValidatorAllocations::default());
        let mut reader = body.get_binary_reader();
        found.read_locals(&mut reader).map_err(text)?;
        for (at, operator_and_offset) in wasmparser::OperatorsReader::new(reader).into_iter_with_offsets().enumerate() {
            if at == operator {
                return Ok(found.operand_stack_height());
            }
            let (operator, offset) = operator_and_offset.map_err(text)?;
            found.op(offset, &operator).map_err(text)?;
        }
    }
    Err("the module has no such operator".to_owned())
}

/// The place behind the charge of the loop that begins at `header`, and the local that then holds the fuel left.
fn after_charge(operators: &[Operator<'_>], header: usize) -> Result<(usize, u32), String> {
    let charge = operators[header + 1..].iter().take(16);
    let mut left = None;
    for (at, operator) in (header + 1..).zip(charge) {
        match operator {
            Operator::LocalTee { local_index } => left = Some(*local_index),
            Operator::End => return Ok((at + 1, left.ok_or("a charge without a local")?)),
            _ => {}
        }
    }
    Err("the main loop has no charge".to_owned())
}
