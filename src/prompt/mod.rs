//! Prompts: what a model is asked. What is read out of its answer says [`crate::answer`].
//!
//! * [`render`] writes the repair prompt of the NExT paper (Ni et al. 2024, Figure 1): description, buggy program, tests, trace; the
//!   answer is a rationale and a fix. [`Template`] says how it is worded and [`Exemplars`] are the worked repairs shown before; both
//!   are text files that a user can replace. [`render_with_rationale`] asks for the fix to a rationale that is given, as proxy-based
//!   evaluation does.
//! * [`chat`] turns messages into the text a chat model was trained on, by the template that comes with its tokenizer.
//!
//! Everything here is text to text: nothing is run, and the same input gives the same bytes.

pub mod chat;
mod error;
mod exemplar;
mod problem;
mod render;
mod template;

pub use error::PromptError;
pub use exemplar::{Exemplar, Exemplars};
pub use problem::{Condition, Message, Problem, Prompt, Role};
pub use render::{render, render_with_rationale};
pub use template::Template;
