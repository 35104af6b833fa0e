//! Examples, and how they are put into steps and rows.

use std::sync::Arc;

use super::{
    TrainError,
    decoder::Pass,
    ops::{Packed, Targets},
    options::{Options, TooLong},
};
use crate::{
    model::{ModelConfig, Rope},
    random::Random,
};

/// An example to learn: after this prompt, that completion. Nothing is added: whatever ends a completion must be part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Tokens that are given; their own loss does not count.
    pub prompt: Vec<u32>,
    /// Tokens to learn; at least one. Without a prompt the first of them is given.
    pub completion: Vec<u32>,
    /// The weight of each token of it, against those of other examples. 1 is usual; above 0.
    pub weight: f32,
}

impl Example {
    /// An example of weight 1.
    #[must_use]
    pub fn new(prompt: Vec<u32>, completion: Vec<u32>) -> Self {
        Self { prompt, completion, weight: 1.0 }
    }

    /// The number of tokens that go in: the last one predicts nothing.
    pub(super) fn inputs(&self) -> usize {
        (self.prompt.len() + self.completion.len()).saturating_sub(1)
    }

    /// The number of tokens that are predicted.
    pub(super) fn predicted(&self) -> usize {
        self.completion.len().min(self.inputs())
    }

    fn tokens(&self) -> impl Iterator<Item = u32> {
        self.prompt.iter().chain(&self.completion).copied()
    }
}

/// The examples that can be trained on, in order, and how many were left out. `set` is what errors call them.
pub(super) fn usable<'a>(
    examples: &'a [Example],
    set: &'static str,
    config: &ModelConfig,
    options: &Options,
) -> Result<(Vec<&'a Example>, usize), TrainError> {
    let longest = config.context;
    let mut usable = vec![];
    for (index, example) in examples.iter().enumerate() {
        let wrong = |problem: String| Err(TrainError::Example { set, index, problem });
        if example.predicted() == 0 {
            return wrong(
                "there is no token to predict: its completion is empty, or one token without a prompt".into(),
            );
        }
        if !(example.weight.is_finite() && example.weight > 0.0) {
            return wrong(format!("its weight is {}, but must be above 0; leave it out", example.weight));
        }
        if let Some(token) = example.tokens().find(|token| *token as usize >= config.vocabulary) {
            return wrong(format!("token {token} is not among the {} of the vocabulary", config.vocabulary));
        }
        if example.inputs() <= longest {
            usable.push(example);
        } else if options.too_long == TooLong::Refuse {
            return wrong(format!(
                "it has {} tokens, and this model sees at most {longest}; shorten it, or set `too_long` to \"skip\"",
                example.inputs()
            ));
        }
    }
    let skipped = examples.len() - usable.len();
    Ok((usable, skipped))
}

/// The examples of each step of an epoch, from 0.
pub(super) fn steps(count: usize, epoch: usize, options: &Options) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..count).collect();
    Random::named(options.seed, &format!("epoch {epoch}")).shuffle(&mut order);
    order.chunks(options.batch).map(<[usize]>::to_vec).collect()
}

/// The divisor of a step's losses: the weight of all its tokens.
pub(super) fn total_weight(examples: &[&Example]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "examples have far fewer than 2^52 tokens")]
    examples.iter().map(|example| f64::from(example.weight) * example.predicted() as f64).sum()
}

/// Packs examples into rows of at most `row` tokens, each into the first row that has room; a longer one has a row alone. The losses of all rows together are the mean
/// over tokens.
pub(super) fn rows(examples: &[&Example], row: usize, rope: &Rope) -> Vec<Pass> {
    let mut rows = Vec::<(usize, Vec<&Example>)>::new();
    for example in examples {
        let length = example.inputs();
        match rows.iter_mut().find(|(filled, _)| filled + length <= row) {
            Some((filled, row)) => {
                *filled += length;
                row.push(example);
            }
            None => rows.push((length, vec![example])),
        }
    }
    let total = total_weight(examples);
    rows.into_iter().map(|(_, examples)| pass(&examples, total, rope)).collect()
}

fn pass(examples: &[&Example], total: f64, rope: &Rope) -> Pass {
    let mut tokens = vec![];
    let mut wanted = vec![];
    let mut targets = Targets::default();
    for example in examples {
        let all = example.tokens().collect::<Vec<_>>();
        let (start, inputs, predicted) = (tokens.len(), example.inputs(), example.predicted());
        tokens.extend_from_slice(&all[..inputs]);
        for position in inputs - predicted..inputs {
            #[expect(clippy::cast_possible_truncation, reason = "rows are far below 2^32 tokens; weights have 32 bits")]
            let (place, weight) = ((start + position) as u32, (f64::from(example.weight) / total) as f32);
            wanted.push(place);
            targets.tokens.push(all[position + 1]);
            targets.weights.push(weight);
        }
    }
    let lengths = examples.iter().map(|example| example.inputs()).collect::<Vec<_>>();
    Pass { tokens, packed: Arc::new(Packed::new(&lengths, rope)), wanted, targets: Arc::new(targets) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(prompt: u32, completion: u32) -> Example {
        Example::new((0..prompt).collect(), (100..100 + completion).collect())
    }

    #[test]
    fn rows_hold_what_fits_and_predict_completions_only() {
        let (a, b, c) = (example(3, 2), example(4, 3), Example { weight: 3.0, ..example(0, 2) });
        let rope = Rope { frequencies: vec![1.0, 0.5], factor: 1.0 };
        let rows = rows(&[&a, &b, &c], 6, &rope);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].tokens, [0, 1, 2, 100, 100]);
        assert_eq!(rows[0].wanted, [2, 3, 4]);
        assert_eq!(rows[0].targets.tokens, [100, 101, 101]);
        // 2 tokens, 3 tokens, and one that counts threefold.
        assert_eq!(rows[0].targets.weights, [0.125, 0.125, 0.375]);
        assert_eq!(rows[1].tokens, [0, 1, 2, 3, 100, 101]);
        assert_eq!(*rows[0].packed, Packed::new(&[4, 1], &rope));
    }

    #[test]
    fn every_epoch_has_every_example_in_an_order_of_its_own() {
        let options = Options { batch: 4, ..Options::default() };
        let first = steps(10, 0, &options);
        assert_eq!(first.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
        let mut all = first.concat();
        all.sort_unstable();
        assert_eq!(all, (0..10).collect::<Vec<_>>());
        assert_ne!(first, steps(10, 1, &options));
        assert_eq!(first, steps(10, 0, &options));
    }
}
