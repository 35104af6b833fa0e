//! The schemas of a run folder's files.

use schemars::JsonSchema;

use super::{Difference, Manifest, Row, Summary, tasks::Kept};
use crate::{answer::Sanitize, judge::Options, schema};

/// The `options` of a manifest: how candidates are judged, and when answers are searched for a program.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) struct JudgedWith {
    #[schemars(flatten)]
    judged: Options,
    /// The rule by which an answer is searched for the program in it (`--sanitize`).
    sanitize: Sanitize,
}

#[test]
fn schemas_of_run_folders() {
    schema::written::<Manifest>("manifest");
    schema::written::<Kept>("tasks");
    schema::written::<Row>("verdicts");
    schema::written::<Summary>("summary");
    schema::written::<Difference>("differences");
}
