//! HumanEval+ and MBPP+ (Liu et al. 2023), as EvalPlus publishes them: inputs, a reference, a tolerance.

use super::{super::DatasetError, examples, mbpp_inputs, record::Record};
use crate::{
    task::{Cases, Group, Oracle, Task, TestSuite},
    value::Value,
};

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    let (id, prompt, entry_point) = (record.text("task_id")?, record.text("prompt")?, record.text("entry_point")?);
    let mbpp = id.to_ascii_lowercase().starts_with("mbpp");
    let read = |name: &str| -> Result<Vec<Value>, DatasetError> {
        let inputs = record.inputs(name)?;
        if !mbpp {
            return Ok(inputs.into_iter().map(Value::Tuple).collect());
        }
        let number = id.rsplit('/').next().and_then(|number| number.parse().ok());
        let number: u32 = number.ok_or_else(|| record.error("the task id has no number"))?;
        let restored =
            inputs.into_iter().map(|arguments| mbpp_inputs::restore(number, arguments)).collect::<Option<_>>();
        restored.ok_or_else(|| {
            record.error(format!("the field `{name}` is not of the form that EvalPlus describes for this task"))
        })
    };
    let (mut inputs, plus) = (read("base_input")?, read("plus_input")?);
    let groups = vec![Group { name: "base", len: inputs.len() }, Group { name: "plus", len: plus.len() }];
    inputs.extend(plus);
    Ok(Task {
        id: id.to_owned(),
        description: prompt.to_owned(),
        entry_point: entry_point.to_owned(),
        prompt: prompt.to_owned(),
        buggy: None,
        reference: Some(format!("{prompt}{}", record.text("canonical_solution")?)),
        visible: if mbpp { examples::asserts(prompt) } else { examples::doctests(prompt) },
        suite: TestSuite::Cases(Cases {
            inputs,
            atol: record.float("atol")?,
            oracle: oracle(mbpp, entry_point),
            groups,
        }),
    })
}

/// EvalPlus chooses its oracles by the entry point's name (`evalplus/eval/_special_oracle.py`).
fn oracle(mbpp: bool, entry_point: &str) -> Oracle {
    match (mbpp, entry_point) {
        (false, "find_zero") => Oracle::FindZero,
        (true, "are_equivalent") => Oracle::Anything,
        (true, "sum_div") => Oracle::OrZero,
        (true, "surface_Area") => Oracle::SurfaceArea,
        (true, "digit_distance_nums") => Oracle::DigitDistance,
        (
            true,
            "similar_elements"
            | "find_char_long"
            | "common_in_nested_lists"
            | "extract_singly"
            | "larg_nnum"
            | "intersection_array"
            | "find_dissimilar"
            | "Diff",
        ) => Oracle::SameSet,
        (true, "check_str" | "text_match_three" | "text_starta_endb") => Oracle::NotNone,
        _ => Oracle::Close,
    }
}
