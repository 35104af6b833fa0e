//! The places of a running instance's memory that changed.

use std::{io, mem::MaybeUninit, ops::Range, ptr::NonNull};

use super::pages::{Reuse, Zeros, scan};

/// Bytes that are looked at together.
const PIECE: usize = 4096;
/// Places that one scan can name.
const REGIONS: usize = 512;

/// The places of `memory` that differ from `image`, and from zeros beyond it, in order: whole pieces. They are the same on every system.
pub(super) fn places(memory: &[u8], image: &[u8], reuse: Reuse) -> Vec<Range<usize>> {
    let named = if reuse == Reuse::WrittenOver { named(memory, image.len()).ok() } else { None };
    let mut places: Vec<Range<usize>> = Vec::new();
    // What the system names may be as it was: an instance before changed it.
    let whole = 0..memory.len();
    for place in named.unwrap_or_else(|| Vec::from([whole])) {
        for from in place.clone().step_by(PIECE) {
            let piece = from..place.end.min(from + PIECE);
            if is_changed(&memory[piece.clone()], image.get(piece.start..).unwrap_or_default()) {
                match places.last_mut() {
                    Some(last) if last.end == piece.start => last.end = piece.end,
                    _ => places.push(piece),
                }
            }
        }
    }
    places
}

/// Whether a piece differs from what the image goes on with, or from zeros.
fn is_changed(piece: &[u8], image: &[u8]) -> bool {
    let (begin, rest) = piece.split_at(piece.len().min(image.len()));
    begin != &image[..begin.len()] || rest.iter().any(|byte| *byte != 0)
}

/// The places that the system names.
fn named(memory: &[u8], image: usize) -> io::Result<Vec<Range<usize>>> {
    let base = NonNull::from(memory).cast::<u8>();
    let mut storage = [const { MaybeUninit::uninit() }; REGIONS];
    let (mut places, mut from) = (Vec::new(), 0);
    while from < memory.len() {
        let (until, zeros) =
            if from < image { (image.min(memory.len()), Zeros::Changed) } else { (memory.len(), Zeros::First) };
        let (regions, end) = scan(memory[from..].as_ptr(), until - from, zeros, &mut storage)?;
        for region in regions {
            places.push(region.offsets(base, from..until)?);
        }
        let end = end.wrapping_sub(base.as_ptr() as usize);
        if end <= from || end > memory.len() {
            return Err(io::Error::other("a scan that went nowhere"));
        }
        from = end;
    }
    Ok(places)
}
