//! The time at which annotations are evaluated.

use serde::{Deserialize, Serialize};

/// The time at which a program's annotations are evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Annotations {
    /// Annotations are evaluated where they stand, as up to Python 3.13: a program that forgot to import a type fails with a `NameError`.
    #[default]
    Eager,
    /// Annotations are evaluated when they are asked for, as in Python 3.14.
    Deferred,
}
