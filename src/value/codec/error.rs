//! The reason for which bytes are not a value.

/// The reason for which bytes are not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a value of the wire format: {what} at byte {at}")]
pub struct CodecError {
    pub(super) what: &'static str,
    pub(super) at: usize,
}

/// Texts for values that are too large to cross.
pub(super) const TOO_LONG: &str = "it takes more than 64 MiB to send";
pub(super) const TOO_DEEP: &str = "it is nested more than 5,000 levels deep";
pub(super) const TOO_MANY_SETS: &str = "it has sets in one another more than 32 levels deep";
pub(super) const CYCLE: &str = "it holds itself";
pub(super) const TOO_MANY: &str = "it has too many parts (32 million, or a million where they are shared)";

impl CodecError {
    /// The fault, in words.
    pub(crate) fn what(&self) -> &'static str {
        self.what
    }

    /// Whether it is a value, but one that cannot be judged: no sign of tampering.
    pub(crate) fn is_of_a_value(&self) -> bool {
        [TOO_LONG, TOO_DEEP, TOO_MANY_SETS, TOO_MANY, CYCLE].contains(&self.what)
    }
}
