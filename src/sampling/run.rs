//! One sample file from a model, from beginning to end.

use std::path::Path;

use serde_json::{Value, json};

use super::{Batch, Event, LocalError, LocalFiles, Plan, SampleError, SampleFile, Sink, Traces, remote::remote};
use crate::{
    answer::Extractor,
    model::{
        LoadOptions, Runtime,
        decode::{Statistics, TextTokenizer},
        remote::Remote,
    },
};

/// Samples of a local model on their way into a file.
pub struct LocalRun<'a> {
    plan: &'a Plan<'a>,
    files: LocalFiles,
    options: LoadOptions,
    digest: String,
    file: SampleFile,
}

/// Samples of a server's model on their way into a file.
pub struct RemoteRun<'a> {
    plan: &'a Plan<'a>,
    remote: &'a Remote,
    digest: String,
    file: SampleFile,
}

/// The counts of a finished file.
#[derive(Debug, Clone)]
pub struct Counts {
    /// The number of samples.
    pub written: usize,
    /// Samples among them that stand for a refusal.
    pub refused: usize,
    /// The statistics of decoding; nothing where nothing was missing, and for servers.
    pub statistics: Option<Statistics>,
}

impl<'a> LocalRun<'a> {
    /// Opens the model in `folder`, without loading it, and the sample file `out`, to begin or to go on with.
    ///
    /// # Errors
    ///
    /// A [`SampleError`] that names the file and the field.
    pub fn open(
        plan: &'a Plan<'a>,
        folder: &Path,
        options: LoadOptions,
        out: &Path,
        overwrite: bool,
    ) -> Result<Self, SampleError> {
        let files = LocalFiles::open(folder, plan.settings.plain)?;
        let eight_bit = options.weights == crate::model::Weights::EightBit;
        let digest = plan.digest(&json!([files.digest()?, options.device.to_string(), eight_bit]));
        let file = SampleFile::open(out, &plan.order(), &digest, overwrite)?;
        Ok(Self { plan, files, options, digest, file })
    }

    /// Whether samples are missing: only then are traces and the model needed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.file.written() < self.plan.order().len()
    }

    /// Draws what is missing; `extractor` reads the rationale and the fix out of the answers.
    ///
    /// # Errors
    ///
    /// A [`SampleError`]; what was drawn before stands.
    pub fn go(
        self,
        traces: &Traces,
        batch: &Batch,
        extractor: &Extractor<'_>,
        report: &mut dyn FnMut(Event),
    ) -> Result<Counts, SampleError> {
        let open = self.is_open();
        let Self { plan, files, options, digest, file } = self;
        let mut statistics = None;
        let model = if open {
            let mut note = |line: &str| report(Event::Note(line.to_owned()));
            let runtime = Runtime::open(&options.cache, options.device, &mut note).map_err(LocalError::from)?;
            Some(files.load(&runtime, &options, &mut note)?)
        } else {
            None
        };
        let mut sink = Sink::new(plan, digest, file, extractor, report);
        if let Some(mut model) = model {
            statistics = Some(model.sample(plan, traces, batch, &mut sink)?);
        }
        let (written, refused) = sink.finish()?;
        Ok(Counts { written, refused, statistics })
    }
}

impl<'a> RemoteRun<'a> {
    /// Opens the sample file `out`, to begin or to go on with, for the model that `remote` calls `model`; its samples depend on `also` besides.
    ///
    /// # Errors
    ///
    /// A [`SampleError`] where the file cannot be gone on with.
    pub fn open(
        plan: &'a Plan<'a>,
        (remote, model): (&'a Remote, &str),
        also: Vec<Value>,
        out: &Path,
        overwrite: bool,
    ) -> Result<Self, SampleError> {
        let identity = [vec![json!(remote.base()), json!(model)], also].concat();
        let digest = plan.digest(&Value::Array(identity));
        let file = SampleFile::open(out, &plan.order(), &digest, overwrite)?;
        Ok(Self { plan, remote, digest, file })
    }

    /// Whether samples are missing: only then are traces and the server needed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.file.written() < self.plan.order().len()
    }

    /// Asks for what is missing; `extractor` reads the rationale and the fix out of the answers. With the model's tokenizer, prompts are
    /// shortened to what the plan's context leaves them.
    ///
    /// # Errors
    ///
    /// A [`SampleError`]; what was answered before stands.
    pub fn go(
        self,
        traces: &Traces,
        tokenizer: Option<&TextTokenizer>,
        extractor: &Extractor<'_>,
        report: &mut dyn FnMut(Event),
    ) -> Result<Counts, SampleError> {
        let open = self.is_open();
        let Self { plan, remote: server, digest, file } = self;
        let count = |text: &str| tokenizer.map_or(0, |tokenizer| tokenizer.count(text));
        let context = plan.settings.context;
        let budget = context.map_or(usize::MAX, |context| context.saturating_sub(plan.settings.max_new_tokens));
        let mut sink = Sink::new(plan, digest, file, extractor, report);
        let asked = if open { remote(plan, server, traces, (budget, &count), &mut sink) } else { Ok(()) };
        let (written, refused) = sink.finish()?;
        match asked {
            Ok(()) => Ok(Counts { written, refused, statistics: None }),
            Err(error) => Err(SampleError::Unfinished { kept: written, source: Box::new(error) }),
        }
    }
}
