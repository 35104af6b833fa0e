//! Programs that never end, proved to.
//!
//! An instance is deterministic: what it does depends on its state and on what its host answers. So one that comes back to a state that it was in
//! before, with nothing asked of the host in between, will come back to it for ever. Once a program has used [`FIRST`] fuel, the interpreter
//! looks before each bytecode for a while (`guest/build/link/watch` says what makes that the whole state), and it is compared, byte for byte, with
//! one that was kept before: that of the 1st look, the 8th, the 64th and so on, as in Brent's algorithm, so that a program that at some time
//! begins to repeat itself is found out, if that takes it no more bytecodes than are looked at. Then it ends as one that used up its fuel.
//!
//! What is not found out goes on, and is looked at again after four times the fuel, four times as long: what that costs is a part of the
//! fuel, up to some 3 in 100 on the loops that were measured. Nothing is hashed or sampled: a false proof would take a mistake here or in the build, not chance.

mod frames;
#[cfg(test)]
#[path = "endless_tests.rs"]
mod tests;

use std::ops::Range;

use super::memory::{Asked, Seen, Slots};

/// The fuel that a program has used when it is first looked at.
const FIRST: u64 = 300_000_000;
/// How much later it is looked at again, as a factor, and how much longer.
const LATER: u64 = 4;
const LONGER: u64 = 4;
/// The number of looks of the first time.
const LOOKS: u64 = 1 << 14;
/// The states kept are those of looks 1, `KEEP`, `KEEP`² and so on.
const KEEP: u64 = 8;
/// The number of looks by which it is learnt what tells states apart.
const SAMPLE: u64 = 64;
/// The bytes that a state may differ in from that at the start, and those of the whole memory: more are not worth what it costs to copy and compare them.
const MOST_CHANGED: usize = 4 << 20;
const MOST_MEMORY: usize = 96 << 20;
/// The work of comparing that the first time may take, in bytes: a program must not have the host compare for nothing.
const MOST_COMPARED: u64 = 64 << 20;
/// The work of asking the host at all, as bytes.
const ASKING: u64 = 4096;
/// The number of words by which most states are told apart before they are compared whole.
const WITNESSES: usize = 16;
const WORD: usize = size_of::<u64>();

/// The looks at an instance.
#[derive(Debug)]
pub(super) struct Watch {
    /// The fuel used when looking begins next.
    due: u64,
    /// The number of this time's looks.
    most: u64,
    /// The work that is left to this time, in bytes.
    work: u64,
    /// The look whose state is kept next.
    next: u64,
    kept: Option<Kept>,
    /// What the last look saw, and how often each cell was another one than at the look before, of the first looks.
    last: Seen,
    changes: Seen,
    /// The way in which the program is known never to end.
    proved: Option<Endless>,
}

/// A program that never ends: at some point it comes back to the very state that it was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Endless {
    /// The line of the program that was executing there, from 1, if it was its own.
    pub(super) line: Option<u32>,
}

/// A state that was kept.
#[derive(Debug)]
struct Kept {
    seen: Seen,
    /// The number of things that were asked of the host before.
    asked: u64,
    length: usize,
    /// The places that changed since the start, and what is there, one after the other.
    places: Vec<Range<usize>>,
    content: Vec<u8>,
    /// Words that later states had otherwise: where, and what was there in this one.
    witnesses: Vec<(usize, [u8; WORD])>,
}

/// What is to be done after a look.
pub(super) enum Next {
    /// The next look at which to ask.
    Look(Asked),
    /// No more looks for now.
    Rest,
    /// The program never ends.
    Stop,
}

impl Default for Watch {
    fn default() -> Self {
        let zeros: Seen = [0; _];
        let work = MOST_COMPARED;
        Self { due: FIRST, most: LOOKS, work, next: 1, kept: None, last: zeros, changes: zeros, proved: None }
    }
}

impl Watch {
    /// The fuel used when looking begins next.
    pub(super) fn due(&self) -> u64 {
        self.due
    }

    /// The way in which the program is known never to end.
    pub(super) fn proved(&self) -> Option<Endless> {
        self.proved
    }

    /// Takes what a look sees: the cells, the number of the look, the memory, and the number of things that were asked of the host before.
    pub(super) fn look(&mut self, seen: &Seen, number: u64, memory: &[u8], slots: &Slots, asked: u64) -> Next {
        let Some(work) = self.work.checked_sub(ASKING).filter(|_| number <= self.most) else { return self.rest() };
        self.work = work;
        if number <= SAMPLE {
            for ((changes, last), now) in self.changes.iter_mut().zip(&self.last).zip(seen) {
                *changes += i64::from(last != now);
            }
            self.last = *seen;
        }
        let mut keep = number >= self.next;
        if let Some(kept) = &mut self.kept {
            // Activations end in the order of their numbers, the last first. One that began earlier runs: the kept state's is over.
            if seen[0] < kept.seen[0] {
                keep = true;
            } else if kept.may_be(seen, memory, asked) {
                self.work = self.work.saturating_sub(kept.content.len() as u64);
                if kept.is(memory, slots) {
                    return Next::Stop;
                }
            }
        }
        if keep {
            while self.next <= number {
                self.next *= KEEP;
            }
            self.work = self.work.saturating_sub(MOST_CHANGED as u64 / 4);
            let room = self.kept.take().map_or_else(Vec::new, |kept| kept.content);
            self.kept = Kept::of(seen, memory, slots, asked, room);
        }
        let Some(kept) = &self.kept else { return self.rest() };
        let at = (0..seen.len()).max_by_key(|at| self.changes[*at]).unwrap_or(0);
        let from = if number < SAMPLE { 0 } else { self.next.min(self.most + 1) };
        // The word by which the last state was told from the kept one; the first of all never changes.
        let word = kept.witnesses.last().copied().unwrap_or((0, first_word(memory)));
        Next::Look(Asked {
            from,
            before: kept.seen[0],
            seen: (at, kept.seen[at]),
            word: (word.0, i64::from_le_bytes(word.1)),
        })
    }

    /// Notes that the program, which is called `file`, never ends.
    pub(super) fn prove(&mut self, memory: &[u8], slots: &Slots, file: &str) {
        self.proved = Some(Endless { line: frames::line(memory, slots.runtime(frames::runtime), file) });
    }

    fn rest(&mut self) -> Next {
        let longer = self.most.saturating_mul(LONGER);
        let work = MOST_COMPARED.saturating_mul(longer / LOOKS);
        *self = Self { due: self.due.saturating_mul(LATER), most: longer, work, ..Self::default() };
        Next::Rest
    }
}

impl Kept {
    /// Keeps a state, in the place of another one's content; `None` where too much changed.
    fn of(seen: &Seen, memory: &[u8], slots: &Slots, asked: u64, mut content: Vec<u8>) -> Option<Self> {
        if memory.len() > MOST_MEMORY {
            return None;
        }
        let places = slots.changes(memory);
        if places.iter().map(ExactSizeIterator::len).sum::<usize>() > MOST_CHANGED {
            return None;
        }
        content.clear();
        for place in &places {
            content.extend_from_slice(&memory[place.clone()]);
        }
        Some(Self { seen: *seen, asked, length: memory.len(), places, content, witnesses: Vec::new() })
    }

    /// Whether this may be the same state: it is not told from it by what is looked at first.
    fn may_be(&self, seen: &Seen, memory: &[u8], asked: u64) -> bool {
        self.seen == *seen
            && self.asked == asked
            && self.length == memory.len()
            && self.witnesses.iter().all(|(at, word)| memory[*at..][..WORD] == word[..])
    }

    /// Whether the memory is the same too, of a state that may be the same.
    fn is(&mut self, memory: &[u8], slots: &Slots) -> bool {
        let Some((at, word)) = self.difference(memory, slots) else { return true };
        if self.witnesses.len() == WITNESSES {
            self.witnesses.remove(0);
        }
        self.witnesses.push((at, word));
        false
    }

    /// The first word that is another one than here, and what it is here.
    fn difference(&self, memory: &[u8], slots: &Slots) -> Option<(usize, [u8; WORD])> {
        let mut first = 0;
        for place in &self.places {
            let kept = &self.content[first..first + place.len()];
            if let Some(found) = differing(kept, &memory[place.clone()]) {
                return Some((place.start + found.0, found.1));
            }
            first += place.len();
        }
        // Elsewhere it was as at the start.
        let image = slots.image();
        for place in slots.changes(memory) {
            for (from, until) in outside(&place, &self.places) {
                let of_image = image.get(from..until.min(image.len())).unwrap_or_default();
                let zeros = vec![0; until - from - of_image.len()];
                let (begin, rest) = memory[from..until].split_at(of_image.len());
                let found = differing(of_image, begin).map(|(at, word)| (from + at, word));
                let beyond = || differing(&zeros, rest).map(|(at, word)| (from + begin.len() + at, word));
                if let Some(found) = found.or_else(beyond) {
                    return Some(found);
                }
            }
        }
        None
    }
}

fn first_word(memory: &[u8]) -> [u8; WORD] {
    memory.first_chunk().copied().unwrap_or_default()
}

/// The first word in which two stretches of whole words differ, and the first one's.
fn differing(kept: &[u8], now: &[u8]) -> Option<(usize, [u8; WORD])> {
    if kept == now {
        return None;
    }
    let (kept, _) = kept.as_chunks::<WORD>();
    let (now, _) = now.as_chunks::<WORD>();
    let at = kept.iter().zip(now).position(|(kept, now)| kept != now)?;
    Some((at * WORD, kept[at]))
}

/// The parts of a place that lie in none of `places`, which are in order.
fn outside(place: &Range<usize>, places: &[Range<usize>]) -> Vec<(usize, usize)> {
    let (mut from, mut parts) = (place.start, Vec::new());
    let begin = places.partition_point(|other| other.end <= place.start);
    for other in places[begin..].iter().take_while(|other| other.start < place.end) {
        if from < other.start {
            parts.push((from, other.start));
        }
        from = from.max(other.end);
    }
    if from < place.end {
        parts.push((from, place.end));
    }
    parts
}
