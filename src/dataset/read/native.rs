//! The native format, for a user's own repair tasks: one JSON object a line.
//!
//! | field | meaning |
//! |---|---|
//! | `task_id` | the task's name |
//! | `description` | what the program should do |
//! | `entry_point` | the function (or class) under test |
//! | `entry_points` | list of further names that the program under test has to define; may be missing: then all that the tests use and the reference (else the buggy program) defines at top level. Other names that the tests use are then the reference's |
//! | `buggy` | the program to repair; may be missing |
//! | `reference` | a program that passes; may be missing |
//! | `visible_tests` | list of test statements a model may see |
//! | `hidden_tests` | list of further statements that decide; may be missing |
//! | `setup` | code to run before the tests; may be missing |

use super::{super::DatasetError, record::Record};
use crate::task::{EntryPoints, Group, Program, Task, TestSuite};

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    let mut tests = record.texts("visible_tests")?;
    let visible = tests.clone();
    let hidden = if record.has(&["hidden_tests"]) { record.texts("hidden_tests")? } else { Vec::new() };
    let groups = vec![Group { name: "visible", len: tests.len() }, Group { name: "hidden", len: hidden.len() }];
    tests.extend(hidden);
    if tests.is_empty() {
        return Err(record.error("the task has no tests"));
    }
    let entry_points = if record.has(&["entry_points"]) {
        EntryPoints::Listed(record.texts("entry_points")?)
    } else {
        EntryPoints::FromTests
    };
    Ok(Task {
        id: record.text("task_id")?.to_owned(),
        description: record.optional_text("description")?.unwrap_or_default().to_owned(),
        entry_point: record.text("entry_point")?.to_owned(),
        prompt: String::new(),
        buggy: record.optional_text("buggy")?.map(str::to_owned),
        reference: record.optional_text("reference")?.map(str::to_owned),
        visible,
        suite: TestSuite::Program(Program {
            setup: record.optional_text("setup")?.unwrap_or_default().to_owned(),
            tests,
            entry_points,
            groups,
        }),
    })
}
