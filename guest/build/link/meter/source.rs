//! A module as it is read to be metered, and to be checked.

use wasmparser::{CompositeInnerType, FunctionBody, Parser, Payload, TypeRef};

use super::super::text;

/// The memory of the counter.
pub(in super::super) const COUNTER: u32 = 1;

/// A module as far as metering needs it.
#[derive(Default)]
pub(super) struct Source<'a> {
    /// The number of parameters of each type.
    parameters: Vec<u32>,
    pub(super) imported: u32,
    functions: Vec<u32>,
    pub(super) memories: Vec<wasmparser::MemoryType>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
}

impl<'a> Source<'a> {
    pub(super) fn read(module: &'a [u8]) -> Result<Self, String> {
        let mut source = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload.map_err(text)? {
                Payload::TypeSection(section) => {
                    for group in section {
                        for ty in group.map_err(text)?.into_types() {
                            let CompositeInnerType::Func(function) = ty.composite_type.inner else {
                                return Err("a type that is no function type".to_owned());
                            };
                            source.parameters.push(u32::try_from(function.params().len()).map_err(text)?);
                        }
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        match import.map_err(text)?.ty {
                            TypeRef::Func(_) => source.imported += 1,
                            other => return Err(format!("an import that is no function: {other:?}")),
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    source.functions = section.into_iter().collect::<Result<_, _>>().map_err(text)?;
                }
                Payload::MemorySection(section) => {
                    source.memories = section.into_iter().collect::<Result<_, _>>().map_err(text)?;
                }
                Payload::StartSection { .. } => return Err("a module that starts by itself".to_owned()),
                Payload::CodeSectionEntry(body) => source.bodies.push(body),
                _ => {}
            }
        }
        Ok(source)
    }

    pub(super) fn parameters_of(&self, function: usize) -> Result<u32, String> {
        let ty = self.functions.get(function).and_then(|ty| self.parameters.get(*ty as usize));
        ty.copied().ok_or_else(|| format!("function {function} has no type"))
    }
}
