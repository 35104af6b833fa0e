//! Lines in the order in which they began, though events tell when they ended: one that calls begins before what it calls.

use std::collections::HashMap;

use super::Event;

/// The rows under way that were shown already because they called, by frame.
#[derive(Debug, Default)]
pub(super) struct Begun(HashMap<u32, u32>);

impl Begun {
    /// The frame and the row that `event` shows to have begun: that of the caller, the first time it calls.
    pub(super) fn by(&mut self, event: &Event) -> Option<(u32, u32)> {
        let (Event::Call { parent, at, .. } | Event::Resume { parent, at, .. }) = event else { return None };
        let (frame, row) = (parent.as_ref()?, at.as_ref()?);
        (self.0.insert(*frame, *row) != Some(*row)).then_some((*frame, *row))
    }

    /// Whether the row that now ends was shown when it began.
    pub(super) fn ends(&mut self, frame: u32, row: u32) -> bool {
        self.0.remove(&frame) == Some(row)
    }
}
