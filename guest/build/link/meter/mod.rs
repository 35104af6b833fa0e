//! Counts the work of the linked module: fuel.
//!
//! A counter lies in a memory of its own, of one page, that no instruction of the interpreter names; the host reads and sets it there. It is
//! charged where work can repeat: at the header of each loop, and at the entry of each function that can come to itself again, through the call
//! graph or by an indirect call, or that is long. Operations on a stretch of memory are charged by its length, before they run. A counter below zero traps.
//!
//! **What a unit is.** A charge is the number of operators that are expected to run until the next one on the same level, each `br_if` taken half
//! of the time and each case of a switch alike often, calls of functions without charges of their own included. So a unit is
//! about an operator (`benchmarks/README.md` compares it with wasmtime's fuel, which counts each).
//!
//! **What it bounds.** Every operator that runs belongs to one region: a function outside its loops, or one loop outside those in it, with
//! what is called there and has no charge. Each time that a region is entered it is charged, and then each of its operators runs at
//! most once, as there is no way back but by a header. The longest way through a region is computed here, and its charge is at least a
//! [`OPERATORS_A_UNIT`]th of that. So a unit buys at most so many operators, whatever a program does; [`meter`] asserts it of each region.

mod calls;
mod check;
mod region;
mod source;
#[cfg(test)]
mod tests;

use wasm_encoder::{
    BlockType, CodeSection, Function, Instruction, MemArg, MemorySection, MemoryType, Module, RawSection, ValType,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{FunctionBody, Operator, Parser, Payload, Validator, WasmFeatures};

pub(super) use self::source::COUNTER;
use self::{
    calls::Graph,
    region::{Cost, Tree},
    source::Source,
};
use super::text;

/// The most operators that a unit of fuel buys.
const OPERATORS_A_UNIT: u64 = 256;

/// The units for a page by which the memory grows, which is zeroed.
const GROWN_PAGE: i64 = 255;

/// The features of modules whose control this knows: no exceptions, no typed references, no threads.
pub(super) fn features() -> WasmFeatures {
    WasmFeatures::WASM2 | WasmFeatures::TAIL_CALL | WasmFeatures::EXTENDED_CONST | WasmFeatures::MULTI_MEMORY
}

/// The charges of a function.
struct Charges {
    /// On entry, if it has one.
    entry: Option<u64>,
    /// At each loop's header, in order.
    loops: Vec<u64>,
}

/// Returns the module with its charges.
///
/// # Errors
///
/// The part of it that is not known.
pub(crate) fn meter(module: &[u8]) -> Result<Vec<u8>, String> {
    Validator::new_with_features(features())
        .validate_all(module)
        .map_err(|error| format!("the linked module has what metering does not know: {error}"))?;
    let source = Source::read(module)?;
    let charges = charges(&source)?;
    let mut code = CodeSection::new();
    for (at, (body, charges)) in source.bodies.iter().zip(&charges).enumerate() {
        code.function(&metered(body, source.parameters_of(at)?, charges)?);
    }
    let mut memories = MemorySection::new();
    for memory in &source.memories {
        memories.memory(RoundtripReencoder.memory_type(*memory).map_err(text)?);
    }
    if memories.len() != COUNTER {
        return Err(format!("{} memories to meter", memories.len()));
    }
    memories.memory(MemoryType { minimum: 1, maximum: Some(1), memory64: false, shared: false, page_size_log2: None });

    let mut new = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(text)? {
            Payload::MemorySection(_) => {
                new.section(&memories);
            }
            Payload::CodeSectionStart { .. } => {
                new.section(&code);
            }
            Payload::CustomSection(_) => {}
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    new.section(&RawSection { id, data: &module[range] });
                }
            }
        }
    }
    let new = new.finish();
    check::check(&new)?;
    Ok(new)
}

/// Returns the charges of all functions.
fn charges(source: &Source<'_>) -> Result<Vec<Charges>, String> {
    let trees = source.bodies.iter().map(|body| Tree::read(body, source.imported)).collect::<Result<Vec<_>, _>>()?;
    let graph = Graph::of(&trees);
    // What a call of each function costs its caller: nothing where it is charged itself.
    let mut costs = vec![Cost::default(); trees.len()];
    let mut entries = vec![None; trees.len()];
    // Callees first: those without a charge call only what came before.
    for &at in &graph.callees_first {
        let entry = trees[at].outside_loops(&costs);
        if graph.recurs[at] || entry.longest > Cost::INDIRECT.longest {
            entries[at] = Some(charge(entry)?);
        } else {
            costs[at] = entry;
        }
    }
    let with_loops = |(tree, entry): (&Tree, Option<u64>)| {
        let loops = tree.loops().map(|body| charge(body.cost(&costs))).collect::<Result<_, _>>()?;
        Ok(Charges { entry, loops })
    };
    trees.iter().zip(entries).map(with_loops).collect()
}

/// Returns the charge of a region.
fn charge(cost: Cost) -> Result<u64, String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of operators")]
    let expected = cost.expected.round() as u64;
    let charge = expected.max(cost.longest.div_ceil(OPERATORS_A_UNIT)).max(1);
    // The bound on which all else rests.
    if cost.longest > charge * OPERATORS_A_UNIT {
        return Err(format!("a way of {} operators that costs {charge}", cost.longest));
    }
    Ok(charge)
}

/// Returns a function with its charges.
fn metered(body: &FunctionBody<'_>, parameters: u32, charges: &Charges) -> Result<Function, String> {
    let mut locals = Vec::new();
    let mut count = parameters;
    for group in body.get_locals_reader().map_err(text)? {
        let (of, ty) = group.map_err(text)?;
        count += of;
        locals.push((of, RoundtripReencoder.val_type(ty).map_err(text)?));
    }
    // Two more: the counter and a length.
    let (left, length) = (count, count + 1);
    locals.extend([(1, ValType::I64), (1, ValType::I32)]);
    let mut function = Function::new(locals);
    if let Some(units) = charges.entry {
        take(&mut function, left, |function| constant(function, units));
    }
    let mut loops = charges.loops.iter();
    for operator in body.get_operators_reader().map_err(text)? {
        let operator = operator.map_err(text)?;
        let units = match operator {
            Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } | Operator::MemoryInit { .. } => Some(1),
            Operator::MemoryGrow { .. } => Some(GROWN_PAGE),
            Operator::TableFill { .. }
            | Operator::TableCopy { .. }
            | Operator::TableInit { .. }
            | Operator::TableGrow { .. } => {
                return Err("an operation on a stretch of a table, which has no charge".to_owned());
            }
            _ => None,
        };
        if let Some(units) = units {
            function.instruction(&Instruction::LocalSet(length));
            take(&mut function, left, |function| {
                function.instruction(&Instruction::LocalGet(length)).instruction(&Instruction::I64ExtendI32U);
                if units != 1 {
                    function.instruction(&Instruction::I64Const(units)).instruction(&Instruction::I64Mul);
                }
            });
            function.instruction(&Instruction::LocalGet(length));
        }
        let is_loop = matches!(operator, Operator::Loop { .. });
        function.instruction(&RoundtripReencoder.instruction(operator).map_err(text)?);
        if is_loop {
            let units = *loops.next().ok_or("a loop without a charge")?;
            take(&mut function, left, |function| constant(function, units));
        }
    }
    Ok(function)
}

fn constant(function: &mut Function, units: u64) {
    function.instruction(&Instruction::I64Const(units.cast_signed()));
}

/// Takes what `units` leaves on the stack from the counter; traps where there is not so much.
fn take(function: &mut Function, left: u32, units: impl FnOnce(&mut Function)) {
    let counter = MemArg { offset: 0, align: 3, memory_index: COUNTER };
    function
        .instruction(&Instruction::I32Const(0))
        .instruction(&Instruction::I32Const(0))
        .instruction(&Instruction::I64Load(counter));
    units(function);
    function
        .instruction(&Instruction::I64Sub)
        .instruction(&Instruction::LocalTee(left))
        .instruction(&Instruction::I64Store(counter))
        .instruction(&Instruction::LocalGet(left))
        .instruction(&Instruction::I64Const(0))
        .instruction(&Instruction::I64LtS)
        .instruction(&Instruction::If(BlockType::Empty))
        .instruction(&Instruction::Unreachable)
        .instruction(&Instruction::End);
}
