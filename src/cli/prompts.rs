//! Arguments about prompts and models that subcommands share.

use std::path::PathBuf;

use clap::Args;

use super::{Usage, progress::Spinner};
use crate::{
    model::Device,
    prompt::{Exemplars, Template},
    sampling::{Plan, SampleError, Traces},
    sandbox::Sandbox,
};

/// Contents and wording of prompts.
#[derive(Debug, Clone, Args)]
pub(super) struct PromptArguments {
    /// Leave the execution trace out of prompts.
    #[arg(long)]
    pub(super) no_trace: bool,

    /// Prompt template [default: the built-in one].
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,

    /// Worked repairs [default: the three built-in ones].
    #[arg(long, value_name = "FILE")]
    exemplars: Option<PathBuf>,
}

impl PromptArguments {
    pub(super) fn load(&self) -> Result<(Template, Exemplars), SampleError> {
        let template = self.template.as_deref().map_or_else(Template::built_in, Template::load)?;
        let exemplars = self.exemplars.as_deref().map_or_else(Exemplars::built_in, Exemplars::load)?;
        Ok((template, exemplars))
    }
}

/// Records the tasks' traces, saying so.
pub(super) fn traces(plan: &Plan<'_>, sandbox: &Sandbox, jobs: usize) -> super::Outcome<Traces> {
    let spinner = Spinner::start("tracing the buggy programs");
    let traces = plan.traces(sandbox, jobs)?;
    spinner.finish(&format!("traced {} programs", traces.iter().flatten().count()));
    Ok(traces)
}

pub(super) fn parse_device(text: &str) -> Result<Device, String> {
    match text.split_once(':').unwrap_or((text, "0")) {
        ("cpu", "0") => Ok(Device::Cpu),
        ("cuda", index) => index.parse().map(Device::Cuda).map_err(|_| "such as cuda:0".to_owned()),
        _ => Err("`cpu`, `cuda` or `cuda:I`".to_owned()),
    }
}

/// A server's address and the name of its model in `URL#MODEL`; nothing where it is a folder.
pub(super) fn server(model: &str) -> super::Outcome<Option<(&str, &str)>> {
    if !model.starts_with("http://") && !model.starts_with("https://") {
        return Ok(None);
    }
    match model.split_once('#').filter(|(_, model)| !model.is_empty()) {
        Some(parts) => Ok(Some(parts)),
        None => Err(Usage("--model: name the server's model too, as URL#MODEL".to_owned()).into()),
    }
}
