//! One core module, as far as linking needs it.

use std::collections::HashMap;

use wasmparser::{
    CompositeInnerType, ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, Global,
    GlobalType, KnownCustom, MemoryType, Operator, Parser, Payload, TableType, TypeRef,
};

use super::text;

/// An import: its two names.
pub(super) type Name<'a> = (&'a str, &'a str);

/// A core module's imports and definitions. Index spaces are imports first, as in the module.
#[derive(Default)]
pub(super) struct CoreModule<'a> {
    pub(super) types: Vec<FuncType>,
    pub(super) imported_functions: Vec<(Name<'a>, u32)>,
    pub(super) imported_globals: Vec<(Name<'a>, GlobalType)>,
    pub(super) imported_tables: Vec<Name<'a>>,
    pub(super) imported_memories: Vec<Name<'a>>,
    pub(super) functions: Vec<u32>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) exports: HashMap<&'a str, (ExternalKind, u32)>,
    pub(super) elements: Vec<(ConstExpr<'a>, Vec<u32>)>,
    pub(super) data: Vec<(ConstExpr<'a>, &'a [u8])>,
    /// The functions by the names that the compiler left, static ones included.
    pub(super) names: HashMap<&'a str, Vec<u32>>,
}

impl<'a> CoreModule<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, String> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload.map_err(text)?)?;
        }
        if module.imported_tables.len() + module.tables.len() > 1
            || module.imported_memories.len() + module.memories.len() > 1
        {
            return Err("a core module with several tables or memories".to_owned());
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), String> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    for ty in group.map_err(text)?.into_types() {
                        let CompositeInnerType::Func(function) = ty.composite_type.inner else {
                            return Err("a type that is no function type".to_owned());
                        };
                        self.types.push(function);
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(text)?;
                    let name = (import.module, import.name);
                    match import.ty {
                        TypeRef::Func(ty) => self.imported_functions.push((name, ty)),
                        TypeRef::Global(ty) => self.imported_globals.push((name, ty)),
                        TypeRef::Table(_) => self.imported_tables.push(name),
                        TypeRef::Memory(_) => self.imported_memories.push(name),
                        other => return Err(format!("import {name:?} of an unsupported kind: {other:?}")),
                    }
                }
            }
            Payload::FunctionSection(section) => self.functions = collect(section)?,
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table.map_err(text)?.ty);
                }
            }
            Payload::MemorySection(section) => self.memories = collect(section)?,
            Payload::GlobalSection(section) => self.globals = collect(section)?,
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.map_err(text)?;
                    self.exports.insert(export.name, (export.kind, export.index));
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element.map_err(text)?;
                    let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(items)) =
                        (element.kind, element.items)
                    else {
                        return Err("an element segment that is not active or not of functions".to_owned());
                    };
                    self.elements.push((offset_expr, collect(items)?));
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    let data = data.map_err(text)?;
                    let DataKind::Active { offset_expr, .. } = data.kind else {
                        return Err("a data segment that is not active".to_owned());
                    };
                    self.data.push((offset_expr, data.data));
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::StartSection { .. } => return Err("a core module with a start function".to_owned()),
            Payload::TagSection(_) => return Err("a core module with exception tags".to_owned()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for names in names {
                        let wasmparser::Name::Function(functions) = names.map_err(text)? else { continue };
                        for naming in functions {
                            let naming = naming.map_err(text)?;
                            self.names.entry(naming.name).or_default().push(naming.index);
                        }
                    }
                }
            }
            Payload::Version { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::DataCountSection { .. }
            | Payload::End(_) => {}
            other => return Err(format!("a core module with an unsupported section: {other:?}")),
        }
        Ok(())
    }

    /// The type of the function at `index` of the whole index space.
    pub(super) fn function_type(&self, index: u32) -> Result<&FuncType, String> {
        let index = index as usize;
        let imported = self.imported_functions.len();
        let ty = match self.imported_functions.get(index) {
            Some((_, ty)) => Some(ty),
            None => self.functions.get(index - imported),
        };
        ty.and_then(|ty| self.types.get(*ty as usize)).ok_or_else(|| format!("no function {index}"))
    }

    /// The table slot that a defined function forwards its parameters to, if that is all it does.
    pub(super) fn forwards_to(&self, defined: usize) -> Result<Option<u32>, String> {
        let parameters = self.types[self.functions[defined] as usize].params().len();
        let mut operators = self.bodies[defined].get_operators_reader().map_err(text)?;
        for expected in 0..parameters {
            match operators.read().map_err(text)? {
                Operator::LocalGet { local_index } if local_index as usize == expected => {}
                _ => return Ok(None),
            }
        }
        let Operator::I32Const { value } = operators.read().map_err(text)? else { return Ok(None) };
        let Operator::CallIndirect { type_index, .. } = operators.read().map_err(text)? else { return Ok(None) };
        let same = self.types[type_index as usize] == self.types[self.functions[defined] as usize];
        let ends = matches!(operators.read().map_err(text)?, Operator::End) && operators.eof();
        Ok((same && ends).then_some(value.cast_unsigned()))
    }
}

fn collect<'a, T: wasmparser::FromReader<'a>>(section: wasmparser::SectionLimited<'a, T>) -> Result<Vec<T>, String> {
    section.into_iter().collect::<Result<_, _>>().map_err(text)
}
