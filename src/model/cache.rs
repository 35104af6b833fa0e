//! The KV cache: which sequence lies where.
//!
//! Attention costs what its tensor measures, in rows and in length, not what is used of it. So the tensors follow the use:
//!
//! - Every slot has a row in the *home* store. A call for most of the slots runs there; the few others idle along.
//! - A call for few slots (a prompt for one; the last sequences of a batch) runs in a *side* store of just those rows. Rows move between
//!   the stores when a call needs them elsewhere, by what they hold.
//! - Both grow in steps of [`STEP`] positions or an eighth: attention reads all of a store, what is not filled too.
//!
//! On a device whose memory the processor cannot reach nothing moves or grows: there is one store of the length that was asked for, and
//! rows are copied by a small graph. (To grow, old and new store would have to fit at once, which is just what a caller that runs
//! out of memory cannot afford; one that asks for no more than it needs loses nothing.)

use std::collections::BTreeSet;

use ort::{memory::Allocator, session::Session};

use super::{ModelError, checkpoint::ModelConfig, duplicate::Duplicator, store::Store};

/// Lengths are multiples of this.
const STEP: usize = 32;

/// The place of a call: a store, and rows in it.
pub(super) struct Placed<'a> {
    /// The store.
    pub(super) store: &'a mut Store,
    /// The row there of each slot of the call.
    pub(super) rows: Vec<usize>,
}

/// The sequences of a model.
pub(super) struct Cache {
    home: Store,
    side: Option<Side>,
    /// The number of valid positions of each slot.
    filled: Vec<usize>,
    /// The longest sequence that was asked for.
    limit: usize,
    allocator: Allocator,
    /// Copies rows where the processor cannot.
    duplicator: Option<Duplicator>,
}

struct Side {
    store: Store,
    /// The slot of each row.
    slots: Vec<usize>,
}

impl Cache {
    /// A cache with room for `slots` sequences of up to `limit` tokens.
    pub(super) fn new(
        session: &Session,
        allocator: Allocator,
        config: &ModelConfig,
        (slots, limit): (usize, usize),
        duplicator: Option<Duplicator>,
    ) -> Result<Self, ModelError> {
        let length = if duplicator.is_some() { longest(limit) } else { STEP };
        let home = Store::new(session, &allocator, config, slots, length)?;
        Ok(Self { home, side: None, filled: vec![0; slots], limit, allocator, duplicator })
    }

    /// The longest sequence.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// The number of valid positions of each slot.
    pub(super) fn filled(&self) -> &[usize] {
        &self.filled
    }

    /// Says that the first `positions` of `slot` are valid and no others.
    pub(super) fn set_filled(&mut self, slot: usize, positions: usize) {
        self.filled[slot] = positions;
    }

    /// Gives back what [`Cache::new`] was given, for a cache of another size.
    pub(super) fn into_parts(self) -> (Allocator, Option<Duplicator>) {
        (self.allocator, self.duplicator)
    }

    /// Copies the first `positions` of slot `from` to slot `to`.
    pub(super) fn copy(
        &mut self,
        from: usize,
        to: usize,
        positions: usize,
        session: &Session,
        config: &ModelConfig,
    ) -> Result<(), ModelError> {
        self.filled[to] = positions;
        if from == to {
            return Ok(());
        }
        if let Some(duplicator) = &mut self.duplicator {
            return duplicator.copy(self.home.tensors_mut(), from, to);
        }
        self.grow_home(positions, session, config)?;
        let row = self.side.as_ref().and_then(|side| side.row(from));
        if let Some(side) = &mut self.side {
            side.forget(to);
        }
        match (row, &self.side) {
            (Some(row), Some(side)) => self.home.copy_from(&side.store, row, to, positions),
            _ => self.home.copy_within(from, to, positions),
        }
    }

    /// Brings the sequences of `slots` (ascending) into one store with room for `length` positions.
    pub(super) fn place(
        &mut self,
        slots: &[usize],
        length: usize,
        session: &Session,
        config: &ModelConfig,
    ) -> Result<Placed<'_>, ModelError> {
        if self.duplicator.is_some() || slots.len() * 2 >= self.filled.len() {
            self.send_home(slots, session, config)?;
            self.grow_home(length, session, config)?;
            return Ok(Placed { store: &mut self.home, rows: slots.to_vec() });
        }
        let stays = self.side.as_ref().is_some_and(|side| {
            slots.len() * 2 >= side.slots.len() && slots.iter().all(|slot| side.row(*slot).is_some())
        });
        if !stays {
            self.move_aside(slots, length, session, config)?;
        }
        let Some(side) = &mut self.side else { unreachable!("just made") };
        if side.store.layout.length < length {
            let mut store = Store::new(
                session,
                &self.allocator,
                config,
                side.slots.len(),
                grown(side.store.layout.length, length, self.limit),
            )?;
            for (row, slot) in side.slots.iter().enumerate().filter(|(_, slot)| **slot != EMPTY) {
                store.copy_from(&side.store, row, row, self.filled[*slot])?;
            }
            side.store = store;
        }
        let rows = slots.iter().filter_map(|slot| side.row(*slot)).collect();
        Ok(Placed { store: &mut side.store, rows })
    }

    /// Makes the side store anew, for `slots`.
    fn move_aside(
        &mut self,
        slots: &[usize],
        length: usize,
        session: &Session,
        config: &ModelConfig,
    ) -> Result<(), ModelError> {
        let wanted = slots.iter().copied().collect::<BTreeSet<_>>();
        let rest = self
            .side
            .iter()
            .flat_map(|side| &side.slots)
            .copied()
            .filter(|slot| *slot != EMPTY && !wanted.contains(slot));
        self.send_home(&rest.collect::<Vec<_>>(), session, config)?;
        let old = self.side.take();
        // A store of the same size is used again: its old content is behind what is valid, and finite.
        let needed = slots.iter().map(|slot| self.filled[*slot]).max().unwrap_or(0).max(length);
        let reusable = old.as_ref().is_some_and(|side| {
            side.slots.iter().all(|slot| *slot == EMPTY || !wanted.contains(slot))
                && side.store.layout.rows == slots.len()
                && (needed..=2 * needed.next_multiple_of(STEP)).contains(&side.store.layout.length)
        });
        let (mut store, old) = match old {
            Some(side) if reusable => (side.store, None),
            old => (Store::new(session, &self.allocator, config, slots.len(), grown(0, needed, self.limit))?, old),
        };
        for (row, slot) in slots.iter().enumerate() {
            match old.as_ref().and_then(|side| Some((side, side.row(*slot)?))) {
                Some((side, from)) => store.copy_from(&side.store, from, row, self.filled[*slot])?,
                None => store.copy_from(&self.home, *slot, row, self.filled[*slot])?,
            }
        }
        self.side = Some(Side { store, slots: slots.to_vec() });
        Ok(())
    }

    /// Moves those of `slots` that are in the side store to their rows at home.
    fn send_home(&mut self, slots: &[usize], session: &Session, config: &ModelConfig) -> Result<(), ModelError> {
        let aside = |slot: &&usize| self.side.as_ref().is_some_and(|side| side.row(**slot).is_some());
        let moving = slots.iter().filter(aside).copied().collect::<Vec<_>>();
        self.grow_home(moving.iter().map(|slot| self.filled[*slot]).max().unwrap_or(0), session, config)?;
        let Some(side) = &mut self.side else { return Ok(()) };
        for slot in moving {
            if let Some(row) = side.row(slot) {
                self.home.copy_from(&side.store, row, slot, self.filled[slot])?;
                side.forget(slot);
            }
        }
        Ok(())
    }

    fn grow_home(&mut self, length: usize, session: &Session, config: &ModelConfig) -> Result<(), ModelError> {
        let now = self.home.layout.length;
        if length <= now {
            return Ok(());
        }
        let mut store =
            Store::new(session, &self.allocator, config, self.filled.len(), grown(now, length, self.limit))?;
        for (slot, filled) in self.filled.iter().enumerate() {
            // What has moved aside is stale here, but may be longer than this store.
            store.copy_from(&self.home, slot, slot, (*filled).min(now))?;
        }
        self.home = store;
        Ok(())
    }
}

/// Marks a row of the side store whose sequence has gone elsewhere.
const EMPTY: usize = usize::MAX;

impl Side {
    fn row(&self, slot: usize) -> Option<usize> {
        self.slots.iter().position(|other| *other == slot)
    }

    fn forget(&mut self, slot: usize) {
        if let Some(row) = self.row(slot) {
            self.slots[row] = EMPTY;
        }
    }
}

/// The length of a store that has to hold `needed` positions.
fn grown(now: usize, needed: usize, limit: usize) -> usize {
    needed.max(now + now / 8).next_multiple_of(STEP).min(longest(limit))
}

/// The length of a store for sequences of up to `limit` tokens.
fn longest(limit: usize) -> usize {
    limit.next_multiple_of(STEP)
}
