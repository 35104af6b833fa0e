//! The provenance of numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The certainty that the paper says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// `V`: read from the paper itself.
    Verbatim,
    /// `SS`: two or more independent secondary sources agree.
    SeveralSecondary,
    /// `S`: stated by someone who read the paper.
    Secondary,
    /// `C`: recalled, and an independent re-implementation agrees.
    Corroborated,
    /// `D`: derived by arithmetic, or by looking at a figure.
    Derived,
    /// `M`: recalled, found in no source: a hypothesis.
    Recalled,
    /// `?`: not recovered.
    NotRecovered,
}

impl Tag {
    /// The tag's letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Verbatim => "V",
            Self::SeveralSecondary => "SS",
            Self::Secondary => "S",
            Self::Corroborated => "C",
            Self::Derived => "D",
            Self::Recalled => "M",
            Self::NotRecovered => "?",
        }
    }

    /// The meaning of the tag, as part of a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Verbatim => "read from the paper itself",
            Self::SeveralSecondary => "two or more independent readers of the paper agree",
            Self::Secondary => "stated by someone who read the paper",
            Self::Corroborated => "recalled, and an independent re-implementation agrees",
            Self::Derived => "derived by arithmetic",
            Self::Recalled => "recalled, found in no source: a hypothesis",
            Self::NotRecovered => "not recovered",
        }
    }

    fn parse(letter: &str) -> Option<Self> {
        Some(match letter {
            "V" => Self::Verbatim,
            "SS" => Self::SeveralSecondary,
            "S" => Self::Secondary,
            "C" => Self::Corroborated,
            "D" => Self::Derived,
            "M" => Self::Recalled,
            "?" => Self::NotRecovered,
            _ => return None,
        })
    }
}

/// A tag with what follows it in the list of recovered facts: letters of sources, or a place in the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Provenance {
    tag: Tag,
    text: String,
}

impl Provenance {
    /// The tag.
    #[must_use]
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// The tag and the sources as the list of recovered facts has them: `S D`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.text)
    }
}

/// A provenance that begins with no tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` begins with none of the tags V, S, SS, C, M, D, ?")]
pub struct BadProvenance(String);

impl TryFrom<String> for Provenance {
    type Error = BadProvenance;

    fn try_from(text: String) -> Result<Self, BadProvenance> {
        let letter = text.split([' ', ',', '/']).next().unwrap_or_default();
        match Tag::parse(letter) {
            Some(tag) => Ok(Self { tag, text }),
            None => Err(BadProvenance(text)),
        }
    }
}

impl From<Provenance> for String {
    fn from(provenance: Provenance) -> Self {
        provenance.text
    }
}
