//! The lines that reach the failing value: a dynamic backward slice (Agrawal and Horgan 1990) over the events.
//!
//! It begins with what the last executed line reads (the failing assertion, or the line that raised) and goes back through the events: a
//! line belongs to the slice where it changed a variable that is wanted; then what it reads is wanted too, as is what the heads of the loops
//! and branches around it read. What a call in the slice returned is wanted, and so are the arguments that its function read.
//! Names stand for objects: an object that has two names and is changed through the other one is missed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Change, End, Event, Recording, Source};

/// The first rows of the logical lines in the slice.
#[must_use]
pub fn rows(recording: &Recording) -> BTreeSet<u32> {
    let mut slice = Slice { source: &recording.source, rows: BTreeSet::new(), frames: HashMap::new() };
    let mut parents: HashMap<u32, u32> = HashMap::new();
    let mut definitions: HashMap<u32, u32> = HashMap::new();
    for event in &recording.events {
        if let Event::Call { row, frame, parent: Some(parent), .. } = event {
            parents.insert(*frame, *parent);
            definitions.insert(*frame, recording.source.definition(*row));
        }
    }
    let raised = matches!(recording.end, End::Raised(_) | End::NotAProgram(_));
    let last = |event: &Event| match event {
        Event::Raise { origin, .. } => *origin && raised,
        Event::Line { .. } | Event::Return { .. } => !raised,
        _ => false,
    };
    let Some(start) = recording.events.iter().rposition(last) else { return slice.rows };
    for (index, event) in recording.events.iter().enumerate().rev() {
        match event {
            Event::Line { row, frame, changes } | Event::Yield { row, frame, changes, .. } => {
                slice.line(*row, *frame, changes, index == start);
            }
            Event::Return { row, frame, value, changes } => {
                let called = parents.get(frame).is_some_and(|parent| slice.under_way(*parent));
                slice.line(*row, *frame, changes, index == start || called);
                if called && value == "None" {
                    // What it was called for is what it did to its arguments.
                    slice.want_parameters(*frame, definitions.get(frame).copied().unwrap_or_default());
                }
            }
            // Where it began, and the calls it came through; not those that were caught.
            Event::Raise { row, frame, changes, .. } => slice.line(*row, *frame, changes, index >= start),
            Event::Call { row, frame, .. } => {
                if slice.frames.contains_key(frame) && slice.frames[frame].any {
                    slice.add(recording.source.definition(*row));
                }
            }
            Event::Resume { .. } | Event::Unwind { .. } => {}
        }
    }
    slice.rows
}

#[derive(Default)]
struct FrameState {
    /// The names whose value at this point reaches the failing one.
    wanted: HashSet<String>,
    /// Whether the line that this point lies in is in the slice.
    inside: bool,
    /// Whether any line was.
    any: bool,
}

struct Slice<'a> {
    source: &'a Source,
    rows: BTreeSet<u32>,
    frames: HashMap<u32, FrameState>,
}

impl Slice<'_> {
    fn under_way(&self, frame: u32) -> bool {
        self.frames.get(&frame).is_some_and(|state| state.inside)
    }

    fn add(&mut self, row: u32) {
        self.rows.insert(self.source.logical(row).0);
    }

    /// A line that ended: it belongs to the slice if it changed what is wanted, or anyway.
    fn line(&mut self, row: u32, frame: u32, changes: &[Change], anyway: bool) {
        // Of the module's variables, frame 0's.
        let wanted = |state: Option<&FrameState>, name: &str| state.is_some_and(|state| state.wanted.contains(name));
        let reaches =
            changes.iter().any(|change| wanted(self.frames.get(if change.global { &0 } else { &frame }), &change.name));
        let state = self.frames.entry(frame).or_default();
        state.inside = reaches || anyway;
        if !state.inside {
            return;
        }
        self.add(row);
        for statement in self.source.statements(row).to_vec() {
            let state = self.frames.entry(frame).or_default();
            state.any = true;
            for name in &statement.binds {
                if !statement.reads.contains(name) {
                    state.wanted.remove(name);
                }
            }
            state.wanted.extend(statement.reads.iter().cloned());
            self.frames.entry(0).or_default().wanted.extend(statement.reads.iter().cloned());
            // What decided that it ran: the heads around it, up to its function's.
            let mut around = statement.inside;
            while let Some(head) = around {
                self.add(head);
                let Some(statement) = self.source.statements(head).iter().find(|statement| statement.row == head)
                else {
                    break;
                };
                let state = self.frames.entry(frame).or_default();
                state.wanted.extend(statement.reads.iter().cloned());
                around = statement.inside;
            }
        }
    }

    fn want_parameters(&mut self, frame: u32, row: u32) {
        let row = self.source.definition(row);
        let names: Vec<String> =
            self.source.statements(row).iter().flat_map(|statement| statement.binds.iter().cloned()).collect();
        self.frames.entry(frame).or_default().wanted.extend(names);
    }
}
