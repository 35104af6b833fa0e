//! The reason why a chat could not be written.

/// The reason why a chat could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChatError {
    /// A file that cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// No template in the tokenizer's files.
    #[error(
        "{name}: there is no chat template: use the plain prompt, or put a chat_template.jinja beside the tokenizer"
    )]
    Missing {
        /// The file that mostly has it.
        name: String,
    },
    /// Something in the template's place that cannot be used.
    #[error("{name}: {message}; put the right one into a chat_template.jinja beside the tokenizer")]
    Unusable {
        /// The file.
        name: String,
        /// The fault, in words.
        message: String,
    },
    /// A template that does not compile, or that failed for these messages.
    #[error("{name}:{line}: {message}")]
    Template {
        /// The file. For a template inside of JSON the line is the template's own.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The fault, in words.
        message: String,
    },
    /// The template refused the messages, in its own words.
    #[error("{name}: the chat template refuses these messages: {message}")]
    Refused {
        /// The file.
        name: String,
        /// The template's error.
        message: String,
    },
    /// A date that is none.
    #[error("`{text}` is no date: write 2024-07-26 or 2024-07-26T12:00:00")]
    Date {
        /// The text that was given.
        text: String,
    },
}
