//! Reads the component and writes it anew around the linked module.

use std::collections::HashMap;

use wasm_encoder::{
    Alias, CanonicalFunctionSection, CanonicalOption, Component, ComponentAliasSection, ComponentSection, ExportKind,
    InstanceSection, ModuleArg, RawSection,
    reencode::{Reencode, ReencodeComponent, RoundtripReencoder},
};
use wasmparser::{CanonicalFunction, ComponentAlias, ExternalKind, Instance, Parser, Payload};

use super::{
    Optimise, allocator,
    emit::{self, Wanted},
    image::Image,
    libm, meter,
    module::CoreModule,
    resolve::{Member, Program, Target},
    sizes, stack, text, watch,
};

/// The table through which imports that need memory are called; wit-component's name for it.
const SHIM_TABLE: &str = "$imports";

/// The host's function that looks at a state: interface and name.
const LOOK: (&str, &str) = ("tracewright:guest/endless@0.1.0", "look");

/// A core function, memory, table or global of the component.
#[derive(Clone, Copy)]
enum Item<'a> {
    /// An instance in the new component, at this index.
    Kept(u32),
    /// An export of a module that is linked.
    Linked { member: usize, name: &'a str },
}

/// A core instance of the component.
enum CoreInstance<'a> {
    Kept(u32),
    Linked(usize),
    Bundle(Vec<wasmparser::Export<'a>>),
}

/// A core module of the component.
struct Source<'a> {
    bytes: &'a [u8],
    /// The module's index in the new component, for those that stay as they are.
    kept: Option<u32>,
}

/// The new component so far.
#[derive(Default)]
struct Writer<'a> {
    sources: Vec<Source<'a>>,
    modules: Vec<&'a [u8]>,
    /// The sections before the linked instance, and after it.
    before: Vec<(u8, Vec<u8>)>,
    after: Vec<(u8, Vec<u8>)>,
    /// The index of the linked module's instance, once something needed it.
    linked: Option<u32>,
    instances: Vec<CoreInstance<'a>>,
    new_instances: u32,
    items: [Vec<Item<'a>>; 4],
    new_items: [u32; 4],
    members: Vec<Member<'a>>,
    wanted: Vec<Wanted<'a>>,
    wanted_at: HashMap<(usize, usize, &'a str), u32>,
    /// The number of core functions before the linked instance.
    importable: u32,
}

pub(super) fn link(component: &[u8], optimise: Optimise<'_>) -> Result<Vec<u8>, String> {
    let allocator = allocator::module()?;
    let mut writer = Writer::default();
    let mut parser = Parser::new(0);
    let mut rest = component;
    loop {
        let wasmparser::Chunk::Parsed { consumed, payload } = parser.parse(rest, true).map_err(text)? else {
            return Err("the component is cut short".to_owned());
        };
        rest = &rest[consumed..];
        match payload {
            Payload::Version { .. } | Payload::CustomSection(_) => {}
            Payload::End(_) => break,
            Payload::ModuleSection { unchecked_range, .. } => {
                let bytes = &component[unchecked_range];
                rest = &rest[bytes.len()..];
                writer.module(bytes)?;
            }
            Payload::ComponentSection { unchecked_range, .. } => {
                let bytes = &component[unchecked_range];
                rest = &rest[bytes.len()..];
                writer.raw(4, bytes);
            }
            Payload::InstanceSection(section) => {
                for instance in section {
                    writer.instance(instance.map_err(text)?)?;
                }
            }
            Payload::ComponentAliasSection(section) => {
                for alias in section {
                    writer.alias(alias.map_err(text)?)?;
                }
            }
            Payload::ComponentCanonicalSection(section) => {
                for function in section {
                    writer.canonical(function.map_err(text)?)?;
                }
            }
            other => match other.as_section() {
                Some((id, range)) => writer.raw(id, &component[range]),
                None => return Err(format!("an unsupported section: {other:?}")),
            },
        }
    }
    writer.finish(optimise, &allocator)
}

impl<'a> Writer<'a> {
    fn raw(&mut self, id: u8, data: &[u8]) {
        let sections = if self.linked.is_some() { &mut self.after } else { &mut self.before };
        sections.push((id, data.to_vec()));
    }

    /// Appends a section of one entry.
    fn section(&mut self, section: &impl ComponentSection) -> Result<(), String> {
        // Sections are written with their length in front, which `RawSection` writes again.
        let mut bytes = Vec::new();
        section.encode(&mut bytes);
        let mut reader = wasmparser::BinaryReader::new(&bytes, 0);
        reader.read_var_u32().map_err(text)?;
        let start = reader.original_position();
        self.raw(section.id(), &bytes[start..]);
        Ok(())
    }

    fn module(&mut self, bytes: &'a [u8]) -> Result<(), String> {
        let module = CoreModule::parse(bytes)?;
        let shim = module.exports.contains_key(SHIM_TABLE)
            || module.imported_tables.iter().any(|(_, name)| *name == SHIM_TABLE);
        let kept = shim.then_some(self.modules.len()).and_then(|index| u32::try_from(index).ok());
        if kept.is_some() {
            self.modules.push(bytes);
        }
        self.sources.push(Source { bytes, kept });
        Ok(())
    }

    fn instance(&mut self, instance: Instance<'a>) -> Result<(), String> {
        let instance = match instance {
            Instance::FromExports(exports) => CoreInstance::Bundle(exports.into_vec()),
            Instance::Instantiate { module_index, args } => {
                let source = self.sources.get(module_index as usize).ok_or("no such module")?;
                if let Some(module) = source.kept {
                    let mut arguments = Vec::new();
                    for argument in &args {
                        arguments.push((argument.name, ModuleArg::Instance(self.whole_instance(argument.index)?)));
                    }
                    let mut section = InstanceSection::new();
                    section.instantiate(module, arguments);
                    self.section(&section)?;
                    CoreInstance::Kept(next(&mut self.new_instances))
                } else {
                    let module = CoreModule::parse(source.bytes)?;
                    let bindings = self.bindings(&module, &args)?;
                    self.members.push(Member { module, bindings });
                    CoreInstance::Linked(self.members.len() - 1)
                }
            }
        };
        self.instances.push(instance);
        Ok(())
    }

    /// A core instance as an argument of a module that stays as it is.
    fn whole_instance(&mut self, index: u32) -> Result<u32, String> {
        let exports = match self.instances.get(index as usize) {
            Some(CoreInstance::Kept(index)) => return Ok(*index),
            Some(CoreInstance::Bundle(exports)) => exports.clone(),
            _ => return Err("a module that stays as it is takes a linked one whole".to_owned()),
        };
        let mut items = Vec::new();
        for export in exports {
            let kind = RoundtripReencoder.export_kind(export.kind).map_err(text)?;
            items.push((export.name, kind, self.need(export.kind, export.index)?));
        }
        let mut section = InstanceSection::new();
        section.export_items(items);
        self.section(&section)?;
        Ok(next(&mut self.new_instances))
    }

    fn bindings(
        &self,
        module: &CoreModule<'a>,
        args: &[wasmparser::InstantiationArg<'a>],
    ) -> Result<HashMap<(&'a str, &'a str), Target<'a>>, String> {
        let functions = module.imported_functions.iter().map(|(name, _)| *name);
        let globals = module.imported_globals.iter().map(|(name, _)| *name);
        let others = module.imported_tables.iter().chain(&module.imported_memories).copied();
        let mut bindings = HashMap::new();
        for name in functions.chain(globals).chain(others) {
            let argument = args.iter().find(|argument| argument.name == name.0);
            let instance = argument.and_then(|argument| self.instances.get(argument.index as usize));
            let target = match instance {
                Some(CoreInstance::Linked(member)) => Target::Export { member: *member, name: name.1 },
                Some(CoreInstance::Bundle(exports)) => {
                    let export = exports.iter().find(|export| export.name == name.1);
                    let item = export.and_then(|export| {
                        Some((export.kind, *self.items[space(export.kind)?].get(export.index as usize)?))
                    });
                    match item {
                        Some((_, Item::Linked { member, name })) => Target::Export { member, name },
                        Some((ExternalKind::Func, Item::Kept(index))) => Target::Outside(index),
                        _ => return Err(format!("import {name:?} is bound to nothing that can be linked")),
                    }
                }
                _ => return Err(format!("import {name:?} is bound to no bundle")),
            };
            bindings.insert(name, target);
        }
        Ok(bindings)
    }

    fn alias(&mut self, alias: ComponentAlias<'a>) -> Result<(), String> {
        let ComponentAlias::CoreInstanceExport { kind, instance_index, name } = alias else {
            let mut section = ComponentAliasSection::new();
            RoundtripReencoder.component_alias(alias).map(|alias| section.alias(alias)).map_err(text)?;
            return self.section(&section);
        };
        let space = space(kind).ok_or("an alias of an unsupported kind")?;
        let item = match self.instances.get(instance_index as usize) {
            Some(CoreInstance::Kept(instance)) => {
                let instance = *instance;
                Item::Kept(self.core_alias(kind, instance, name)?)
            }
            Some(CoreInstance::Linked(member)) => Item::Linked { member: *member, name },
            Some(CoreInstance::Bundle(exports)) => {
                let export = exports.iter().find(|export| export.name == name).ok_or("no such export")?;
                *self.items[space].get(export.index as usize).ok_or("no such item")?
            }
            None => return Err("an alias of no instance".to_owned()),
        };
        self.items[space].push(item);
        Ok(())
    }

    /// Writes an alias; returns the index of the new item.
    fn core_alias(&mut self, kind: ExternalKind, instance: u32, name: &str) -> Result<u32, String> {
        let space = space(kind).ok_or("an alias of an unsupported kind")?;
        let kind = RoundtripReencoder.export_kind(kind).map_err(text)?;
        let mut section = ComponentAliasSection::new();
        section.alias(Alias::CoreInstanceExport { instance, kind, name });
        self.section(&section)?;
        Ok(next(&mut self.new_items[space]))
    }

    /// The new index of a core item, which the linked module must export where it is one of its.
    fn need(&mut self, kind: ExternalKind, index: u32) -> Result<u32, String> {
        let space = space(kind).ok_or("an item of an unsupported kind")?;
        let (member, name) = match self.items[space].get(index as usize) {
            Some(Item::Kept(index)) => return Ok(*index),
            Some(Item::Linked { member, name }) => (*member, *name),
            None => return Err("no such item".to_owned()),
        };
        if let Some(index) = self.wanted_at.get(&(space, member, name)) {
            return Ok(*index);
        }
        let instance = if let Some(instance) = self.linked {
            instance
        } else {
            // Two instances: the bundle of its imports, and itself. They are written when it is known what it needs.
            let instance = next(&mut self.new_instances) + 1;
            next(&mut self.new_instances);
            self.importable = self.new_items[0];
            self.linked = Some(instance);
            instance
        };
        let exported = self.wanted.len().to_string();
        let index = self.core_alias(kind, instance, &exported)?;
        self.wanted.push(Wanted { kind, member, name, exported });
        self.wanted_at.insert((space, member, name), index);
        Ok(index)
    }

    fn canonical(&mut self, function: CanonicalFunction) -> Result<(), String> {
        let mut section = CanonicalFunctionSection::new();
        let defines_core_function = match function {
            CanonicalFunction::Lift { core_func_index, type_index, options } => {
                let function = self.need(ExternalKind::Func, core_func_index)?;
                section.lift(function, type_index, self.options(&options)?);
                false
            }
            CanonicalFunction::Lower { func_index, options } => {
                section.lower(func_index, self.options(&options)?);
                true
            }
            CanonicalFunction::ResourceDrop { resource } => {
                section.resource_drop(resource);
                true
            }
            other => return Err(format!("an unsupported canonical function: {other:?}")),
        };
        self.section(&section)?;
        if defines_core_function {
            let index = next(&mut self.new_items[0]);
            self.items[0].push(Item::Kept(index));
        }
        Ok(())
    }

    fn options(&mut self, options: &[wasmparser::CanonicalOption]) -> Result<Vec<CanonicalOption>, String> {
        use wasmparser::CanonicalOption as Old;
        let mut new = Vec::new();
        for option in options {
            new.push(match option {
                Old::UTF8 => CanonicalOption::UTF8,
                Old::UTF16 => CanonicalOption::UTF16,
                Old::CompactUTF16 => CanonicalOption::CompactUTF16,
                Old::Memory(index) => CanonicalOption::Memory(self.need(ExternalKind::Memory, *index)?),
                Old::Realloc(index) => CanonicalOption::Realloc(self.need(ExternalKind::Func, *index)?),
                Old::PostReturn(index) => CanonicalOption::PostReturn(self.need(ExternalKind::Func, *index)?),
                other => return Err(format!("an unsupported canonical option: {other:?}")),
            });
        }
        Ok(new)
    }

    fn finish(self, optimise: Optimise<'_>, allocator: &'a [u8]) -> Result<Vec<u8>, String> {
        let mut program = Program::new(self.members)?;
        let image = Image::read(&program)?;
        let stack = stack::move_stack(&mut program, &image)?;
        allocator::replace(&mut program, &image, allocator)?;
        libm::take_from_host(&mut program)?;
        sizes::widen(&mut program)?;
        let (module, imports) = emit::emit(&program, &stack, &self.wanted)?;
        if let Some(late) = imports.iter().find(|import| **import >= self.importable) {
            return Err(format!("the linked module needs core function {late}, which comes after it"));
        }
        let look = look(&program)?;
        let look = imports.iter().position(|import| *import == look).ok_or("nothing leads to the host's look")?;
        // The meter after all that makes the code better: it counts what runs.
        let module = meter::meter(&optimise(&module)?)?;
        let module = watch::watch(&module, ("", &look.to_string()))?;
        let mut component = Component::new();
        for module in self.modules.iter().copied().chain([module.as_slice()]) {
            component.section(&RawSection { id: 1, data: module });
        }
        for (id, data) in &self.before {
            component.section(&RawSection { id: *id, data });
        }
        let mut section = InstanceSection::new();
        let names: Vec<String> = (0..imports.len()).map(|index| index.to_string()).collect();
        section
            .export_items(names.iter().map(String::as_str).zip(imports).map(|(name, i)| (name, ExportKind::Func, i)));
        let linked = u32::try_from(self.modules.len()).map_err(text)?;
        let bundle = self.linked.ok_or("nothing to link")? - 1;
        section.instantiate(linked, [("", ModuleArg::Instance(bundle))]);
        component.section(&section);
        for (id, data) in &self.after {
            component.section(&RawSection { id: *id, data });
        }
        Ok(component.finish())
    }
}

/// The host's function that looks at a state, by its index in the component.
fn look(program: &Program<'_>) -> Result<u32, String> {
    let mut bindings = program.members.iter().flat_map(|member| &member.bindings);
    let look = bindings.find(|((module, name), _)| (*module, *name) == LOOK);
    match look {
        Some((_, Target::Outside(function))) => Ok(*function),
        _ => Err("the host does not look".to_owned()),
    }
}

fn next(count: &mut u32) -> u32 {
    *count += 1;
    *count - 1
}

/// The index space of a kind of core item.
fn space(kind: ExternalKind) -> Option<usize> {
    match kind {
        ExternalKind::Func => Some(0),
        ExternalKind::Memory => Some(1),
        ExternalKind::Table => Some(2),
        ExternalKind::Global => Some(3),
        _ => None,
    }
}
