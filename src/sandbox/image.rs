//! The interpreter's first memory, apart from its code.
//!
//! The component holds the heap of an interpreter that has started: data segments of its one module with a memory. Where memories are the
//! sandbox's own (`memory.rs`), they begin as that image, and the module is compiled without it.

use wasmparser::{BinaryReader, DataKind, DataSectionReader, MemorySectionReader, Operator};
use wasmtime::{Error, Result};

/// Sections of a component that hold a module, and another component.
const MODULE: u8 = 1;
const COMPONENT: u8 = 4;
/// Sections of a module: its memories, the function that starts it, its data segments, and their number.
const MEMORY: u8 = 5;
const START: u8 = 8;
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;
/// Bytes of a page of WebAssembly's, a multiple of any system's.
const PAGE: usize = 64 << 10;
/// Largest image that is believed.
const IMAGE_BOUND: usize = 1 << 30;

/// A component without data segments, and the memory that they make.
pub(super) struct Parts {
    pub(super) component: Vec<u8>,
    /// Whole pages, from address zero on.
    pub(super) image: Vec<u8>,
}

/// Takes a component apart.
///
/// # Errors
///
/// Says why, where it is none, or not one memory's segments lie at constant addresses.
pub(super) fn split(component: &[u8]) -> Result<Parts> {
    let mut memory = Memory::default();
    let component = of_component(component, &mut memory)?;
    let mut image = memory.image;
    image.resize(image.len().div_ceil(PAGE) * PAGE, 0);
    if memory.pages.is_none_or(|pages| image.len() as u64 > pages.saturating_mul(PAGE as u64)) {
        return Err(Error::msg("a component without a memory that its data fit"));
    }
    Ok(Parts { component, image })
}

/// Whether an image may have that length.
pub(super) fn is_whole(length: u64) -> bool {
    length > 0 && length.is_multiple_of(PAGE as u64)
}

/// The one memory of a component.
#[derive(Default)]
struct Memory {
    /// The pages that it begins with.
    pages: Option<u64>,
    image: Vec<u8>,
}

fn of_component(component: &[u8], memory: &mut Memory) -> Result<Vec<u8>> {
    let mut rest = header(component)?.to_vec();
    for section in sections(component)? {
        match section? {
            (MODULE, content) => append(&mut rest, MODULE, &of_module(content, memory)?),
            (COMPONENT, content) => append(&mut rest, COMPONENT, &of_component(content, memory)?),
            (id, content) => append(&mut rest, id, content),
        }
    }
    Ok(rest)
}

fn of_module(module: &[u8], memory: &mut Memory) -> Result<Vec<u8>> {
    let mut rest = header(module)?.to_vec();
    for section in sections(module)? {
        let (id, content) = section?;
        match id {
            DATA if memory.image.is_empty() => fill(&mut memory.image, content)?,
            DATA => return Err(Error::msg("two modules of the component have data")),
            DATA_COUNT => continue,
            START => return Err(Error::msg("a module that starts before it has its memory")),
            MEMORY => {
                for (index, ty) in MemorySectionReader::new(BinaryReader::new(content, 0))?.into_iter().enumerate() {
                    let ty = ty?;
                    // Behind the interpreter's stands the counter of its fuel, which begins at zero.
                    let is_counter = index == 1 && (ty.initial, ty.maximum) == (1, Some(1));
                    if !is_counter && memory.pages.replace(ty.initial).is_some() {
                        return Err(Error::msg("a component of two memories"));
                    }
                }
            }
            _ => {}
        }
        if id != DATA {
            append(&mut rest, id, content);
        }
    }
    Ok(rest)
}

/// Writes data segments where they go.
fn fill(image: &mut Vec<u8>, section: &[u8]) -> Result<()> {
    for segment in DataSectionReader::new(BinaryReader::new(section, 0))? {
        let segment = segment?;
        let DataKind::Active { memory_index: 0, offset_expr } = segment.kind else {
            return Err(Error::msg("a data segment that waits"));
        };
        let mut operators = offset_expr.get_operators_reader();
        let Operator::I32Const { value } = operators.read()? else {
            return Err(Error::msg("a data segment at no constant address"));
        };
        if !matches!(operators.read()?, Operator::End) {
            return Err(Error::msg("a data segment at an address that is computed"));
        }
        let start = value.cast_unsigned() as usize;
        let end = start.saturating_add(segment.data.len());
        if end > IMAGE_BOUND {
            return Err(Error::msg("data segments that end beyond 1 GiB"));
        }
        if image.len() < end {
            image.resize(end, 0);
        }
        image[start..end].copy_from_slice(segment.data);
    }
    Ok(())
}

/// The magic number and version of a binary.
fn header(binary: &[u8]) -> Result<&[u8]> {
    binary.get(..8).ok_or_else(|| Error::msg("a binary that is cut short"))
}

/// The sections of a module or a component, as their numbers and contents.
fn sections(binary: &[u8]) -> Result<impl Iterator<Item = Result<(u8, &[u8])>>> {
    header(binary)?;
    let mut reader = BinaryReader::new(&binary[8..], 8);
    Ok(std::iter::from_fn(move || {
        (!reader.eof()).then(|| {
            let id = reader.read_u8()?;
            let length = reader.read_var_u32()?;
            Ok((id, reader.read_bytes(length as usize)?))
        })
    }))
}

fn append(binary: &mut Vec<u8>, id: u8, content: &[u8]) {
    binary.push(id);
    let mut length = content.len();
    loop {
        let [low, ..] = (length & 0x7F).to_le_bytes();
        length >>= 7;
        binary.push(if length == 0 { low } else { low | 0x80 });
        if length == 0 {
            break;
        }
    }
    binary.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A component around one module with a memory and two segments, the second over the end of the first.
    fn component(offset: &[u8]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        append(&mut module, 5, &[1, 0, 3]);
        append(&mut module, DATA_COUNT, &[2]);
        append(&mut module, DATA, &[&[2, 0][..], offset, &[0x0B, 3, 7, 8, 9, 0, 0x41, 5, 0x0B, 2, 1, 2]].concat());
        let mut component = b"\0asm\x0d\0\x01\0".to_vec();
        append(&mut component, MODULE, &module);
        append(&mut component, 0, &[1, b'x', 200]);
        component
    }

    #[test]
    fn the_segments_are_the_image_and_the_rest_the_component() {
        let parts = split(&component(&[0x41, 3])).unwrap();
        assert_eq!((parts.image.len(), &parts.image[..8]), (PAGE, &[0, 0, 0, 7, 8, 1, 2, 0][..]));
        let again = split(&parts.component).unwrap();
        assert_eq!((again.image.len(), &again.component), (0, &parts.component));
        assert!(wasmtime::Engine::default().precompile_component(&parts.component).is_ok());
    }

    #[test]
    fn what_is_no_single_memory_is_refused() {
        let mut twice = component(&[0x41, 3]);
        twice.extend_from_slice(&component(&[0x41, 3])[8..]);
        let mut none = b"\0asm\x0d\0\x01\0".to_vec();
        append(&mut none, MODULE, b"\0asm\x01\0\0\0");
        // A nested component's is one too.
        let mut nested = component(&[0x41, 3]);
        append(&mut nested, COMPONENT, &component(&[0x41, 3]));
        for bad in [twice, none, nested] {
            assert!(split(&bad).is_err());
        }
        let mut inside = b"\0asm\x0d\0\x01\0".to_vec();
        append(&mut inside, COMPONENT, &component(&[0x41, 3]));
        assert_eq!(split(&inside).unwrap().image.len(), PAGE);
    }

    #[test]
    fn what_lies_at_no_constant_address_is_refused() {
        for bad in [
            &component(&[0x23, 0])[..],
            &component(&[0x41, 0x80, 0x80, 0x80, 0x80, 0x04]),
            &component(&[0x41, 5, 0x41, 3, 0x6A]),
            b"\0asm",
            b"\0asm\x0d\0\x01\0\x01\x09",
        ] {
            assert!(split(bad).is_err());
        }
    }
}
