//! `generation_config.json`: which tokens end a text.

use std::path::Path;

use super::{super::ModelError, fields::Fields};

/// The end-of-sequence tokens of the model in `folder`: those of `generation_config.json`, else those of its `config.json`. What else
/// the former says (temperature and so on) is not followed: sampling parameters are the caller's.
pub(in super::super) fn eos(folder: &Path, config: &Fields, vocabulary: usize) -> Result<Vec<u32>, ModelError> {
    let name = "eos_token_id";
    let path = folder.join("generation_config.json");
    let generation = if path.exists() { Some(Fields::read(&path)?) } else { None };
    for fields in generation.iter().chain([config]) {
        if let Some(tokens) = fields.tokens(name)? {
            if tokens.iter().any(|token| *token as usize >= vocabulary) {
                return Err(fields.wrong(name, &format!("below vocab_size ({vocabulary})")));
            }
            return Ok(tokens);
        }
    }
    Ok(vec![])
}
