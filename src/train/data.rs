//! The way from pairs of texts to examples of tokens, as sampling will see them.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Example, TrainError};
use crate::{
    model::{Checkpoint, decode::TextTokenizer, layout},
    pairs::Pair,
};

/// The choice of the tokens that are learnt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Loss {
    /// The tokens of the completion, as in the paper.
    #[default]
    Completion,
    /// All tokens, as when a model is trained from nothing.
    All,
}

/// The examples of `pairs`: the prompt and the completion are tokenised apart, as a prompt is before its answer is known, and the
/// completion ends in the checkpoint's end token.
///
/// # Errors
///
/// The checkpoint names no end token, or the tokenizer fails.
pub fn examples(
    pairs: &[Pair],
    tokenizer: &TextTokenizer,
    checkpoint: &Checkpoint,
    loss: Loss,
) -> Result<Vec<Example>, TrainError> {
    let Some(&eos) = checkpoint.eos().first() else {
        let config = checkpoint.folder().join(layout::CONFIG);
        return Err(TrainError::format(config, "`eos_token_id` is missing: without it no answer would ever end"));
    };
    // Most models of code have no token before a text; then a second look at each prompt is not needed.
    let plain = tokenizer.encode("", true).is_ok_and(|around| around.is_empty());
    let failed = |error| TrainError::format(checkpoint.folder().join(layout::TOKENIZER), format!("{error}"));
    let encode = |pair: &Pair| {
        let mut prompt = prompt_tokens(tokenizer, &pair.prompt, plain).map_err(failed)?;
        let mut completion = tokenizer.encode(&pair.completion, false).map_err(failed)?;
        completion.push(eos);
        if loss == Loss::All {
            prompt.append(&mut completion);
            std::mem::swap(&mut prompt, &mut completion);
        }
        Ok(Example { prompt, completion, weight: pair.weight })
    };
    pairs.par_iter().map(encode).collect()
}

/// The tokens of a prompt with the special ones that the tokenizer puts before a text, unless a chat template wrote them already.
fn prompt_tokens(
    tokenizer: &TextTokenizer,
    prompt: &str,
    plain: bool,
) -> Result<Vec<u32>, crate::model::decode::DecodeError> {
    let bare = tokenizer.encode(prompt, false)?;
    if plain {
        return Ok(bare);
    }
    let whole = tokenizer.encode(prompt, true)?;
    Ok(if bare.first() == whole.first() { bare } else { whole })
}
