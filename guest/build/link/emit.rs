//! Writes the linked module.

use std::collections::HashMap;

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction, MemorySection, Module, TableSection,
    TypeSection,
    reencode::{self, Reencode},
};
use wasmparser::{ExternalKind, FuncType, Operator, ValType};

use super::{
    resolve::{Function, Place, Program, Reachable},
    stack::Stack,
    text, watch,
};

/// An export of a member that the component needs, and its name in the linked module.
pub(super) struct Wanted<'a> {
    pub(super) kind: ExternalKind,
    pub(super) member: usize,
    pub(super) name: &'a str,
    pub(super) exported: String,
}

/// The linked module's bytes, and the outside functions it imports, in order, under the names `"" "0"`, `"" "1"` and so on.
pub(super) fn emit(program: &Program<'_>, stack: &Stack, wanted: &[Wanted<'_>]) -> Result<(Vec<u8>, Vec<u32>), String> {
    let roots = roots(program, wanted)?;
    let reachable = program.reach(&roots)?;
    let mut layout = Layout::new(program, &reachable);

    let mut imports = ImportSection::new();
    let mut outside = Vec::new();
    let mut functions = FunctionSection::new();
    for (function, ty) in &reachable.functions {
        let ty = layout.function_type(ty);
        match function {
            Function::Outside(index) => {
                imports.import("", &outside.len().to_string(), EntityType::Function(ty));
                outside.push(*index);
            }
            Function::Defined(_) | Function::Added(_) => {
                functions.function(ty);
            }
        }
    }

    let (mut globals, mut elements, mut data) = (GlobalSection::new(), ElementSection::new(), DataSection::new());
    for place in layout.variables(&reachable) {
        let global = &program.members[place.0].module.globals[place.1];
        let value = match global.ty.content_type {
            ValType::I32 => ConstExpr::i32_const(program.initial(place)?),
            _ => reencode::RoundtripReencoder.const_expr(global.init_expr.clone()).map_err(text)?,
        };
        globals.global(reencode::RoundtripReencoder.global_type(global.ty).map_err(text)?, &value);
    }
    // The integer that `sizes` keeps.
    let kept = globals.len();
    globals.global(
        GlobalType { val_type: wasm_encoder::ValType::I32, mutable: true, shared: false },
        &ConstExpr::i32_const(0),
    );
    for (at, member) in program.members.iter().enumerate() {
        for (offset, items) in &member.module.elements {
            let offset = ConstExpr::i32_const(program.constant(at, offset)?);
            let items = items
                .iter()
                .map(|item| layout.function(program.function(at, *item)?))
                .collect::<Result<Vec<_>, _>>()?;
            elements.active(None, &offset, Elements::Functions(items.into()));
        }
        for (offset, bytes) in &member.module.data {
            let start = program.constant(at, offset)?.cast_unsigned();
            let vacated = (program.vacated.saturating_sub(start) as usize).min(bytes.len());
            let (start, bytes) = (start.max(program.vacated), &bytes[vacated..]);
            if !bytes.is_empty() {
                data.active(0, &ConstExpr::i32_const(start.cast_signed()), bytes.iter().copied());
            }
        }
    }
    for (address, bytes) in &program.patches {
        data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }
    let mut exports = ExportSection::new();
    for want in wanted {
        let (kind, index) = match want.kind {
            ExternalKind::Func => {
                (ExportKind::Func, layout.function(program.function(want.member, exported(program, want)?)?)?)
            }
            ExternalKind::Memory => (ExportKind::Memory, 0),
            ExternalKind::Table => (ExportKind::Table, 0),
            other => return Err(format!("the component needs {:?}, a {other:?}", want.name)),
        };
        exports.export(&want.exported, kind, index);
    }
    let eval = Function::Defined(program.named("_PyEval_EvalFrameDefault")?);
    exports.export(watch::EVAL, ExportKind::Func, layout.function(eval)?);
    let mut code = CodeSection::new();
    for function in reachable.functions.keys() {
        match function {
            Function::Outside(_) => {}
            Function::Defined(place) => {
                let mut relocate = Relocate { layout: &mut layout, program, stack, place: *place };
                relocate.body(&mut code, &program.members[place.0].module.bodies[place.1]).map_err(text)?;
            }
            Function::Added(at) => {
                let callees = program.callees.as_ref().ok_or("functions are added that call nothing")?;
                let index = |place| layout.function(Function::Defined(place));
                code.function(&callees.body(&program.added[*at], index, kept)?);
            }
        }
    }
    if layout.parser_limits == 0 {
        return Err("no function has the parser's limit of depth".to_owned());
    }

    let (tables, memories) = tables_and_memories(program, stack)?;
    let mut module = Module::new();
    module
        .section(&layout.types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&data);
    Ok((module.finish(), outside))
}

fn exported(program: &Program<'_>, want: &Wanted<'_>) -> Result<u32, String> {
    let export = program.members[want.member].module.exports.get(want.name);
    export.map(|(_, index)| *index).ok_or_else(|| format!("no export {:?}", want.name))
}

fn roots(program: &Program<'_>, wanted: &[Wanted<'_>]) -> Result<Vec<(usize, u32)>, String> {
    wanted
        .iter()
        .filter(|want| want.kind == ExternalKind::Func)
        .map(|want| Ok((want.member, exported(program, want)?)))
        .collect()
}

/// The one table, of fixed size as nothing grows it, and the one memory.
fn tables_and_memories(program: &Program<'_>, stack: &Stack) -> Result<(TableSection, MemorySection), String> {
    let (mut tables, mut memories) = (TableSection::new(), MemorySection::new());
    for member in &program.members {
        for table in &member.module.tables {
            let mut table = reencode::RoundtripReencoder.table_type(*table).map_err(text)?;
            table.maximum = Some(table.minimum);
            tables.table(table);
        }
        for memory in &member.module.memories {
            let mut memory = reencode::RoundtripReencoder.memory_type(*memory).map_err(text)?;
            memory.minimum = stack.pages;
            memories.memory(memory);
        }
    }
    if (tables.len(), memories.len()) != (1, 1) {
        return Err(format!("{} tables and {} memories to link", tables.len(), memories.len()));
    }
    Ok((tables, memories))
}

/// The layout of the linked module: the index of each type, function and global in it.
pub(super) struct Layout {
    types: TypeSection,
    type_indices: HashMap<FuncType, u32>,
    functions: HashMap<Function, u32>,
    globals: HashMap<Place, u32>,
    /// Globals that never change, as instructions.
    constants: HashMap<Place, i32>,
    /// The number of the parser's limits of depth that were raised so far.
    pub(super) parser_limits: usize,
}

impl Layout {
    fn new(program: &Program<'_>, reachable: &Reachable) -> Self {
        let functions = (0..).zip(reachable.functions.keys()).map(|(index, function)| (*function, index)).collect();
        let constants: HashMap<_, _> = reachable
            .globals
            .difference(&reachable.written)
            .filter_map(|place| {
                let global = &program.members[place.0].module.globals[place.1];
                let value = program.initial(*place).ok()?;
                (global.ty.content_type == ValType::I32).then_some((*place, value))
            })
            .collect();
        let variables = reachable.globals.iter().filter(|place| !constants.contains_key(place));
        let globals = (0..).zip(variables).map(|(index, place)| (*place, index)).collect();
        Self {
            types: TypeSection::new(),
            type_indices: HashMap::new(),
            functions,
            globals,
            constants,
            parser_limits: 0,
        }
    }

    /// The globals that stay globals, in order.
    fn variables(&self, reachable: &Reachable) -> Vec<Place> {
        reachable.globals.iter().filter(|place| self.globals.contains_key(place)).copied().collect()
    }

    fn function(&self, function: Function) -> Result<u32, String> {
        self.functions.get(&function).copied().ok_or_else(|| format!("{function:?} was not found reachable"))
    }

    pub(super) fn global(&self, place: Place) -> Result<u32, String> {
        self.globals.get(&place).copied().ok_or_else(|| format!("{place:?} was not found reachable"))
    }

    fn function_type(&mut self, ty: &FuncType) -> u32 {
        if let Some(index) = self.type_indices.get(ty) {
            return *index;
        }
        let index = self.types.len();
        let mut reencoder = reencode::RoundtripReencoder;
        let mut convert = |types: &[ValType]| {
            types.iter().filter_map(|ty| reencoder.val_type(*ty).ok()).collect::<Vec<wasm_encoder::ValType>>()
        };
        let (parameters, results) = (convert(ty.params()), convert(ty.results()));
        self.types.ty().function(parameters, results);
        self.type_indices.insert(ty.clone(), index);
        index
    }
}

/// Re-encodes one member's code with the linked module's indices.
pub(super) struct Relocate<'b, 'a> {
    pub(super) layout: &'b mut Layout,
    pub(super) program: &'b Program<'a>,
    pub(super) stack: &'b Stack,
    /// The function whose code it is.
    pub(super) place: Place,
}

impl Reencode for Relocate<'_, '_> {
    type Error = Unlinked;

    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error<Unlinked>> {
        let function = self.program.callee(self.place, index).map_err(unlinked)?;
        self.layout.function(function).map_err(unlinked)
    }

    fn global_index(&mut self, index: u32) -> Result<u32, reencode::Error<Unlinked>> {
        let place = self.program.global(self.place.0, index).map_err(unlinked)?;
        self.layout.global(place).map_err(unlinked)
    }

    fn type_index(&mut self, index: u32) -> Result<u32, reencode::Error<Unlinked>> {
        let ty = self.program.members[self.place.0].module.types[index as usize].clone();
        Ok(self.layout.function_type(&ty))
    }

    fn instruction<'c>(&mut self, operator: Operator<'c>) -> Result<Instruction<'c>, reencode::Error<Unlinked>> {
        if let Operator::GlobalGet { global_index } = operator {
            let place = self.program.global(self.place.0, global_index).map_err(unlinked)?;
            if let Some(value) = self.layout.constants.get(&place) {
                return Ok(Instruction::I32Const(*value));
            }
        }
        reencode::utils::instruction(self, operator)
    }
}

/// The reason why code could not be relocated.
#[derive(Debug)]
pub(super) struct Unlinked(String);

impl std::fmt::Display for Unlinked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unlinked {}

pub(super) fn unlinked(message: String) -> reencode::Error<Unlinked> {
    reencode::Error::UserError(Unlinked(message))
}
