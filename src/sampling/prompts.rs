//! Prompts for the tasks of a dataset.

use crate::{
    prompt::{
        Condition, Exemplar, Problem, Prompt, PromptError, Template,
        chat::{ChatError, ChatOptions, ChatTemplate},
        render, render_with_rationale,
    },
    task::Task,
    trace::{
        Inline, Recording,
        fit::{Step, fit},
    },
};

/// The form of prompts.
#[derive(Debug)]
pub struct Prompts<'a> {
    /// The wording of prompts.
    pub template: &'a Template,
    /// The things that they show and ask for.
    pub condition: Condition,
    /// Worked repairs before the task.
    pub shots: &'a [Exemplar],
    /// The model's chat template; nothing for the plain form.
    pub chat: Option<&'a ChatTemplate>,
    /// The form of traces.
    pub inline: Inline,
}

/// A prompt as a model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The prompt in both forms.
    pub prompt: Prompt,
    /// The form that goes to a local model.
    pub text: String,
    /// The steps that shortened its trace.
    pub shortened: Vec<Step>,
}

/// The reason why there is no prompt.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PromptsError {
    /// The task has nothing to trace.
    #[error("the task has no test that a model may see, so there is no trace: sample without traces")]
    NoTest,
    /// The template or the exemplars.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// The model's chat template.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The prompt is longer than the model can read, even without its trace.
    #[error(
        "the prompt has {tokens} tokens even with the program alone in the place of its trace, of {budget} that leave room for an answer"
    )]
    TooLong {
        /// The number of tokens without the trace.
        tokens: usize,
        /// The number of tokens that it may have.
        budget: usize,
    },
}

impl Prompts<'_> {
    /// The prompt for `task`, with a trace of its buggy program where the condition has one, of at most `budget` tokens as `count` counts
    /// them. With a rationale, the answer begins with it.
    ///
    /// # Errors
    ///
    /// A [`PromptsError`].
    pub fn ask(
        &self,
        task: &Task,
        recording: Option<&Recording>,
        rationale: Option<&str>,
        budget: usize,
        count: &dyn Fn(&str) -> usize,
    ) -> Result<Asked, PromptsError> {
        let program = task.buggy.as_deref().unwrap_or_default();
        let tests: Vec<&str> = task.visible.iter().map(String::as_str).collect();
        let with = |trace: Option<&str>| -> Result<(Prompt, String), PromptsError> {
            let problem = Problem { description: &task.description, program, tests: &tests, trace };
            let prompt = match rationale {
                Some(rationale) => {
                    render_with_rationale(self.template, &problem, self.condition.trace, self.shots, rationale)?
                }
                None => render(self.template, &problem, self.condition, self.shots)?,
            };
            let text = match self.chat {
                Some(chat) => chat.prompt(&prompt, &ChatOptions::default())?,
                None => prompt.plain(),
            };
            Ok((prompt, text))
        };
        let (mut prompt, mut text) = with(self.condition.trace.then_some(""))?;
        let bare = count(&text);
        let mut shortened = Vec::new();
        if self.condition.trace {
            let recording = recording.ok_or(PromptsError::NoTest)?;
            // Tokens at the seams may merge or split; a few in reserve.
            let room = budget.saturating_sub(bare.saturating_add(8));
            let fitted = fit(recording, &self.inline, room, count);
            if !fitted.fits {
                let tokens = bare.saturating_add(count(&recording.source.text));
                return Err(PromptsError::TooLong { tokens, budget });
            }
            shortened = fitted.steps;
            (prompt, text) = with(Some(&fitted.text))?;
        }
        match count(&text) {
            tokens if tokens > budget => Err(PromptsError::TooLong { tokens, budget }),
            _ => Ok(Asked { prompt, text, shortened }),
        }
    }
}
