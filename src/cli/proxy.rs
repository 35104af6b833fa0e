//! `tracewright proxy`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::Args;
use serde_json::json;

use super::{
    common::{DataArguments, JudgeArguments, start, whole_model},
    next::Reporter,
    print,
    prompts::{PromptArguments, parse_device, server, traces},
    table,
};
use crate::{
    candidates, dataset,
    judge::Judge,
    model::{
        Device, LoadOptions, Weights,
        decode::Speculation,
        remote::{self, Remote},
    },
    prompt::Condition,
    sampling::{Batch, Plan, SampleError, Settings, Traces},
    sandbox::CacheDir,
    selftrain::{self, Proxied, Proxy, ProxyJob, Stage},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Repair dataset: a name or a file.
    #[arg(long, short, value_name = "D", default_value = "mini")]
    dataset: String,

    /// Samples with rationales, as `sample` writes them.
    #[arg(long, short, value_name = "FILE")]
    samples: String,

    /// Proxy models: checkpoints, or `URL#MODEL` of a server, which is asked through /v1/completions. pass@k is for each and on average.
    #[arg(long, short, value_name = "DIR|URL", required = true)]
    model: Vec<String>,

    /// Folder for fixes and verdicts, a folder a model; the same command goes on where it was stopped.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Values of k for pass@k over the rationales of a task.
    #[arg(long, value_name = "K,...", value_delimiter = ',', default_values_t = [1, 5, 10, 25])]
    k: Vec<u64>,

    /// Take pass@k over the tasks that have rationales, instead of counting the others as unsolved.
    #[arg(long)]
    allow_partial: bool,

    /// Worked repairs before the task.
    #[arg(long, value_name = "N", default_value_t = 3)]
    shots: usize,

    /// Longest fix in tokens.
    #[arg(long, value_name = "N", default_value_t = 512)]
    max_new_tokens: usize,

    /// Longest sequence in tokens [default: the model's context].
    #[arg(long, value_name = "N")]
    context: Option<usize>,

    /// Fixes decoded at a time, or requests to a server.
    #[arg(long, value_name = "N", default_value_t = 16)]
    batch: usize,

    /// Device that computes: `cpu`, `cuda` or `cuda:I`.
    #[arg(long, value_name = "DEVICE", default_value = "cpu", value_parser = parse_device)]
    device: Device,

    #[command(flatten)]
    prompts: PromptArguments,

    #[command(flatten)]
    data: DataArguments,

    #[command(flatten)]
    judge: JudgeArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let dataset = dataset::open(&arguments.dataset, &arguments.data.directory())?;
    let samples = candidates::read(&arguments.samples, &dataset)?;
    samples.require_known(&dataset)?;
    let texts = samples.rationales(&dataset, &arguments.samples)?;
    let rationales: Vec<(usize, usize, &str)> =
        samples.samples.iter().zip(&texts).map(|(sample, text)| (sample.task, sample.index, text.as_str())).collect();
    let jobs = arguments.judge.jobs()?;
    let cache = CacheDir::from_environment();
    let sandbox = start(jobs, &cache)?;
    let judge = Judge::new(Arc::clone(&sandbox), cache.clone(), arguments.judge.options()?);
    let load = LoadOptions {
        device: arguments.device,
        threads: 0,
        weights: Weights::Stored,
        context: arguments.context,
        cache: cache.path().to_owned(),
    };
    let batch = Batch { slots: arguments.batch, speculation: Speculation::default() };
    let stage = Stage { judge: &judge, jobs, load, batch };
    let settings = Settings {
        condition: Condition { trace: !arguments.prompts.no_trace, rationale: true },
        shots: arguments.shots,
        max_new_tokens: arguments.max_new_tokens,
        context: arguments.context,
        ..Settings::default()
    };
    let (template, exemplars) = arguments.prompts.load()?;
    let plan = Plan::new(&dataset, &settings, &template, &exemplars)?;
    let traces = if settings.condition.trace { traces(&plan, &sandbox, jobs)? } else { Traces::new() };
    let stop = selftrain::end_of_fixes(&plan)?;
    let mut results = Vec::new();
    for (index, name) in arguments.model.iter().enumerate() {
        let folder = arguments.out.join(crate::layout::proxy(index));
        let server = remote(name, arguments, &stop)?;
        let model = if server.is_none() { whole_model(Path::new(name))? } else { PathBuf::new() };
        let proxy = match &server {
            Some((remote, name)) => Proxy::Remote(remote, name),
            None => Proxy::Local(&model),
        };
        let job = ProxyJob {
            proxy,
            dataset: &dataset,
            traces: &traces,
            rationales: &rationales,
            settings: &settings,
            template: &template,
            exemplars: &exemplars,
            ks: &arguments.k,
            allow_partial: arguments.allow_partial,
            folder: &folder,
        };
        let mut reporter = Reporter::new();
        let done = selftrain::proxy(&stage, &job, &mut |event| reporter.event(event));
        reporter.progress.clear();
        results.push((name, done?));
    }
    let mean = selftrain::mean_of_proxies(results.iter().map(|(_, done)| done));
    if json {
        let each: Vec<_> =
            results.iter().map(|(name, done)| json!({ "model": name, "summary": done.summary })).collect();
        print::json(&json!({ "proxies": each, "mean": mean }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = Vec::new();
    for (name, Proxied { summary, .. }) in &results {
        for (k, estimate) in summary.pass_at_k.over_all_tests() {
            let interval = format!("[{:.1}, {:.1}]", 100.0 * estimate.low, 100.0 * estimate.high);
            rows.push(vec![
                (*name).clone(),
                format!("pass@{k}"),
                format!("{:5.1} %", 100.0 * estimate.value),
                interval,
            ]);
        }
    }
    if results.len() > 1 {
        for (k, value) in mean {
            rows.push(vec!["mean".into(), format!("pass@{k}"), format!("{:5.1} %", 100.0 * value), String::new()]);
        }
    }
    print::line(format_args!("fixes of {} to {} rationales", plural(results.len()), rationales.len()))?;
    print::text(&table::columns(&rows))?;
    if let Some(without) = results.first().map(|(_, done)| done.summary.missing.len()).filter(|without| *without > 0) {
        let how = if arguments.allow_partial {
            "are left out"
        } else {
            "count as unsolved (--allow-partial leaves them out)"
        };
        print::line(format_args!("{without} of {} tasks have no rationale and {how}", dataset.tasks.len()))?;
    }
    print::line(format_args!("files: {}", arguments.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn plural(models: usize) -> String {
    if models == 1 { "one proxy model".into() } else { format!("{models} proxy models") }
}

/// A server's model, where the name is one.
fn remote(name: &str, arguments: &Arguments, stop: &[String]) -> super::Outcome<Option<(Remote, String)>> {
    let Some((url, model)) = server(name)? else { return Ok(None) };
    let options = remote::Options {
        temperature: 0.0,
        stop: stop.to_vec(),
        max_tokens: Some(u32::try_from(arguments.max_new_tokens).unwrap_or(u32::MAX)),
        concurrency: arguments.batch,
        ..remote::Options::default()
    };
    let remote = Remote::new(url, model, options).map_err(SampleError::from)?;
    Ok(Some((remote, model.to_owned())))
}
