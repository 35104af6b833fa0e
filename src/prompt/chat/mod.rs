//! Chat templates: the Jinja programs in a tokenizer's files that turn messages into the text a chat model was trained on.
//!
//! They are written for Python's Jinja as Hugging Face `transformers` sets it up (`utils/chat_template_utils.py`): `trim_blocks` and
//! `lstrip_blocks`, loop controls, Python's methods on strings, lists and dicts, `raise_exception`, `strftime_now`, and a `tojson` of
//! its own. [`ChatTemplate`] renders them to the same text; tests compare with what `transformers` printed.
//!
//! A rendered chat holds its own special tokens: encode it without adding any.

mod error;
mod json;
mod source;
mod template;

pub use error::ChatError;
pub use template::{ChatOptions, ChatTemplate};
