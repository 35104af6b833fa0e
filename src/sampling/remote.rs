//! Samples of a server's model.

use std::{collections::HashSet, ops::ControlFlow};

use super::{Asked, Outcome, Plan, PromptsError, SampleError, Sink, Traces};
use crate::model::remote::{Job, Prompt, Remote, RemoteError};

/// The number of tasks without an answer, while no other has one, that means that no other will have.
const PATIENCE: usize = 3;

/// Asks `remote` for all samples of `plan` that `sink` lacks; prompts of at most `budget` tokens as `count` counts them.
///
/// A prompt that the server refuses, or to which it has no answer that can be read, is written down as refused, once others are answered.
///
/// # Errors
///
/// A [`SampleError`]; what was answered before stands.
pub(super) fn remote(
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
    // A server that refuses is one that understood; by what cannot be read, it may be another than in an earlier run.
    let (mut understood, mut answered) = (sink.written() > 0, false);
    // Written down once it is clear that not everything ends like this.
    let mut held: Vec<(String, usize, RemoteError)> = Vec::new();
    remote.generate(jobs.into_iter(), |finished| match finished.result {
        Ok(completion) => {
            (understood, answered) = (true, true);
            write_down(&mut held, sink)?;
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
        Err(error @ RemoteError::Refused { .. }) if understood => {
            sink.refuse(&finished.key, &[finished.index], &error.to_string())
        }
        Err(error) => {
            held.push((finished.key, finished.index, error.clone()));
            let tasks: HashSet<&str> = held.iter().map(|(key, ..)| key.as_str()).collect();
            match tasks.len() {
                PATIENCE.. if answered => stop(&mut failed, error.into()),
                PATIENCE.. => stop(&mut failed, SampleError::AllRefused(error)),
                _ => ControlFlow::Continue(()),
            }
        }
    })?;
    match (failed, held.last()) {
        (Some(error), _) => Err(error),
        (None, Some((.., error))) if !answered => Err(SampleError::AllRefused(error.clone())),
        (None, _) => {
            // Whether they could be written, the sink tells at its end.
            let _ = write_down(&mut held, sink);
            Ok(())
        }
    }
}

/// Writes down as refused what was held back.
fn write_down(held: &mut Vec<(String, usize, RemoteError)>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    held.drain(..).try_for_each(|(key, index, why)| sink.refuse(&key, &[index], &why.to_string()))
}

fn stop(failed: &mut Option<SampleError>, error: SampleError) -> ControlFlow<()> {
    failed.get_or_insert(error);
    ControlFlow::Break(())
}
