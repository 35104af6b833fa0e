//! Samples of a checkpoint on this machine.

use std::path::{Path, PathBuf};

use super::{Asked, LocalError, Outcome, Plan, PromptsError, SampleError, Sink, Traces};
use crate::{
    model::{
        self, Checkpoint, LoadOptions, Opened, Runtime,
        decode::{self, FinishReason, Generator, Job, Options, Statistics, TextTokenizer},
    },
    prompt::chat::{ChatError, ChatTemplate},
    trace::Recording,
};

/// The files of a model, read and checked as far as that goes without loading its weights.
#[derive(Debug)]
pub struct LocalFiles {
    folder: PathBuf,
    /// The checkpoint; nothing for an ONNX export.
    checkpoint: Option<Checkpoint>,
    tokenizer: TextTokenizer,
    chat: Option<ChatTemplate>,
}

impl LocalFiles {
    /// Opens the checkpoint or the ONNX export in `folder`; for `plain` prompts without its chat template.
    ///
    /// # Errors
    ///
    /// A [`LocalError`] that names the file and the field.
    pub fn open(folder: &Path, plain: bool) -> Result<Self, LocalError> {
        let checkpoint = if model::is_export(folder) { None } else { Some(Checkpoint::open(folder)?) };
        let tokenizer = TextTokenizer::open(folder)?;
        // What is not used may be broken.
        let chat = (!plain).then(|| ChatTemplate::load(folder));
        let chat = match chat.transpose() {
            Err(ChatError::Missing { .. }) => None,
            chat => chat.map_err(LocalError::Chat)?,
        };
        let this = Self { folder: folder.to_owned(), checkpoint, tokenizer, chat };
        if let Some(checkpoint) = &this.checkpoint {
            this.check_vocabulary(checkpoint.config().vocabulary)?;
        }
        Ok(this)
    }

    fn check_vocabulary(&self, model: usize) -> Result<(), LocalError> {
        let token = self.tokenizer.last();
        if token < model {
            return Ok(());
        }
        Err(LocalError::Vocabulary { folder: self.folder.display().to_string(), token, model })
    }

    /// Whether prompts are written as chats.
    #[must_use]
    pub fn is_chat(&self) -> bool {
        self.chat.is_some()
    }

    /// The digest of the files' content.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn digest(&self) -> Result<String, LocalError> {
        let read = |path: &Path, source| LocalError::Read { path: path.to_owned(), source };
        let list = |folder: &Path| -> Result<Vec<PathBuf>, LocalError> {
            let entries =
                std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
            let mut files: Vec<PathBuf> = entries.map_err(|error| read(folder, error))?;
            files.retain(|path| path.is_file());
            Ok(files)
        };
        let mut files = list(&self.folder)?;
        match &self.checkpoint {
            Some(checkpoint) => {
                files.retain(|path| {
                    path.extension().is_some_and(|kind| ["json", "jinja"].iter().any(|known| kind == *known))
                });
                files.extend(checkpoint.files().iter().cloned());
            }
            // The weights of an export have no fixed names.
            None if self.folder.join("onnx").is_dir() => files.extend(list(&self.folder.join("onnx"))?),
            None => {}
        }
        files.sort();
        let mut hasher = blake3::Hasher::new();
        for path in files {
            hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes());
            let file = std::fs::File::open(&path).map_err(|error| read(&path, error))?;
            hasher.update_reader(file).map_err(|error| read(&path, error))?;
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// The prompt for the task at `place` of `plan`, as sampling from this model writes it.
    ///
    /// # Errors
    ///
    /// A [`PromptsError`], such as a prompt that is too long.
    pub fn ask(&self, plan: &Plan<'_>, place: usize, trace: Option<&Recording>) -> Result<Asked, PromptsError> {
        let chat = self.chat.as_ref().filter(|_| !plan.settings.plain);
        let context = self.checkpoint.as_ref().map_or(usize::MAX, |checkpoint| checkpoint.config().context);
        let budget = plan.settings.context.unwrap_or(context).min(context).saturating_sub(plan.settings.max_new_tokens);
        let count = |text: &str| self.tokenizer.encode(text, chat.is_none()).map_or(usize::MAX, |tokens| tokens.len());
        plan.prompts(chat).ask(&plan.dataset.tasks[place], trace, plan.rationale(place), budget, &count)
    }

    /// Loads the weights. `report` gets a line of text when something takes long.
    ///
    /// # Errors
    ///
    /// The runtime's error.
    pub fn load(
        self,
        runtime: &Runtime,
        options: &LoadOptions,
        report: &mut dyn FnMut(&str),
    ) -> Result<Local, LocalError> {
        let opened = model::open(&self.folder, runtime, options, report)?;
        self.check_vocabulary(opened.model.vocabulary())?;
        Ok(Local { opened, tokenizer: self.tokenizer, chat: self.chat })
    }
}

/// A loaded model with its tokenizer.
pub struct Local {
    opened: Opened,
    tokenizer: TextTokenizer,
    chat: Option<ChatTemplate>,
}

/// The way in which decoding goes about it; no sample depends on this.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Samples decoded at a time.
    pub slots: usize,
    /// Prompt-lookup drafts.
    pub speculation: decode::Speculation,
}

impl Local {
    /// Draws all samples of `plan` that `sink` lacks.
    ///
    /// A task whose prompt is too long, even with its trace shortened, is written down as refused.
    ///
    /// # Errors
    ///
    /// A [`SampleError`]; what was drawn before stands.
    pub fn sample(
        &mut self,
        plan: &Plan<'_>,
        traces: &Traces,
        batch: &Batch,
        sink: &mut Sink<'_>,
    ) -> Result<Statistics, SampleError> {
        let chat = self.chat.as_ref().filter(|_| !plan.settings.plain);
        let prompts = plan.prompts(chat);
        let context = self.opened.model.context();
        // An answer cut off is of use only now and then: the prompt leaves room for a whole one.
        let budget = context.saturating_sub(plan.settings.max_new_tokens);
        // A chat template writes its special tokens itself.
        let encode = |text: &str| self.tokenizer.encode(text, chat.is_none());
        let count = |text: &str| encode(text).map_or(usize::MAX, |tokens| tokens.len());
        let mut asked: Vec<Option<Asked>> = Vec::new();
        let mut jobs = Vec::new();
        for (place, task) in plan.dataset.tasks.iter().enumerate() {
            let missing = sink.missing(place);
            if missing.is_empty() {
                asked.push(None);
                continue;
            }
            let trace = traces.get(place).and_then(Option::as_deref);
            match prompts.ask(task, trace, plan.rationale(place), budget, &count) {
                Ok(one) => {
                    let stop = if chat.is_some() { Vec::new() } else { one.prompt.stop.clone() };
                    let prompt = encode(&one.text).map_err(LocalError::from)?;
                    jobs.push(Job {
                        key: task.id.clone(),
                        prompt,
                        samples: missing,
                        params: plan.settings.params(stop),
                    });
                    asked.push(Some(one));
                }
                Err(error @ (PromptsError::TooLong { .. } | PromptsError::NoTest)) => {
                    asked.push(None);
                    if sink.refuse(&task.id, &missing, &error.to_string()).is_break() {
                        return Ok(Statistics::default());
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        // No longer than needed: a cache on a GPU is reserved at once.
        let longest = jobs.iter().map(|job| job.prompt.len()).max().unwrap_or(0) + plan.settings.max_new_tokens;
        let options =
            Options { slots: batch.slots, length: Some(longest.min(context)), speculation: batch.speculation };
        let generator = Generator::new(&mut *self.opened.model, &self.tokenizer, self.opened.eos.clone(), options);
        let statistics = generator.map_err(LocalError::from)?.run(jobs, |outcome| match outcome {
            decode::Outcome::Completion(completion) => {
                let finish = match completion.reason {
                    FinishReason::Eos => "eos",
                    FinishReason::Stop => "stop",
                    FinishReason::Length => "length",
                    FinishReason::Context => "context",
                };
                let outcome = Outcome {
                    text: completion.text,
                    reasoning: None,
                    finish: finish.to_owned(),
                    tokens: Some(completion.tokens.len() as u64),
                    log_probability: Some(completion.log_probability),
                };
                sink.take(&completion.key, completion.sample, &asked, outcome)
            }
            decode::Outcome::Refusal(refusal) => {
                sink.refuse(&refusal.key, &refusal.samples, &refusal.reason.to_string())
            }
        });
        Ok(statistics.map_err(LocalError::from)?)
    }
}
