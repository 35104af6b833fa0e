//! Proxy-based evaluation: how good a rationale is, by whether another model can fix the program with it (the paper's section 4).
//!
//! The code is taken out of the rationale; the proxy gets the problem and the rationale and writes the fix, greedily; the fix is judged. So
//! pass@k is over the rationales of a task. Where code ends and prose begins, whether the proxy sees the trace, and the proxy's prompt are
//! ours: the paper's were not recovered.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::Arc,
};

use super::{Event, SelfTrainError, Stage};
use crate::{
    answer::Extractor,
    candidates,
    dataset::Dataset,
    files::Folder,
    journal, layout,
    model::remote::Remote,
    prompt::{Exemplars, Template},
    sampling::{Plan, RemoteRun, Row, Settings, Traces},
    sandbox::pool,
    scoring::Summary,
};

/// The model that writes the fixes.
#[derive(Clone, Copy)]
pub enum Proxy<'a> {
    /// A checkpoint on this machine.
    Local(&'a Path),
    /// A model of a server, and its name there.
    Remote(&'a Remote, &'a str),
}

/// The result of one proxy.
#[derive(Debug)]
pub struct Proxied {
    /// Whether the fix to each rationale passes; in the order of the rationales.
    pub passing: Vec<bool>,
    /// The numbers.
    pub summary: Summary,
}

/// A job for a proxy.
pub struct ProxyJob<'a> {
    /// The model that writes the fixes.
    pub proxy: Proxy<'a>,
    /// The tasks.
    pub dataset: &'a Dataset,
    /// The tasks' traces, where prompts show them.
    pub traces: &'a Traces,
    /// The position of the task, the index of the sample, and the rationale.
    pub rationales: &'a [(usize, usize, &'a str)],
    /// The settings of prompts; `n` and `temperature` do not count. Servers are asked in the plain form: a chat does not go on from a
    /// rationale.
    pub settings: &'a Settings,
    /// The wording of prompts.
    pub template: &'a Template,
    /// The worked repairs.
    pub exemplars: &'a Exemplars,
    /// The values of k.
    pub ks: &'a [u64],
    /// Whether tasks without rationales are left out, instead of counting as unsolved.
    pub allow_partial: bool,
    /// The folder for `samples.jsonl`, `fixes.jsonl` (the same by the names of the tasks) and `verdicts`.
    pub folder: &'a Path,
}

/// Has a proxy write a fix to each rationale, and judges the fixes.
///
/// # Errors
///
/// A [`SelfTrainError`]; what was written before stands.
pub fn proxy(stage: &Stage<'_>, job: &ProxyJob<'_>, report: &mut dyn FnMut(Event)) -> Result<Proxied, SelfTrainError> {
    let ProxyJob { dataset, rationales, folder, .. } = *job;
    fs::create_dir_all(folder).map_err(SelfTrainError::file(folder))?;
    // A task for each rationale, so that each has a prompt of its own.
    let id = |task: usize, sample: usize| format!("{}#{sample}", dataset.tasks[task].id);
    let mut tasks = Vec::with_capacity(rationales.len());
    let mut own = Traces::with_capacity(rationales.len());
    for (task, sample, _) in rationales {
        let mut one = (*dataset.tasks[*task]).clone();
        one.id = id(*task, *sample);
        tasks.push(Arc::new(one));
        own.push(job.traces.get(*task).cloned().flatten());
    }
    let derived = Dataset::of(&dataset.name, tasks, dataset.digest.clone())?;
    let extractor = Extractor::new(stage.judge.sandbox());
    let strip = || rationales.iter().map(|(.., text)| extractor.strip_code(text)).collect::<Result<Vec<_>, _>>();
    let texts = pool::run_one(strip)??;
    let plain = job.settings.plain || matches!(job.proxy, Proxy::Remote(..));
    let settings = Settings { n: 1, temperature: 0.0, plain, ..job.settings.clone() };
    let mut plan = Plan::new(&derived, &settings, job.template, job.exemplars)?;
    plan.rationales = Some(&texts);
    let file = match job.proxy {
        Proxy::Local(model) => stage.sample(&plan, model, folder, report, || Ok(own))?,
        Proxy::Remote(remote, name) => {
            let file = folder.join(layout::SAMPLES);
            let run = RemoteRun::open(&plan, (remote, name), Vec::new(), &file, false)?;
            run.go(&own, None, &extractor, &mut |event| report(Event::Sampling(event)))?;
            file
        }
    };
    let fixes = folder.join(layout::FIXES);
    let rows = journal::read_all::<Row>(&file)?;
    // By the names of the tasks that they are for, so that `score` reads them.
    let places: HashMap<String, (usize, usize)> =
        rationales.iter().map(|(task, sample, _)| (id(*task, *sample), (*task, *sample))).collect();
    let rows = rows.into_iter().filter_map(|row| {
        let (task, sample) = *places.get(&row.task_id)?;
        Some(Row { task_id: dataset.tasks[task].id.clone(), sample, ..row })
    });
    Folder::create(folder, &[], true)?.write_lines(layout::FIXES, rows)?;
    let samples = candidates::read(&fixes.to_string_lossy(), dataset)?;
    let (passing, summary) =
        stage.judge(dataset, &samples, job.ks, job.allow_partial, &folder.join(layout::JUDGED), report)?;
    Ok(Proxied { passing, summary })
}

/// The marks that end a server's fix: those of the prompt, and the fix's own fence.
///
/// # Errors
///
/// A template that fails.
pub fn end_of_fixes(plan: &Plan<'_>) -> Result<Vec<String>, SelfTrainError> {
    Ok([plan.stop()?, vec!["\n```".to_owned()]].concat())
}

/// The mean of pass@k over several proxies, by k.
#[must_use]
pub fn mean_of_proxies<'a>(proxies: impl ExactSizeIterator<Item = &'a Proxied>) -> BTreeMap<u64, f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few models")]
    let count = proxies.len() as f64;
    let mut sums = BTreeMap::new();
    for done in proxies {
        for (k, estimate) in done.summary.pass_at_k.over_all_tests() {
            *sums.entry(*k).or_insert(0.0) += estimate.value;
        }
    }
    sums.into_iter().map(|(k, sum)| (k, sum / count)).collect()
}
