//! The schedule: which sample has which slot of the cache, and what it finds there.
//!
//! A slot keeps its tokens' keys and values until it is given away. A new sample takes over whatever prefix of its prompt any slot
//! holds: in its own slot for nothing, from another by a copy, from one that is still being filled once it is. So a prompt is run
//! once for all its samples, and so are the exemplars that all prompts of a data set begin with.

use std::sync::Arc;

use super::{
    super::{Forward, ModelError},
    job::{Job, Statistics},
    sequence::Sequence,
};

/// One sequence of the cache.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// The prompt and the completion of its sample, or of its last one.
    pub(super) tokens: Vec<u32>,
    /// The number of them that the cache holds.
    pub(super) held: usize,
    pub(super) sequence: Option<Sequence>,
    /// The positions that have to be copied from another slot before the sample can go on.
    source: Option<Source>,
}

#[derive(Debug, Clone, Copy)]
struct Source {
    slot: usize,
    length: usize,
}

impl Slot {
    /// The number of tokens of the prompt that are still to be run, its last one left out: it runs with the first step of decoding.
    pub(super) fn unfilled(&self) -> usize {
        self.filling_to().saturating_sub(self.held)
    }

    fn filling_to(&self) -> usize {
        self.sequence.as_ref().map_or(0, |sequence| sequence.prompt() - 1)
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.source.is_some()
    }

    /// The number of tokens that `prompt` has in common with what the cache holds here, and with what it will once the prompt is in.
    fn shared(&self, prompt: &[u32]) -> (usize, usize) {
        let all = self.held.max(self.filling_to());
        let later = prompt.iter().zip(&self.tokens[..all]).take_while(|(a, b)| a == b).count();
        (later.min(self.held), later)
    }
}

/// All slots.
#[derive(Debug)]
pub(super) struct Slots(Vec<Slot>);

impl Slots {
    /// Fewer tokens than this are not worth waiting for, or copying, unless they are the whole prompt.
    const WORTH: usize = 16;

    pub(super) fn new(count: usize) -> Self {
        Self((0..count).map(|_| Slot::default()).collect())
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Slot> {
        self.0.iter_mut()
    }

    pub(super) fn any_free(&self) -> bool {
        self.0.iter().any(|slot| slot.sequence.is_none())
    }

    pub(super) fn is_live(&self, index: usize) -> bool {
        self.0[index].sequence.is_some()
    }

    /// A slot and its sample, which is put back unless it has ended.
    pub(super) fn take_sequence(&mut self, index: usize) -> Option<(&mut Slot, Sequence)> {
        let slot = &mut self.0[index];
        let sequence = slot.sequence.take()?;
        Some((slot, sequence))
    }

    /// Gives sample `sample` of `job` a free slot, the one that holds most of its prompt. There must be a free one.
    pub(super) fn assign<F: Forward + ?Sized>(
        &mut self,
        job: &Arc<Job>,
        sample: usize,
        context: usize,
        model: &mut F,
        statistics: &mut Statistics,
    ) -> Result<(), ModelError> {
        // The last token has to be run for its logits.
        let prefix = &job.prompt[..job.prompt.len() - 1];
        let shared: Vec<(usize, usize)> = self.0.iter().map(|slot| slot.shared(prefix)).collect();
        let free = (0..self.0.len()).filter(|slot| self.0[*slot].sequence.is_none());
        // Of equals the first, here as below.
        let Some(own) = free.rev().max_by_key(|slot| shared[*slot].0) else { return Ok(()) };
        let held = shared[own].0;
        let best =
            (0..self.0.len()).rev().filter(|slot| *slot != own).max_by_key(|slot| (shared[*slot].1, shared[*slot].0));
        let source = best.map(|slot| Source { slot, length: shared[slot].1 }).filter(|source| {
            let gain = source.length.saturating_sub(held);
            gain >= Self::WORTH || (gain > 0 && source.length == prefix.len())
        });
        let slot = &mut self.0[own];
        slot.tokens.clone_from(&job.prompt);
        slot.held = held;
        slot.sequence = Some(Sequence::new(Arc::clone(job), sample, context));
        slot.source = source;
        if source.is_none() {
            statistics.reused_tokens += held as u64;
        }
        self.copy(own, model, statistics)
    }

    /// Copies what has come to be there since.
    pub(super) fn copy_ready<F: Forward + ?Sized>(
        &mut self,
        model: &mut F,
        statistics: &mut Statistics,
    ) -> Result<(), ModelError> {
        (0..self.0.len()).try_for_each(|slot| self.copy(slot, model, statistics))
    }

    fn copy<F: Forward + ?Sized>(
        &mut self,
        to: usize,
        model: &mut F,
        statistics: &mut Statistics,
    ) -> Result<(), ModelError> {
        let Some(source) = self.0[to].source.filter(|source| self.0[source.slot].held >= source.length) else {
            return Ok(());
        };
        model.copy(source.slot, to, source.length)?;
        statistics.reused_tokens += source.length as u64;
        self.0[to].held = source.length;
        self.0[to].source = None;
        Ok(())
    }
}
