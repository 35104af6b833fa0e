//! Continuous batching (Yu et al. 2022, "Orca"): a sample's place is taken by the next one as soon as it ends.

use std::{ops::ControlFlow, sync::Arc};

use super::{
    super::{Forward, Row},
    draft::Speculation,
    error::DecodeError,
    job::{Job, Outcome, Refusal, RefusalReason, Statistics},
    sampler::Sampler,
    schedule::{Slot, Slots},
    text::Detokenizer,
};

/// The options of a generator: how it uses its model. None of them changes a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The number of samples decoded at a time: the sequences of the model's cache.
    pub slots: usize,
    /// The longest sequence in tokens, where none needs the model's whole context: that of the longest prompt and all that may follow it is
    /// enough. On a GPU the cache takes memory for it in every slot at once; a sequence that reaches it ends as if the context were full.
    pub length: Option<usize>,
    /// The drafts from the text so far.
    pub speculation: Speculation,
}

impl Default for Options {
    fn default() -> Self {
        Self { slots: 8, length: None, speculation: Speculation::default() }
    }
}

impl Options {
    fn check(&self) -> Result<(), DecodeError> {
        let error = |name, problem: &str| Err(DecodeError::Option { name, problem: problem.to_owned() });
        if self.slots == 0 {
            return error("slots", "at least one is needed");
        }
        if self.length.is_some_and(|length| length < 2) {
            return error("length", "at least 2: a token of the prompt and one of the completion");
        }
        self.speculation.check()
    }
}

/// Decodes jobs with a model.
#[derive(Debug)]
pub struct Generator<'a, F: ?Sized, D: ?Sized> {
    model: &'a mut F,
    detokenizer: &'a D,
    eos: Vec<u32>,
    options: Options,
}

impl<'a, F: Forward + ?Sized, D: Detokenizer + ?Sized> Generator<'a, F, D> {
    /// A generator over `model`, whose completions end at any of the tokens `eos`.
    ///
    /// # Errors
    ///
    /// An option that cannot be met.
    pub fn new(model: &'a mut F, detokenizer: &'a D, eos: Vec<u32>, options: Options) -> Result<Self, DecodeError> {
        options.check()?;
        Ok(Self { model, detokenizer, eos, options })
    }

    /// Decodes all `jobs`, taken one by one as slots fall free, and hands each sample and each refusal to `sink` as it comes, until
    /// there are no more or `sink` breaks. Samples come in the order in which they end; a caller that wants another sorts.
    ///
    /// # Errors
    ///
    /// The model or the tokenizer fails. Samples under way are lost then; those handed over stand.
    pub fn run(
        &mut self,
        jobs: impl IntoIterator<Item = Job>,
        sink: impl FnMut(Outcome) -> ControlFlow<()>,
    ) -> Result<Statistics, DecodeError> {
        let context = self.model.context().min(self.options.length.unwrap_or(usize::MAX));
        self.model.reset(self.options.slots, context)?;
        let mut run = Run {
            slots: Slots::new(self.options.slots),
            sampler: Sampler::default(),
            logits: Vec::new(),
            draft: Vec::new(),
            statistics: Statistics::default(),
            context,
            sink,
            generator: self,
        };
        match run.all(&mut jobs.into_iter()) {
            Ok(()) | Err(Stop::Asked) => Ok(run.statistics),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}

/// The reason why a run ends before its jobs do.
enum Stop {
    /// The sink wants no more.
    Asked,
    Failed(DecodeError),
}

impl<E: Into<DecodeError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

struct Run<'g, 'a, F: ?Sized, D: ?Sized, S> {
    generator: &'g mut Generator<'a, F, D>,
    slots: Slots,
    sampler: Sampler,
    logits: Vec<f32>,
    draft: Vec<u32>,
    statistics: Statistics,
    context: usize,
    sink: S,
}

impl<F, D, S> Run<'_, '_, F, D, S>
where
    F: Forward + ?Sized,
    D: Detokenizer + ?Sized,
    S: FnMut(Outcome) -> ControlFlow<()>,
{
    fn all(&mut self, jobs: &mut impl Iterator<Item = Job>) -> Result<(), Stop> {
        let mut waiting = None;
        loop {
            // Before slots are given away, whose content others may have been promised.
            self.slots.copy_ready(self.generator.model, &mut self.statistics)?;
            self.refill(jobs, &mut waiting)?;
            if self.slots.iter_mut().all(|slot| slot.sequence.is_none()) {
                return Ok(());
            }
            if !self.prefill()? {
                self.decode()?;
            }
        }
    }

    /// Gives free slots to the next samples.
    fn refill(
        &mut self,
        jobs: &mut impl Iterator<Item = Job>,
        waiting: &mut Option<(Arc<Job>, usize)>,
    ) -> Result<(), Stop> {
        while self.slots.any_free() {
            let Some((job, next)) = waiting else {
                let Some(job) = jobs.next() else { return Ok(()) };
                if let Some(reason) = self.refusal(&job) {
                    self.statistics.refused_jobs += 1;
                    self.statistics.refused_samples += job.samples.len() as u64;
                    self.hand_over(Outcome::Refusal(Refusal { key: job.key, samples: job.samples, reason }))?;
                } else {
                    *waiting = Some((Arc::new(job), 0));
                }
                continue;
            };
            let Some(sample) = job.samples.get(*next) else {
                *waiting = None;
                continue;
            };
            self.slots.assign(job, *sample, self.context, self.generator.model, &mut self.statistics)?;
            *next += 1;
        }
        Ok(())
    }

    fn refusal(&self, job: &Job) -> Option<RefusalReason> {
        let vocabulary = self.generator.model.vocabulary();
        if let Err(error) = job.params.check() {
            return Some(error.into());
        }
        if job.prompt.is_empty() {
            return Some(RefusalReason::EmptyPrompt);
        }
        if job.prompt.len() >= self.context {
            return Some(RefusalReason::PromptTooLong { tokens: job.prompt.len(), context: self.context });
        }
        let unknown = job.prompt.iter().find(|token| **token as usize >= vocabulary);
        unknown.map(|token| RefusalReason::UnknownToken { token: *token, vocabulary })
    }

    /// Fills the cache with prompts. False where all are in.
    ///
    /// Prompts get calls of their own: a row of hundreds of tokens beside rows of one is a badly shaped batch, and the sooner all
    /// slots decode, the fuller are the calls that do.
    fn prefill(&mut self) -> Result<bool, Stop> {
        let mut rows = Vec::new();
        for (index, slot) in self.slots.iter_mut().enumerate().filter(|(_, slot)| !slot.is_waiting()) {
            let count = slot.unfilled();
            if count > 0 {
                let start = slot.held;
                slot.held += count;
                self.statistics.prompt_tokens += count as u64;
                rows.push(Row { slot: index, start, tokens: &slot.tokens[start..start + count], wanted: 0 });
            }
        }
        if rows.is_empty() {
            return Ok(false);
        }
        self.generator.model.forward(&rows, &mut self.logits)?;
        self.statistics.calls += 1;
        self.statistics.prefill_calls += 1;
        Ok(true)
    }

    /// One step of all samples: drafts, the call, and what comes of it.
    fn decode(&mut self) -> Result<(), Stop> {
        let drafts = self.draft_all();
        let rows: Vec<Row<'_>> = (self.slots.iter_mut().zip(&drafts).enumerate())
            .filter(|(_, (slot, _))| slot.sequence.is_some())
            .map(|(index, (slot, drafted))| {
                let slot: &Slot = slot;
                Row { slot: index, start: slot.held, tokens: &slot.tokens[slot.held..], wanted: drafted + 1 }
            })
            .collect();
        let vocabulary = self.generator.model.vocabulary();
        let expected = rows.iter().map(|row| row.wanted).sum::<usize>() * vocabulary;
        self.generator.model.forward(&rows, &mut self.logits)?;
        self.statistics.calls += 1;
        if self.logits.len() != expected {
            return Err(DecodeError::Logits { expected, got: self.logits.len() }.into());
        }
        let logits = std::mem::take(&mut self.logits);
        let mut rest = &logits[..];
        for (index, drafted) in drafts.into_iter().enumerate() {
            if let Some(mine) =
                self.slots.is_live(index).then(|| rest.split_off(..(drafted + 1) * vocabulary)).flatten()
            {
                self.verify(index, drafted, mine)?;
            }
        }
        self.logits = logits;
        Ok(())
    }

    /// Drafts for each sample, put behind its tokens. Gives their lengths, slot by slot.
    fn draft_all(&mut self) -> Vec<usize> {
        let speculation = self.generator.options.speculation;
        let mut rows = self.slots.iter_mut().filter(|slot| slot.sequence.is_some()).count();
        let mut budget = speculation.per_call;
        let mut lengths = Vec::new();
        for slot in self.slots.iter_mut() {
            let Some(sequence) = &mut slot.sequence else {
                lengths.push(0);
                continue;
            };
            // What a row does not use of its share the later ones may.
            let share = budget / rows;
            rows -= 1;
            // The call itself gives one token more than it was drafted.
            let most = speculation.most.min(share).min(sequence.remaining() - 1);
            let most = if most > 0 { sequence.pace.next().min(most) } else { 0 };
            self.draft.clear();
            if most > 0 {
                speculation.look_up(&slot.tokens, most, &mut self.draft);
            }
            // Nothing follows an end.
            if let Some(end) = self.draft.iter().position(|token| self.generator.eos.contains(token)) {
                self.draft.truncate(end + 1);
            }
            slot.tokens.extend(&self.draft);
            budget -= self.draft.len();
            lengths.push(self.draft.len());
        }
        lengths
    }

    /// Takes tokens from the rows of `logits` for as long as they are those drafted.
    ///
    /// Leviathan et al. 2023 accept a drafted token x with probability min(1, p(x) / q(x)), which here, where the draft is
    /// certain (q = 1), is p(x). Choosing from p with the position's own draw and comparing accepts x just as often, and beyond
    /// their equal distribution gives the very tokens that decoding without drafts gives.
    fn verify(&mut self, index: usize, drafted: usize, logits: &[f32]) -> Result<(), Stop> {
        let Some((slot, mut sequence)) = self.slots.take_sequence(index) else { return Ok(()) };
        let known = slot.tokens.len() - drafted;
        self.statistics.prompt_tokens += u64::from(known == sequence.prompt());
        self.draft.clear();
        self.draft.extend(slot.tokens.drain(known..));
        let generator = &*self.generator;
        let mut accepted = 0;
        let mut end = None;
        for (place, logits) in logits.chunks_exact(logits.len() / (drafted + 1)).enumerate() {
            end = sequence.step(&mut slot.tokens, logits, &mut self.sampler, &generator.eos, generator.detokenizer)?;
            self.statistics.new_tokens += 1;
            let right = self.draft.get(place).is_some_and(|token| slot.tokens.last() == Some(token));
            accepted += usize::from(right);
            if end.is_some() || !right {
                break;
            }
        }
        // All that was run but what was drafted wrongly; the last token chosen is in the cache only if it was drafted.
        slot.held = known + accepted;
        self.statistics.drafted += drafted as u64;
        self.statistics.accepted += accepted as u64;
        sequence.pace.learn(drafted, accepted, generator.options.speculation.most);
        if let Some(reason) = end {
            let completion = sequence.finish(&slot.tokens, reason, generator.detokenizer)?;
            self.statistics.completions += 1;
            self.hand_over(Outcome::Completion(completion))?;
        } else {
            slot.sequence = Some(sequence);
        }
        Ok(())
    }

    fn hand_over(&mut self, outcome: Outcome) -> Result<(), Stop> {
        if (self.sink)(outcome).is_break() { Err(Stop::Asked) } else { Ok(()) }
    }
}
