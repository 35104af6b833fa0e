//! Checks of calls that any model refuses, whoever computes it.

use super::{ModelError, forward::Row};

/// Checks a call against the promises of [`Row`], for slots that hold `filled` positions and have room for `limit`.
pub(super) fn rows(rows: &[Row<'_>], filled: &[usize], limit: usize, vocabulary: usize) -> Result<(), ModelError> {
    for row in rows {
        let problem = |problem: String| Err(ModelError::Request(format!("slot {}: {problem}", row.slot)));
        let Some(&filled) = filled.get(row.slot) else {
            return problem(format!("there are {} slots", filled.len()));
        };
        if row.tokens.is_empty() || row.wanted > row.tokens.len() {
            return problem(format!("{} tokens, but the logits of {} are wanted", row.tokens.len(), row.wanted));
        }
        if row.start > filled {
            return problem(format!("position {} was asked for, but only {filled} are cached", row.start));
        }
        let end = row.start + row.tokens.len();
        if end > limit {
            return problem(format!("{end} tokens do not fit into the {limit} that were reserved"));
        }
        if let Some(token) = row.tokens.iter().find(|token| **token as usize >= vocabulary) {
            return problem(format!("token {token} is not among the {vocabulary} of the vocabulary"));
        }
    }
    if !rows.is_sorted_by(|a, b| a.slot < b.slot) {
        return Err(ModelError::Request("the rows of a call must name different slots in ascending order".into()));
    }
    Ok(())
}

/// Checks a copy between slots that hold `filled` positions.
pub(super) fn copy(from: usize, to: usize, length: usize, filled: &[usize]) -> Result<(), ModelError> {
    let held = filled.get(from).copied().unwrap_or(0);
    if from.max(to) >= filled.len() || length > held {
        return Err(ModelError::Request(format!(
            "{length} positions of slot {from} cannot be copied to slot {to}: there are {} slots, and {held} positions are cached",
            filled.len()
        )));
    }
    Ok(())
}

/// Checks what is asked of a model whose sequences have up to `context` tokens.
pub(super) fn reset(slots: usize, length: usize, context: usize) -> Result<(), ModelError> {
    if slots == 0 || length == 0 || length > context {
        return Err(ModelError::Request(format!(
            "room for {slots} sequences of {length} tokens was asked for; sequences have 1 to {context} tokens"
        )));
    }
    Ok(())
}

/// The longest sequence of a model that was made for `most` tokens, where `asked` were asked for.
pub(super) fn context(most: usize, asked: Option<usize>) -> Result<usize, ModelError> {
    let context = asked.unwrap_or(most);
    if context == 0 || context > most {
        return Err(ModelError::Request(format!(
            "a context of {context} tokens was asked for, but by its config.json the model was made for {most}"
        )));
    }
    Ok(context)
}
