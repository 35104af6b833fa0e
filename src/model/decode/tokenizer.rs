//! Hugging Face tokenizers.

use std::path::Path;

use tokenizers::Tokenizer;

use super::{error::DecodeError, text::Detokenizer};
use crate::{files::read_text, model::layout};

/// A `tokenizer.json`.
#[derive(Debug, Clone)]
pub struct TextTokenizer(Tokenizer);

impl TextTokenizer {
    /// Reads a `tokenizer.json`, or the one in a checkpoint's folder.
    ///
    /// # Errors
    ///
    /// The file is not there or is no tokenizer.
    pub fn open(path: &Path) -> Result<Self, DecodeError> {
        let path = &if path.is_dir() { path.join(layout::TOKENIZER) } else { path.to_owned() };
        let problem = |problem: String| DecodeError::TokenizerFile { path: path.clone(), problem };
        let text = read_text(path).map_err(|error| problem(error.to_string()))?;
        Self::from_bytes(text.as_bytes()).map_err(|error| problem(error.to_string()))
    }

    /// Reads the content of a `tokenizer.json`.
    ///
    /// # Errors
    ///
    /// The text is no tokenizer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(failed)?;
        // A prompt cut or padded in silence is another prompt.
        tokenizer.with_truncation(None).map_err(failed)?.with_padding(None);
        Ok(Self(tokenizer))
    }

    /// The tokens of `text`. Special tokens written out in it count as such; `specials` adds those that the file's post-processor
    /// puts around a text (a chat template has written its own).
    ///
    /// # Errors
    ///
    /// The tokenizer fails.
    pub fn encode(&self, text: &str, specials: bool) -> Result<Vec<u32>, DecodeError> {
        Ok(self.0.encode_fast(text, specials).map_err(failed)?.get_ids().to_vec())
    }

    /// The number of tokens of `text`, without special ones around it.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        // It fails only for models without a token for what they do not know; a character each is then the most it can be.
        self.0.encode_fast(text, false).map_or_else(|_| text.chars().count(), |encoding| encoding.len())
    }

    /// The id of a token by its name, such as `</s>`.
    #[must_use]
    pub fn id(&self, token: &str) -> Option<u32> {
        self.0.token_to_id(token)
    }

    /// The largest id of its tokens, added ones included.
    #[must_use]
    pub fn last(&self) -> usize {
        self.0.get_vocab(true).into_values().max().map_or(0, |id| id as usize)
    }

    /// The number of tokens that it knows, added ones included.
    #[must_use]
    pub fn vocabulary(&self) -> usize {
        self.0.get_vocab_size(true)
    }
}

impl Detokenizer for TextTokenizer {
    fn decode(&self, tokens: &[u32]) -> Result<String, DecodeError> {
        self.0.decode(tokens, true).map_err(failed)
    }

    fn special(&self, name: &str) -> Option<u32> {
        self.0.get_added_vocabulary().is_special_token(name).then(|| self.id(name))?
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` wants it")]
fn failed(error: tokenizers::Error) -> DecodeError {
    DecodeError::Tokenizer(error.to_string())
}
