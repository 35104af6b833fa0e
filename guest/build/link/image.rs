//! The memory as the componentizer left it: what is looked for in it.

use super::{resolve::Program, text};

/// The number of bytes of a page of memory.
pub(super) const PAGE: u32 = 64 << 10;

/// The memory's content at the start, by words.
pub(super) struct Image {
    words: Vec<u32>,
}

impl Image {
    /// Reads the data of all members.
    pub(super) fn read(program: &Program<'_>) -> Result<Self, String> {
        let memory = program.members.iter().flat_map(|member| &member.module.memories).next().ok_or("no memory")?;
        let mut image = vec![0; usize::try_from(memory.initial * u64::from(PAGE)).map_err(text)?];
        for (at, member) in program.members.iter().enumerate() {
            for (offset, bytes) in &member.module.data {
                let start = program.constant(at, offset)?.cast_unsigned() as usize;
                let Some(place) = image.get_mut(start..start + bytes.len()) else {
                    return Err("a data segment beyond the memory".to_owned());
                };
                place.copy_from_slice(bytes);
            }
        }
        Ok(Self { words: image.as_chunks().0.iter().map(|word: &[u8; 4]| u32::from_le_bytes(*word)).collect() })
    }

    /// The address behind the memory.
    pub(super) fn end(&self) -> Result<u32, String> {
        u32::try_from(self.words.len() * size_of::<u32>()).map_err(text)
    }

    /// The address of the one place where `values` stand, with what `fits` asks of the words around that place.
    pub(super) fn only(&self, values: &[u32], fits: impl Fn(&[u32], usize) -> bool, what: &str) -> Result<u32, String> {
        let found: Vec<usize> = (0..self.words.len())
            .filter(|at| self.words[*at..].starts_with(values) && fits(&self.words, *at))
            .collect();
        match found[..] {
            [at] => u32::try_from(at * size_of::<u32>()).map_err(text),
            _ => Err(format!("{what}: {} places look like it", found.len())),
        }
    }
}

/// Returns words as they stand in memory.
pub(super) fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}
