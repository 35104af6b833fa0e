//! The plan of sampling: the samples that there are to be, and all that they depend on.

use std::{
    ops::{ControlFlow, Range},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{Prompts, SampleError, Settings};
use crate::{
    dataset::Dataset,
    prompt::{Exemplar, Exemplars, Problem, Template, chat::ChatTemplate, render},
    sandbox::{Fault, Sandbox, pool},
    trace::{self, Inline, Recording, Which},
};

/// The trace of each task, where it has one.
pub type Traces = Vec<Option<Arc<Recording>>>;

/// The parts of the digest of a run: the things that samples depend on, in their order there.
const PARTS: [&str; 5] = ["version of this program", "dataset", "model", "parameters", "template or exemplars"];

/// The difference between the runs with these digests, in words.
pub(super) fn difference(one: &str, other: &str) -> String {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    if one.len() != PARTS.len() || other.len() != PARTS.len() {
        return "version of this program, model, dataset or other parameters".to_owned();
    }
    let differing = PARTS.iter().zip(one.iter().zip(&other)).filter(|(_, (one, other))| one != other);
    differing.map(|(what, _)| *what).collect::<Vec<_>>().join(" and ")
}

/// The tasks, the settings and the wording: all of a run but its model.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The repair tasks.
    pub dataset: &'a Dataset,
    /// The settings of sampling.
    pub settings: &'a Settings,
    /// The wording of prompts.
    pub template: &'a Template,
    /// The worked repairs before each task.
    pub shots: &'a [Exemplar],
    /// A rationale for each task, to write a fix to, as in proxy-based evaluation; else models write their own.
    pub rationales: Option<&'a [String]>,
}

impl<'a> Plan<'a> {
    /// Checks that each task has something to repair and that there are exemplars enough.
    ///
    /// # Errors
    ///
    /// The first task without a buggy program, a parameter out of its range, or what the exemplars lack.
    pub fn new(
        dataset: &'a Dataset,
        settings: &'a Settings,
        template: &'a Template,
        exemplars: &'a Exemplars,
    ) -> Result<Self, SampleError> {
        if let Some(task) = dataset.tasks.iter().find(|task| task.buggy.is_none()) {
            return Err(SampleError::NoProgram { task: task.id.clone() });
        }
        settings.params(Vec::new()).check()?;
        let shots = exemplars.first(settings.shots, settings.condition)?;
        Ok(Self { dataset, settings, template, shots, rationales: None })
    }

    /// The digest of what the samples of `model` depend on: never the batch, the threads or the drafts, nor how many samples and tasks
    /// there are. It has a part for each of [`PARTS`], so that two of them tell what differs.
    #[must_use]
    pub fn digest(&self, model: &Value) -> String {
        let settings = Settings { n: 0, ..self.settings.clone() };
        let parts: [Value; PARTS.len()] = [
            json!([env!("CARGO_PKG_VERSION"), tracewright_guest::DIGEST]),
            json!([self.dataset.digest, self.rationales]),
            model.clone(),
            json!(settings),
            json!([self.template.text(), self.shots]),
        ];
        let digest = |part: &Value| blake3::hash(part.to_string().as_bytes()).to_hex()[..8].to_owned();
        parts.iter().map(digest).collect::<Vec<_>>().join("-")
    }

    /// The task and the index of every sample, in the order of the file.
    #[must_use]
    pub fn order(&self) -> Vec<(&str, usize)> {
        let samples = |id: &'a str| (0..self.settings.n).map(move |sample| (id, sample));
        self.dataset.tasks.iter().flat_map(|task| samples(task.id.as_str())).collect()
    }

    /// The places in that order of the samples of a task.
    pub(super) fn places(&self, task: usize) -> Range<usize> {
        task * self.settings.n..(task + 1) * self.settings.n
    }

    /// The prompts of the plan, for a model with this chat template.
    pub(super) fn prompts(&self, chat: Option<&'a ChatTemplate>) -> Prompts<'a> {
        Prompts {
            template: self.template,
            condition: self.settings.condition,
            shots: self.shots,
            chat,
            inline: Inline::default(),
        }
    }

    /// The rationale that the task at this place was given.
    pub(super) fn rationale(&self, task: usize) -> Option<&'a str> {
        self.rationales?.get(task).map(String::as_str)
    }

    /// The strings at which generating stops in the plain form.
    ///
    /// # Errors
    ///
    /// A template that fails.
    pub fn stop(&self) -> Result<Vec<String>, SampleError> {
        let problem = Problem { description: "", program: "", tests: &[], trace: Some("") };
        Ok(render(self.template, &problem, self.settings.condition, &[])?.stop)
    }

    /// Each task's trace on its first failing test, where prompts show traces and there is a test.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness.
    pub fn traces(&self, sandbox: &Sandbox, jobs: usize) -> Result<Traces, Fault> {
        let options = trace::Options::default();
        let mut recordings = Vec::new();
        let jobs = jobs.min(pool::default_jobs());
        trace::record_all(sandbox, &self.dataset.tasks, jobs, &Which::FirstFailing, &options, |_, found| {
            recordings.push(found.into_iter().next().map(Arc::new));
            ControlFlow::<()>::Continue(())
        })?;
        Ok(recordings)
    }
}
