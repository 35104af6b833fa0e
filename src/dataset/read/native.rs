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

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde_json::{Value, json};

    use super::{super::record::records, task};

    /// A repair task of your own: a line of a dataset in the native format.
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its shape is of use")]
    struct Native {
        /// The task's name, unique in the file; samples refer to it.
        task_id: String,
        /// The function or class under test.
        entry_point: String,
        /// Python statements that a model may see; each is a test. May be empty where there are hidden tests.
        visible_tests: Vec<String>,
        /// More statements that decide; no model sees them.
        #[schemars(default)]
        hidden_tests: Option<Vec<String>>,
        /// A program that passes.
        #[schemars(default)]
        reference: Option<String>,
        /// The program to repair.
        #[schemars(default)]
        buggy: Option<String>,
        /// A description of what the program should do; prompts show it.
        #[schemars(default)]
        description: Option<String>,
        /// The code that runs before the tests.
        #[schemars(default)]
        setup: Option<String>,
        /// Further names that the candidate has to define. Without this field the candidate answers all names that the tests use and the
        /// reference (else the buggy program) defines at top level.
        #[schemars(default)]
        entry_points: Option<Vec<String>>,
        /// Any further fields, which are ignored.
        #[schemars(flatten)]
        others: std::collections::BTreeMap<String, Value>,
    }

    #[test]
    fn schema_of_native_tasks() {
        crate::schema::read::<Native>("native-dataset");
    }

    fn reads(object: &Value) -> bool {
        task(&records("tasks.jsonl", &object.to_string()).expect("a record")[0]).is_ok()
    }

    #[test]
    fn the_schema_asks_for_what_the_reader_asks_for() {
        let schema = schemars::schema_for!(Native).to_value();
        let fields = schema["properties"].as_object().expect("fields");
        let required: Vec<&str> =
            schema["required"].as_array().expect("names").iter().filter_map(Value::as_str).collect();
        let full = json!({
            "task_id": "a", "entry_point": "f", "visible_tests": ["assert f()"], "hidden_tests": ["assert f()"], "reference": "",
            "buggy": "", "description": "", "setup": "", "entry_points": [],
        });
        assert!(reads(&full));
        assert!(full.as_object().expect("an object").keys().eq(fields.keys()));
        for name in fields.keys() {
            let mut without = full.clone();
            without.as_object_mut().expect("an object").remove(name);
            assert_eq!(reads(&without), !required.contains(&name.as_str()), "without {name}");
            let mut wrong = full.clone();
            wrong[name] = json!(1);
            assert!(!reads(&wrong), "{name} as a number");
        }
    }
}
