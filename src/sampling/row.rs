//! One line of a sample file.

use serde::{Deserialize, Serialize};

use crate::{
    answer::{Extracted, How},
    journal::Entry,
    task::Task,
};

/// One sample, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    /// The task.
    pub task_id: String,
    /// The index of the sample within the task, from 0.
    pub sample: usize,
    /// The fix; empty where the answer holds none.
    pub solution: String,
    /// The rationale: what the answer says about the bug.
    pub rationale: String,
    /// The way in which the fix was found in the answer.
    pub how: How,
    /// The answer as it came.
    pub answer: String,
    /// The thoughts of a reasoning model before it answered, where a server tells them apart.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reasoning: Option<String>,
    /// The reason why it ended: `eos`, `stop`, `length`, `context`, a server's own word, or `refused: ...`.
    pub finish: String,
    /// The number of its tokens, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tokens: Option<u64>,
    /// The natural logarithm of its probability, where that is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub log_probability: Option<f64>,
    /// The digest of what determines the samples: the model, the prompts and the parameters.
    pub run: String,
}

/// A model's answer to a prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The text.
    pub text: String,
    /// The thoughts of a reasoning model before it answered.
    pub reasoning: Option<String>,
    /// The reason why it ended.
    pub finish: String,
    /// The number of its tokens.
    pub tokens: Option<u64>,
    /// The natural logarithm of its probability.
    pub log_probability: Option<f64>,
}

impl Entry for Row {
    const NAME: &'static str = "sample";
}

impl Row {
    /// The row of a sample for `task`, with what was read out of its `answer`.
    #[must_use]
    pub fn new(task: &Task, sample: usize, answer: String, extracted: Extracted, outcome: Outcome, run: &str) -> Self {
        Self {
            task_id: task.id.clone(),
            sample,
            solution: extracted.program.unwrap_or_default(),
            rationale: extracted.rationale,
            how: extracted.how,
            answer,
            reasoning: outcome.reasoning,
            finish: outcome.finish,
            tokens: outcome.tokens,
            log_probability: outcome.log_probability,
            run: run.to_owned(),
        }
    }

    /// The row in the place of a sample that there is not.
    #[must_use]
    pub fn refused(task: &Task, sample: usize, why: &str, run: &str) -> Self {
        Self {
            task_id: task.id.clone(),
            sample,
            solution: String::new(),
            rationale: String::new(),
            how: How::Nothing,
            answer: String::new(),
            reasoning: None,
            finish: format!("refused: {why}"),
            tokens: None,
            log_probability: None,
            run: run.to_owned(),
        }
    }

    /// Whether there is no sample.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.finish.starts_with("refused: ")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn schema_of_samples() {
        crate::schema::written::<super::Row>("samples");
    }
}
