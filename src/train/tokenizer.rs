//! A tokenizer for a model that is trained from nothing.

use tokenizers::{
    AddedToken, Tokenizer,
    models::{
        TrainerWrapper,
        bpe::{BPE, BpeTrainer},
    },
    pre_tokenizers::{PreTokenizerWrapper, byte_level::ByteLevel, digits::Digits, sequence::Sequence},
};

use super::TrainError;

/// The token that ends a text; its id is 0.
pub const END: &str = "<|endoftext|>";

/// Fits byte-level BPE of `vocabulary` tokens to `texts` and returns a `tokenizer.json`. Digits are tokens of their own, so that numbers are
/// copied digit by digit. The same texts give the same bytes.
///
/// # Errors
///
/// The tokenizer library's error.
pub fn fit_tokenizer<'a>(
    texts: impl Iterator<Item = &'a str> + Send,
    vocabulary: usize,
) -> Result<Vec<u8>, TrainError> {
    let failed = |error: tokenizers::Error| TrainError::Tokenizer(error.to_string());
    let mut tokenizer = Tokenizer::new(BPE::default());
    let level = ByteLevel::new(false, false, true);
    let parts = vec![PreTokenizerWrapper::Digits(Digits::new(true)), PreTokenizerWrapper::ByteLevel(level)];
    tokenizer.with_pre_tokenizer(Some(Sequence::new(parts))).with_decoder(Some(level));
    let mut trainer = TrainerWrapper::from(
        BpeTrainer::builder()
            .vocab_size(vocabulary)
            .show_progress(false)
            .special_tokens(vec![AddedToken::from(END, true)])
            .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
            .build(),
    );
    tokenizer.train(&mut trainer, texts).map_err(failed)?;
    tokenizer.to_string(true).map(String::into_bytes).map_err(failed)
}
