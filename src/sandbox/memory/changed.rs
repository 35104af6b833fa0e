//! The places of a memory that changed.

use std::{
    io,
    mem::MaybeUninit,
    ops::{ControlFlow, Range},
    ptr::NonNull,
};

use super::pages::{Reuse, Zeros, scan};

/// Bytes that are looked at together: a page of most systems, and a part of the others'.
pub(super) const PIECE: usize = 4096;
/// Places that one scan can name.
const REGIONS: usize = 512;

/// The places of `memory` that differ from `image`, and from zeros beyond it, in order: whole pieces. They are the same on every system.
pub(super) fn places(memory: &[u8], image: &[u8], reuse: Reuse) -> Vec<Range<usize>> {
    let named = || {
        let mut named = Vec::new();
        let each = |place| {
            named.push(place);
            ControlFlow::Continue(())
        };
        each_named(NonNull::from(memory).cast(), memory.len(), image.len(), each).is_ok().then_some(named)
    };
    let named = if reuse == Reuse::WrittenOver { named() } else { None };
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
pub(super) fn is_changed(piece: &[u8], image: &[u8]) -> bool {
    let (begin, rest) = piece.split_at(piece.len().min(image.len()));
    begin != &image[..begin.len()] || rest.iter().any(|byte| *byte != 0)
}

/// Goes through the places that the system names of `length` bytes from `base` on, which began as `image` bytes of an image and zeros beyond, in
/// order. Says whether it went through all of them.
pub(super) fn each_named(
    base: NonNull<u8>,
    length: usize,
    image: usize,
    mut each: impl FnMut(Range<usize>) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut storage = [const { MaybeUninit::uninit() }; REGIONS];
    let mut from = 0;
    while from < length {
        // Over the image zeros are a change, beyond it they are what was there.
        let (until, zeros) = if from < image { (image.min(length), Zeros::Changed) } else { (length, Zeros::First) };
        let (regions, end) = scan(base.as_ptr().wrapping_add(from), until - from, zeros, &mut storage)?;
        for region in regions {
            if each(region.offsets(base, from..until)?).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let end = end.wrapping_sub(base.as_ptr() as usize);
        if end <= from || end > length {
            return Err(io::Error::other("a scan that went nowhere"));
        }
        from = end;
    }
    Ok(ControlFlow::Continue(()))
}
