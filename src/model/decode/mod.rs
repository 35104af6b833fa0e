//! Decoding: from prompts to completions, over any [`Forward`](super::Forward).
//!
//! Three promises hold, and are tested against real models:
//!
//! - **A sample's text depends on its task's key, its index, its prompt and its parameters only**: not on the number of slots,
//!   the other rows, the order of jobs or speculation. Randomness comes from one stream per sample, entered by position.
//! - **Speculation changes no token.** A draft is accepted while it equals what would have been sampled anyway.
//! - **Nothing is dropped in silence.** What cannot be decoded is refused, handed over and counted.

mod draft;
mod error;
mod exponential;
mod filter;
mod generator;
mod job;
mod params;
mod random;
mod sampler;
mod schedule;
mod sequence;
mod text;
mod tokenizer;

pub use draft::Speculation;
pub use error::DecodeError;
pub use generator::{Generator, Options};
pub use job::{Completion, FinishReason, Job, Outcome, Refusal, RefusalReason, Statistics};
pub use params::{ParamsError, SamplingParams};
pub use random::Draws;
pub use sampler::{Choice, NotANumber, Sampler};
pub use text::{Detokenizer, TextStream};
pub use tokenizer::TextTokenizer;
