//! Samples of a server's model.

use std::ops::ControlFlow;

use super::{Asked, Outcome, Plan, PromptsError, SampleError, Sink, Traces};
use crate::model::remote::{Job, Prompt, Remote, RemoteError};

/// So many prompts refused before any is answered mean that no other will be.
const PATIENCE: usize = 3;

/// Asks `remote` for all samples of `plan` that `sink` lacks; prompts of at most `budget` tokens as `count` counts them.
///
/// A prompt that the server refuses is written down as refused.
///
/// # Errors
///
/// A [`SampleError`]; what was answered before stands.
pub fn remote(
    plan: &Plan<'_>,
    remote: &Remote,
    traces: &Traces,
    (budget, count): (usize, &dyn Fn(&str) -> usize),
    sink: &mut Sink<'_>,
) -> Result<(), SampleError> {
    let prompts = plan.prompts(None);
    let mut asked: Vec<Option<Asked>> = Vec::new();
    let mut jobs = Vec::new();
    for (place, task) in plan.dataset.tasks.iter().enumerate() {
        let missing = sink.missing(place);
        let one = if missing.is_empty() {
            None
        } else {
            let trace = traces.get(place).and_then(Option::as_deref);
            match prompts.ask(task, trace, plan.rationale(place), budget, count) {
                Ok(one) => Some(one),
                Err(error @ (PromptsError::TooLong { .. } | PromptsError::NoTest)) => {
                    if sink.refuse(&task.id, &missing, &error.to_string()).is_break() {
                        return Ok(());
                    }
                    None
                }
                Err(error) => return Err(error.into()),
            }
        };
        if let Some(one) = &one {
            // Runs of samples: what is missing may have holes.
            for run in missing.chunk_by(|a, b| a + 1 == *b) {
                let prompt = if plan.settings.plain {
                    Prompt::Text(one.prompt.plain())
                } else {
                    Prompt::Messages(one.prompt.messages.clone())
                };
                jobs.push(Job { key: task.id.clone(), prompt, first_index: run[0], n: run.len() });
            }
        }
        asked.push(one);
    }
    let mut failed: Option<SampleError> = None;
    let mut answered = sink.written() > 0;
    // Written down once it is clear that not everything is refused.
    let mut refused: Vec<(String, usize, RemoteError)> = Vec::new();
    remote.generate(jobs.into_iter(), |finished| match finished.result {
        Ok(completion) => {
            answered = true;
            for (key, index, why) in refused.drain(..) {
                sink.refuse(&key, &[index], &why.to_string())?;
            }
            let outcome = Outcome {
                text: completion.text,
                reasoning: completion.reasoning,
                finish: completion.finish_reason,
                tokens: completion.tokens,
                log_probability: completion.logprob,
            };
            sink.take(&finished.key, finished.index, &asked, outcome)
        }
        Err(error) if error.is_for_all() => stop(&mut failed, error.into()),
        Err(error) if answered => sink.refuse(&finished.key, &[finished.index], &error.to_string()),
        Err(error) if refused.len() + 1 == PATIENCE => stop(&mut failed, SampleError::AllRefused(error)),
        Err(error) => {
            refused.push((finished.key, finished.index, error));
            ControlFlow::Continue(())
        }
    })?;
    match (failed, refused.pop()) {
        (Some(error), _) => Err(error),
        (None, Some((.., error))) => Err(SampleError::AllRefused(error)),
        (None, None) => Ok(()),
    }
}

fn stop(failed: &mut Option<SampleError>, error: SampleError) -> ControlFlow<()> {
    failed.get_or_insert(error);
    ControlFlow::Break(())
}
