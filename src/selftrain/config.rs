//! The configuration of a run of the loop: a TOML file, each choice a field.
//!
//! Defaults are the paper's where the paper says (`[V]` verbatim, `[S]` from a reader of it, `[M]` from memory, to be treated as a hypothesis),
//! else ours, which says so.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{SelfTrainError, external::Trainer};
use crate::train::Options;

/// A run of the loop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The base checkpoint, a folder in Hugging Face's layout.
    pub model: PathBuf,
    /// The rounds of sampling and training. 10 `[S]`.
    #[serde(default = "ten")]
    pub iterations: usize,
    /// The seed of everything drawn. 0.
    #[serde(default)]
    pub seed: u64,
    /// The sets.
    pub data: Data,
    /// The settings by which prompts are made and samples drawn for training.
    #[serde(default)]
    pub sampling: Sampling,
    /// The settings by which checkpoints are compared.
    #[serde(default)]
    pub evaluation: Evaluation,
    /// The filter that makes training data of samples.
    #[serde(default)]
    pub filter: Filter,
    /// The start of training: from which checkpoint, and with which pairs.
    #[serde(default)]
    pub schedule: Schedule,
    /// The options of fine-tuning: those of `train`. The paper's were not recovered.
    #[serde(default)]
    pub train: Options,
    /// A command that trains in the place of `train`. None.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainer: Option<Trainer>,
    /// The limits by which candidates are judged.
    #[serde(default)]
    pub judge: Judging,
}

fn ten() -> usize {
    10
}

/// The sets: names of datasets, or files, relative to the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// D, the set that is learnt from.
    pub train: String,
    /// `D_dev`, the set that the best iteration is chosen by. `[V]`
    pub dev: String,
    /// A set that nothing is chosen by: the base and the best model are scored on it at the end. None; the paper reports on dev.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
    /// The number of training tasks, of which only the first are taken. All.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub train_tasks: Option<usize>,
    /// The number of dev tasks, of which only the first are taken. All.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dev_tasks: Option<usize>,
    /// The number of test tasks, of which only the first are taken. All.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_tasks: Option<usize>,
}

/// The settings by which prompts are made and samples drawn for training.
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Sampling {
    /// The number of samples for each problem. 32 `[S]`.
    pub n: usize,
    /// The softmax temperature. 0.8 `[S]`.
    pub temperature: f64,
    /// The probability up to which the likeliest tokens are kept. 1: all.
    pub top_p: f64,
    /// The number of the likeliest tokens that are kept. 0: all.
    pub top_k: usize,
    /// The share of the likeliest token's probability that the tokens kept have at least. 0: all.
    pub min_p: f64,
    /// The longest answer in tokens. 512, ours.
    pub max_new_tokens: usize,
    /// Worked repairs before the task while sampling from the base model. 3 `[M]`.
    pub base_shots: usize,
    /// Worked repairs before the task from the first trained checkpoint on. 0 `[V]`.
    pub shots: usize,
    /// Whether prompts show the trace. True `[V]`.
    pub trace: bool,
    /// Whether answers explain before they fix. True `[V]`.
    pub rationale: bool,
    /// A prompt template, relative to the configuration. The built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<PathBuf>,
    /// Worked repairs, relative to the configuration. The three built-in ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemplars: Option<PathBuf>,
    /// Whether prompts are plain, though the model has a chat template. False.
    pub plain: bool,
    /// The longest sequence in tokens, of the prompt and the answer. The model's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<usize>,
    /// The number of samples decoded at a time; no result depends on it. 16.
    pub batch: usize,
    /// Whether to draft tokens by prompt lookup; no result depends on it, and small models are faster without. True.
    pub speculation: bool,
}

/// The settings by which checkpoints are compared: on dev after each iteration, the base and the best model on test at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Evaluation {
    /// The number of samples for each problem. 32 `[S]`.
    pub n: usize,
    /// The softmax temperature. 0.8 `[M]`.
    pub temperature: f64,
    /// The values of k. 1, 5, 10, 25 `[V]`; those above `n` are left out.
    pub k: Vec<u64>,
    /// Whether prompts show the trace. As `sampling.trace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<bool>,
    /// The number of samples for each test problem. As `n`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_n: Option<usize>,
    /// Whether the model of every iteration is scored on test, not only the base and the best; nothing is chosen by that. False.
    pub test_each: bool,
    /// Whether test is also scored with the other kind of prompt: without traces where the run's prompts have them, and the other way
    /// round. False; the paper has both.
    pub test_both: bool,
    /// Models that fix test programs with the rationales of the base and the best model, relative to the configuration: proxy-based
    /// evaluation. None; the paper has two.
    pub proxies: Vec<PathBuf>,
}

/// The filter that makes training data of samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Problems with a pass@1 of the base model below this are the hard ones that are learnt from: m. 0.1 `[S]`; above 1 for all.
    pub threshold: f64,
    /// The most pairs of a problem, drawn from the distinct ones that pass. 3 `[M]`.
    pub pairs_per_problem: usize,
    /// Whether to leave out pairs whose rationale claims values that the trace contradicts. False; not the paper's.
    pub faithful: bool,
    /// The weight that a pair gains if a proxy model solves the task with its rationale and not without, or loses the other way round. 0;
    /// not the paper's.
    pub proxy_weight: f64,
    /// The proxy model that weighs pairs, relative to the configuration. The base checkpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<PathBuf>,
}

/// The start of training: from which checkpoint, and with which pairs. The defaults are Algorithm 1 `[V]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Schedule {
    /// Whether to learn from the pairs of all iterations so far. False: from this iteration's only.
    pub accumulate: bool,
    /// Whether to go on from the last checkpoint. False: from the base, every time.
    pub continue_from_last: bool,
    /// The share of pairs whose prompts are written without their trace, so that the model works without one. 0.
    pub no_trace_share: f64,
}

/// The limits by which candidates are judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Judging {
    /// The least fuel for all of a program's tests, in wasm operators. 20 billion.
    pub fuel: u64,
    /// The memory of a candidate's sandbox in MiB. 1024.
    pub memory: usize,
}

impl Default for Sampling {
    fn default() -> Self {
        Self {
            n: 32,
            temperature: 0.8,
            top_p: 1.0,
            top_k: 0,
            min_p: 0.0,
            max_new_tokens: 512,
            base_shots: 3,
            shots: 0,
            trace: true,
            rationale: true,
            template: None,
            exemplars: None,
            plain: false,
            context: None,
            batch: 16,
            speculation: true,
        }
    }
}

impl Default for Evaluation {
    fn default() -> Self {
        Self {
            n: 32,
            temperature: 0.8,
            k: vec![1, 5, 10, 25],
            trace: None,
            test_n: None,
            test_each: false,
            test_both: false,
            proxies: Vec::new(),
        }
    }
}

impl Evaluation {
    fn asks_for_test(&self) -> bool {
        self.test_n.is_some() || self.test_each || self.test_both || !self.proxies.is_empty()
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self { threshold: 0.1, pairs_per_problem: 3, faithful: false, proxy_weight: 0.0, proxy: None }
    }
}

impl Default for Judging {
    fn default() -> Self {
        Self { fuel: 20_000_000_000, memory: 1024 }
    }
}

impl Config {
    /// Reads a configuration; paths in it become relative to the working directory.
    ///
    /// # Errors
    ///
    /// The file cannot be read, a field is unknown (the nearest valid one is named), of the wrong type, out of range, or contradicts another.
    pub fn read(path: &Path) -> Result<Self, SelfTrainError> {
        let text = crate::files::read_text(path).map_err(SelfTrainError::file(path))?;
        let mut config = Self::parse(&text, path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let place = |path: &mut PathBuf| *path = folder.join(&*path);
        place(&mut config.model);
        config.sampling.template.as_mut().map(place);
        config.sampling.exemplars.as_mut().map(place);
        config.filter.proxy.as_mut().map(place);
        if let Some(trainer) = &mut config.trainer {
            folder.clone_into(&mut trainer.folder);
        }
        config.evaluation.proxies.iter_mut().for_each(place);
        let Data { train, dev, test, .. } = &mut config.data;
        for name in [Some(train), Some(dev), test.as_mut()].into_iter().flatten() {
            let file = folder.join(&*name);
            if file.exists() {
                *name = file.to_string_lossy().into_owned();
            }
        }
        Ok(config)
    }

    /// Parses the text of a configuration that is called `path`.
    ///
    /// # Errors
    ///
    /// The errors of [`Self::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, SelfTrainError> {
        let wrong = |message: String| SelfTrainError::Config { path: path.to_owned(), message };
        let config: Self = toml::from_str(text).map_err(|error| {
            let near = nearest(error.message()).map_or_else(String::new, |near| format!("\ndid you mean `{near}`?"));
            wrong(format!("{}{near}", error.to_string().trim_end()))
        })?;
        config.check().map_err(wrong)?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let counts = [
            ("iterations", self.iterations),
            ("sampling.n", self.sampling.n),
            ("sampling.batch", self.sampling.batch),
            ("sampling.max_new_tokens", self.sampling.max_new_tokens),
            ("evaluation.n", self.evaluation.n),
            ("evaluation.test_n", self.evaluation.test_n.unwrap_or(1)),
            ("filter.pairs_per_problem", self.filter.pairs_per_problem),
            ("data.train_tasks", self.data.train_tasks.unwrap_or(1)),
            ("data.dev_tasks", self.data.dev_tasks.unwrap_or(1)),
            ("data.test_tasks", self.data.test_tasks.unwrap_or(1)),
        ];
        if let Some((field, _)) = counts.iter().find(|(_, count)| *count == 0) {
            return Err(format!("`{field}` is 0, but must be at least 1"));
        }
        if !self.evaluation.k.contains(&1) || self.evaluation.k.contains(&0) {
            return Err(
                "`evaluation.k` must name values of k, 1 among them: the best iteration is chosen by pass@1".into()
            );
        }
        if self.filter.threshold.is_nan() || self.filter.threshold <= 0.0 {
            return Err(format!("`filter.threshold` is {}: no problem would be hard", self.filter.threshold));
        }
        if !(0.0..=1.0).contains(&self.schedule.no_trace_share) {
            return Err(format!(
                "`schedule.no_trace_share` is {}, but must be from 0 to 1",
                self.schedule.no_trace_share
            ));
        }
        if !(self.filter.proxy_weight >= 0.0 && self.filter.proxy_weight.is_finite()) {
            return Err(format!("`filter.proxy_weight` is {}, but must be at least 0", self.filter.proxy_weight));
        }
        if !(64..=4095).contains(&self.judge.memory) {
            return Err(format!("`judge.memory` is {}, but must be from 64 to 4095 MiB", self.judge.memory));
        }
        self.train.check().map_err(|error| format!("[train] {error}"))?;
        let contradictions = [
            (
                !self.sampling.trace && self.schedule.no_trace_share > 0.0,
                "`schedule.no_trace_share` leaves traces out of some prompts, but with `sampling.trace = false` there are none",
            ),
            (
                !self.sampling.rationale && self.filter.faithful,
                "`filter.faithful` reads rationales, but with `sampling.rationale = false` there are none",
            ),
            (
                !self.sampling.rationale && self.filter.proxy_weight > 0.0,
                "`filter.proxy_weight` reads rationales, but with `sampling.rationale = false` there are none",
            ),
            (
                !self.sampling.rationale && !self.evaluation.proxies.is_empty(),
                "`evaluation.proxies` read rationales, but with `sampling.rationale = false` there are none",
            ),
            (
                self.data.test.is_none() && self.evaluation.asks_for_test(),
                "`evaluation.test_n`, `test_each`, `test_both` and `proxies` are about a test set, but there is no `data.test`",
            ),
            (
                self.filter.proxy.is_some() && self.filter.proxy_weight == 0.0,
                "`filter.proxy` names a model, but `filter.proxy_weight` is 0, so that it would not be asked",
            ),
            (
                self.train.patience.is_some() || self.train.evaluate_every.is_some(),
                "`train.patience` and `train.evaluate_every` watch a dev loss, which the loop does not have: it compares checkpoints by pass@1",
            ),
            (
                self.trainer.is_some() && self.train != Options::default(),
                "`[train]` is about this program's own training, but `[trainer]` names another: leave one of them out",
            ),
            (
                self.trainer.as_ref().is_some_and(|trainer| {
                    !["{pairs}", "{base}", "{out}"]
                        .iter()
                        .all(|name| trainer.command.iter().skip(1).any(|word| word.contains(name)))
                }),
                "`trainer.command` must have `{pairs}`, `{base}` and `{out}` among its arguments: what to learn, from where, and the checkpoint to make",
            ),
            (
                self.data.train == self.data.dev,
                "`data.dev` is `data.train`: the best iteration would be chosen on what was learnt",
            ),
            (
                self.data.test.as_ref().is_some_and(|test| *test == self.data.dev || *test == self.data.train),
                "`data.test` is also used to learn or to choose: name another set, or leave it out",
            ),
        ];
        contradictions.iter().find(|(found, _)| *found).map_or(Ok(()), |(_, message)| Err((*message).to_owned()))
    }
}

/// The known name nearest to the unknown one, of the message that names both.
fn nearest(message: &str) -> Option<&str> {
    let mut names = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let unknown = names.next()?;
    let near = names.map(|name| (strsim::jaro_winkler(unknown, name), name)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (near.0 > 0.7).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "model = \"m\"\n[data]\ntrain = \"a\"\ndev = \"b\"\n";

    fn parse(rest: &str) -> Result<Config, String> {
        Config::parse(&format!("{LEAST}{rest}"), Path::new("next.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_are_the_papers() {
        let config = parse("").unwrap();
        assert_eq!((config.iterations, config.sampling.n, config.sampling.temperature), (10, 32, 0.8));
        assert_eq!((config.filter.threshold, config.filter.pairs_per_problem), (0.1, 3));
        assert_eq!((config.sampling.base_shots, config.sampling.shots), (3, 0));
        assert_eq!(config.evaluation.k, [1, 5, 10, 25]);
        assert_eq!(config.schedule, Schedule::default());
    }

    #[test]
    fn mistakes_are_named() {
        for (text, said) in [
            ("[sampling]\ntemprature = 1\n", "did you mean `temperature`"),
            ("[sampling]\ntemprature = 1\n", "line 6"),
            ("[train]\nlearning_rat = 1\n", "did you mean `learning_rate`"),
            ("[filter]\nthreshold = 0\n", "`filter.threshold`"),
            ("[sampling]\nrationale = false\n[filter]\nfaithful = true\n", "`filter.faithful`"),
            ("[sampling]\ntrace = false\n[schedule]\nno_trace_share = 0.5\n", "`schedule.no_trace_share`"),
            ("test = \"b\"\n", "`data.test`"),
            ("[evaluation]\ntest_each = true\n", "no `data.test`"),
            ("[trainer]\ncommand = [\"t\", \"{pairs}\", \"{out}\"]\n", "`{base}`"),
            ("[evaluation]\nproxy = [\"m\"]\n", "did you mean `proxies`"),
            ("[evaluation]\nn = 0\n", "`evaluation.n`"),
            ("[evaluation]\nk = [5]\n", "`evaluation.k`"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(said) && error.starts_with("next.toml"), "{error}");
        }
    }
}
