//! Execution traces: what a program did on a test, and how to write that down.
//!
//! [`record`] runs a program with its test in a sandbox and collects [`Event`]s; nothing of that is trusted or becomes a verdict.
//! What is made of them are pure functions over a [`Recording`]:
//!
//! * [`inline`]: NExT's inline comments (Ni et al. 2024), the form that goes into repair prompts;
//! * [`scratchpad`]: Nye et al. 2021, every variable at every step;
//! * [`cwm`]: frames of Meta's Code World Model;
//! * [`chrome`]: Chrome's trace format, for viewers;
//! * [`html`]: a page that steps through them;
//! * [`fit`]: inline comments within a budget of tokens, by [`mod@slice`] where need be;
//! * [`tokens`]: how many tokens each form takes;
//! * events as JSONL, by `serde`.
//!
//! [`Subject`] says what is traced: a task's buggy program or a candidate, and which visible test. Hidden tests are never traced.

mod batch;
pub mod chrome;
pub mod cwm;
mod event;
pub mod fit;
pub mod html;
pub mod inline;
mod order;
mod record;
pub mod scratchpad;
pub mod slice;
mod source;
mod subject;
pub mod tokens;

pub use batch::record_all;
pub use event::{Change, Event};
pub use inline::Inline;
pub use record::{Bounds, End, Options, Recording, record};
pub use source::Source;
pub use subject::{Subject, Which};
