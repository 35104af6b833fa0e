//! The way from tokens to text, as they come.

use super::error::DecodeError;

/// The trait that decoding needs of a tokenizer.
pub trait Detokenizer {
    /// The text of `tokens` without special tokens. Bytes that are no UTF-8, a character cut in half among them, become U+FFFD.
    ///
    /// # Errors
    ///
    /// The tokenizer fails.
    fn decode(&self, tokens: &[u32]) -> Result<String, DecodeError>;

    /// The special token that is written like this. It has no text of its own, so that a stop string of this name is the token's.
    fn special(&self, _name: &str) -> Option<u32> {
        None
    }
}

/// The text of a growing list of tokens, in whole characters.
///
/// Decoding all tokens at each step would take quadratic time, and decoding each alone would lose characters of several tokens and
/// spaces between words. So a window is decoded: the tokens not yet told of, behind those told of last, whose text is taken away
/// again (as `DecodeStream` of the `tokenizers` crate and vLLM do).
#[derive(Debug, Clone, Default)]
pub struct TextStream {
    text: String,
    /// The first token of the window.
    start: usize,
    /// The first token not yet told of.
    end: usize,
    /// The text of the tokens from `start` to `end`.
    prefix: String,
}

impl TextStream {
    /// The number of tokens to wait for the rest of a character: its four bytes at most, and a few special tokens between them. What is no
    /// character by then will be none.
    const PATIENCE: usize = 8;

    /// The text so far: no half character at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes in the last of `tokens`; those before it are the ones it was given before.
    ///
    /// # Errors
    ///
    /// The tokenizer fails.
    pub fn advance(&mut self, detokenizer: &(impl Detokenizer + ?Sized), tokens: &[u32]) -> Result<(), DecodeError> {
        let window = detokenizer.decode(&tokens[self.start..])?;
        if window == self.prefix {
            // A special token has no text: as the only context it would let the next word lose its space.
            self.end = tokens.len();
            return Ok(());
        }
        if window.ends_with(char::REPLACEMENT_CHARACTER) && tokens.len() - self.end < Self::PATIENCE {
            return Ok(());
        }
        match window.strip_prefix(&self.prefix) {
            Some(new) => self.text.push_str(new),
            // Bytes given up as no character have become one after all.
            None => self.text = detokenizer.decode(tokens)?,
        }
        self.start = self.end;
        self.end = tokens.len();
        self.prefix = detokenizer.decode(&tokens[self.start..])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DecodeError, Detokenizer, TextStream};

    /// A tokenizer whose tokens are a byte each.
    struct Bytes;

    impl Detokenizer for Bytes {
        fn decode(&self, tokens: &[u32]) -> Result<String, DecodeError> {
            let bytes: Vec<u8> = tokens.iter().filter_map(|token| u8::try_from(*token).ok()).collect();
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
    }

    fn stream(tokens: &[u32]) -> Vec<String> {
        let mut stream = TextStream::default();
        (1..=tokens.len())
            .map(|end| {
                stream.advance(&Bytes, &tokens[..end]).unwrap();
                stream.text().to_owned()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn no_half_characters_and_nothing_lost(text in "[a-zé€𝄞 \n]{0,40}", specials in prop::collection::vec(0..80_usize, 0..4)) {
            let mut tokens: Vec<u32> = text.bytes().map(u32::from).collect();
            for place in specials {
                tokens.insert(place.min(tokens.len()), 999);
            }
            let steps = stream(&tokens);
            prop_assert!(steps.iter().all(|step| text.starts_with(step.as_str())));
            prop_assert_eq!(steps.last().map_or("", String::as_str), text);
        }

        #[test]
        fn bytes_that_are_no_text_never_stop_it(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut tokens: Vec<u32> = bytes.iter().copied().map(u32::from).collect();
            tokens.extend([97; 8]);
            let steps = stream(&tokens);
            prop_assert!(steps.last().unwrap().ends_with("aaaa"));
        }
    }
}
