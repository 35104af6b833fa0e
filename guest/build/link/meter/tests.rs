//! Modules by hand: what they are charged, and what is refused.

use wasm_encoder::{
    BlockType, CodeSection, Function, FunctionSection, Instruction, MemArg, MemorySection, MemoryType, Module, RefType,
    TableSection, TableType, TypeSection, ValType,
};

use super::{Source, charges, check::check, meter};

/// A module of functions without parameters or results, with so many memories.
fn module(bodies: &[&[Instruction<'_>]], memories: u32) -> Vec<u8> {
    let (mut types, mut functions, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
    types.ty().function([], []);
    for body in bodies {
        functions.function(0);
        let mut function = Function::new([(1, ValType::I64), (1, ValType::I32)]);
        body.iter().chain([&Instruction::End]).for_each(|instruction| {
            function.instruction(instruction);
        });
        code.function(&function);
    }
    let (mut tables, mut all) = (TableSection::new(), MemorySection::new());
    let table =
        TableType { element_type: RefType::FUNCREF, minimum: 1, maximum: Some(1), table64: false, shared: false };
    tables.table(table);
    for _ in 0..memories {
        all.memory(MemoryType { minimum: 1, maximum: Some(1), memory64: false, shared: false, page_size_log2: None });
    }
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&tables).section(&all).section(&code);
    module.finish()
}

fn times<'i>(count: usize, instructions: &[Instruction<'i>]) -> Vec<Instruction<'i>> {
    (0..count).flat_map(|_| instructions.to_vec()).collect()
}

const NOTHING: [Instruction<'_>; 2] = [Instruction::I32Const(1), Instruction::LocalSet(1)];
const COPY: [Instruction<'_>; 4] = [
    Instruction::I32Const(0),
    Instruction::I32Const(8),
    Instruction::I32Const(9),
    Instruction::MemoryCopy { src_mem: 0, dst_mem: 0 },
];

fn a_loop(body: &[Instruction<'static>]) -> Vec<Instruction<'static>> {
    let begin = [Instruction::Loop(BlockType::Empty)];
    let end = [Instruction::I32Const(0), Instruction::BrIf(0), Instruction::End];
    [&begin, body, &end[..]].concat()
}

/// The charges on entry and at the loops of each function.
fn charged(bodies: &[&[Instruction<'_>]]) -> Vec<(Option<u64>, Vec<u64>)> {
    let module = module(bodies, 1);
    let charges = charges(&Source::read(&module).unwrap()).unwrap();
    charges.into_iter().map(|charges| (charges.entry, charges.loops)).collect()
}

#[test]
fn a_charge_is_the_operators_that_are_expected() {
    let ten = times(5, &NOTHING);
    // Ten, and the two that go round.
    assert_eq!(charged(&[&a_loop(&ten)]), [(None, vec![12])]);
    // A loop's operators are not those of what it stands in.
    let inner = a_loop(&ten);
    assert_eq!(charged(&[&a_loop(&[&inner[..], &NOTHING].concat())]), [(None, vec![4, 12])]);
    // What is called without a charge of its own counts where it is called.
    let calls = a_loop(&[Instruction::Call(1)]);
    assert_eq!(charged(&[&calls, &ten]), [(None, vec![13]), (None, vec![])]);
    // A branch is taken half of the time.
    let either = [
        &[Instruction::Block(BlockType::Empty), Instruction::I32Const(1), Instruction::BrIf(0)],
        &ten[..],
        &[Instruction::End],
    ]
    .concat();
    assert_eq!(charged(&[&a_loop(&either)]), [(None, vec![9])]);
}

#[test]
fn what_can_come_to_itself_is_charged_on_entry() {
    let itself = [Instruction::Call(0)];
    let [there, back] = [[Instruction::Call(1)], [Instruction::Call(0)]];
    let anything = [Instruction::I32Const(0), Instruction::CallIndirect { type_index: 0, table_index: 0 }];
    let long = times(300, &NOTHING);
    assert_eq!(charged(&[&itself]), [(Some(1), vec![])]);
    assert_eq!(charged(&[&there, &back]), [(Some(1), vec![]), (Some(1), vec![])]);
    // With what may be called.
    assert_eq!(charged(&[&anything]), [(Some(18), vec![])]);
    assert_eq!(charged(&[&long]), [(Some(600), vec![])]);
    assert_eq!(charged(&[&NOTHING]), [(None, vec![])]);
}

/// The longest way counts where it is far from the expected one.
#[test]
fn a_unit_buys_no_more_than_its_bound() {
    let long = times(150_000, &NOTHING);
    // A case of a hundred.
    let mut body = vec![Instruction::Block(BlockType::Empty)];
    body.extend(times(20, &[Instruction::I32Const(1), Instruction::BrIf(0)]));
    body.extend(long);
    body.push(Instruction::End);
    let [(_, loops)] = &charged(&[&a_loop(&body)])[..] else { panic!("one function") };
    assert!(loops[0] >= 300_000 / 256, "{loops:?}");
}

#[test]
fn a_metered_module_holds_and_the_same_without_its_charges_does_not() {
    let grow = [Instruction::I32Const(1), Instruction::MemoryGrow(0), Instruction::Drop];
    for body in [&a_loop(&NOTHING)[..], &[Instruction::Call(0)], &COPY, &grow] {
        let metered = meter(&module(&[body], 1)).unwrap();
        wasmparser::validate(&metered).unwrap();
        check(&metered).unwrap();
        check(&module(&[body], 2)).unwrap_err();
    }
    check(&module(&[&NOTHING], 2)).unwrap();
}

#[test]
fn nothing_else_names_the_counter() {
    let at = MemArg { offset: 0, align: 3, memory_index: 1 };
    let reads = [Instruction::I32Const(0), Instruction::I64Load(at), Instruction::LocalSet(0)];
    let writes = [Instruction::I32Const(0), Instruction::I64Const(9), Instruction::I64Store(at)];
    let size = [Instruction::MemorySize(1), Instruction::LocalSet(1)];
    let fills =
        [Instruction::I32Const(0), Instruction::I32Const(0), Instruction::I32Const(1), Instruction::MemoryFill(1)];
    for body in [&reads[..], &writes, &size, &fills] {
        let module = module(&[body], 2);
        wasmparser::validate(&module).unwrap();
        check(&module).unwrap_err();
    }
}

/// A charge by a length, which may be zero, is none of a loop or of a function that comes to itself.
#[test]
fn a_length_is_no_charge_of_a_loop() {
    let at = MemArg { offset: 0, align: 3, memory_index: 1 };
    let by = |units: &[Instruction<'static>]| {
        let before = [Instruction::I32Const(0), Instruction::I32Const(0), Instruction::I64Load(at)];
        let after = [
            Instruction::I64Sub,
            Instruction::LocalTee(0),
            Instruction::I64Store(at),
            Instruction::LocalGet(0),
            Instruction::I64Const(0),
            Instruction::I64LtS,
            Instruction::If(BlockType::Empty),
            Instruction::Unreachable,
            Instruction::End,
        ];
        [&before, units, &after].concat()
    };
    let length = by(&[Instruction::LocalGet(1), Instruction::I64ExtendI32U]);
    let constant = by(&[Instruction::I64Const(7)]);
    for (charge, holds) in [(&constant, true), (&length, false)] {
        let itself = [&charge[..], &[Instruction::Call(0)]].concat();
        for body in [a_loop(charge), itself] {
            let module = module(&[&body], 2);
            wasmparser::validate(&module).unwrap();
            assert_eq!(check(&module).is_ok(), holds);
        }
    }
}

#[test]
fn what_it_does_not_know_is_refused() {
    let fill = [
        Instruction::I32Const(0),
        Instruction::RefNull(wasm_encoder::HeapType::FUNC),
        Instruction::I32Const(1),
        Instruction::TableFill(0),
    ];
    assert!(meter(&module(&[&fill], 1)).unwrap_err().contains("table"));
    assert!(meter(&module(&[&NOTHING], 2)).unwrap_err().contains("2 memories"));
    assert!(meter(&module(&[&NOTHING], 0)).unwrap_err().contains("0 memories"));
    let mut starts = module(&[&NOTHING], 1);
    // A start section before the code.
    let code = starts.windows(2).rposition(|bytes| bytes[0] == 10).unwrap();
    starts.splice(code..code, [8, 1, 0]);
    assert!(meter(&starts).is_err());
    assert!(meter(b"\0asm\x01\0\0\0\x63").is_err());
}
