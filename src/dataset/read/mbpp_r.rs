//! Repair sets in the style of the paper's Mbpp-R: an MBPP problem, a program some model wrote, and the asserts it fails.

use super::{super::DatasetError, mbpp::asserts, record::Record};
use crate::task::Task;

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    Ok(Task {
        id: record.text("id")?.to_owned(),
        description: record.text("text")?.to_owned(),
        entry_point: String::new(),
        prompt: String::new(),
        buggy: Some(record.text("buggy_code")?.to_owned()),
        reference: None,
        visible: record.texts("test_list")?,
        suite: asserts(
            record.optional_text("test_setup_code")?.unwrap_or_default().to_owned(),
            record.texts("test_list")?,
        ),
    })
}
