//! One line of `verdicts.jsonl`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

use crate::{
    files::Fields,
    journal::Entry,
    judge::{ErrorInfo, Isolation, Judgement, TestResult, Verdict},
    task::Task,
};

/// One candidate's verdict as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    /// The task.
    pub task_id: String,
    /// The index of the sample within the task, from 0.
    pub sample: usize,
    /// The verdict over all tests.
    pub verdict: Verdict,
    /// EvalPlus sets: the verdict over the base inputs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub base: Option<Verdict>,
    /// EvalPlus sets: the verdict over the plus inputs; where a base input already stopped the run, that verdict.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub plus: Option<Verdict>,
    /// Repair sets with visible tests: the verdict over those.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub visible: Option<Verdict>,
    /// Repair sets with hidden tests: the verdict over those; where a visible one already stopped the run, that verdict.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hidden: Option<Verdict>,
    /// The tests that ran, in order.
    pub tests: Vec<TestResult>,
    /// The fuel that the candidate used.
    pub fuel: u64,
    /// The most memory it had, in bytes.
    pub peak_memory: usize,
    /// The place where the tests ran.
    pub isolation: Isolation,
    /// The things that the candidate tried besides solving its task, with `--audit`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub audit: Vec<String>,
    /// The exception behind the verdict.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<ErrorInfo>,
    /// The digest of the candidate, by which a run that goes on knows it: equal ones of a task are judged once.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub program_digest: Option<String>,
    /// Further samples of the task with the same program, which this row stands for too; in a journal alone.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub same: Vec<usize>,
    /// The other fields of the sample's line: all but the task's name and the texts of the answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, schemars(with = "Option<std::collections::BTreeMap<String, serde_json::Value>>"))]
    pub fields: Option<Fields>,
}

/// Fields of a sample that do not travel into its row: the task, and texts, which stand in the results file.
const LEFT: [&str; 6] = ["task_id", "solution", "completion", "answer", "rationale", "reasoning"];

/// The fields of a sample that travel into its row; nothing where there are none. What is too large a number or too deep for the usual parsers is
/// null here: anybody can read a row.
pub(super) fn travelling(row: Option<&Fields>) -> Option<Fields> {
    let mut fields = row?.filtered(|name| !LEFT.contains(&name));
    let unusual = |value: &RawValue| serde_json::from_str::<Value>(value.get()).is_err();
    let names: Vec<String> =
        fields.iter().filter(|(_, value)| unusual(value)).map(|(name, _)| name.to_owned()).collect();
    for name in names {
        fields.put(&name, &Value::Null);
    }
    Some(fields).filter(|fields| !fields.is_empty())
}

impl Entry for Row {
    const NAME: &'static str = "verdict";

    fn multiplicity(&self) -> usize {
        1 + self.same.len()
    }
}

impl Row {
    pub(super) fn new(task: &Task, sample: usize, judgement: Judgement) -> Self {
        let (mut base, mut plus, mut visible, mut hidden) = (None, None, None, None);
        let mut start = 0;
        for group in task.suite.groups() {
            let verdict = (group.len > 0).then(|| judgement.group(start, group.len));
            match group.name {
                "base" => base = verdict,
                "plus" => plus = verdict,
                "visible" => visible = verdict,
                "hidden" => hidden = verdict,
                _ => {}
            }
            start += group.len;
        }
        Self {
            task_id: task.id.clone(),
            sample,
            verdict: judgement.verdict,
            base,
            plus,
            visible,
            hidden,
            error: judgement.error().cloned(),
            fuel: judgement.usage.fuel,
            peak_memory: judgement.usage.peak_memory,
            isolation: judgement.isolation,
            tests: judgement.tests,
            audit: judgement.audit,
            program_digest: None,
            same: Vec::new(),
            fields: None,
        }
    }
}
