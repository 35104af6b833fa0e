//! The test set: scored at the end, chosen by never.

use std::time::Instant;

use super::{
    Event, Proxy, ProxyJob, Scores, SelfTrainError, Set, Tested, Two, proxy,
    run::{Run, called},
};
use crate::{
    journal, layout,
    prompt::Condition,
    sampling::{Row, Settings, Traces},
};

impl Run<'_> {
    /// Scores the base model and P(`best`), and what else the configuration asks for.
    pub(super) fn test(
        &self,
        test: &Set,
        best: usize,
        report: &mut dyn FnMut(Event),
    ) -> Result<Tested, SelfTrainError> {
        let evaluation = &self.config.evaluation;
        let base = self.tested(test, 0, report)?;
        let mut iterations = Vec::new();
        if evaluation.test_each {
            for i in 1..=self.config.iterations {
                iterations.push(self.tested(test, i, report)?);
            }
        }
        let best_scores = match best {
            0 => base.clone(),
            _ if evaluation.test_each => iterations[best - 1].clone(),
            _ => self.tested(test, best, report)?,
        };
        // The base model again, where nothing was better.
        let two = |of: &mut dyn FnMut(usize) -> Result<Scores, SelfTrainError>| {
            let base = of(0)?;
            let best = if best == 0 { base.clone() } else { of(best)? };
            Ok::<_, SelfTrainError>(Two { base, best })
        };
        let mut other_prompts = None;
        if evaluation.test_both {
            other_prompts = Some(two(&mut |i| {
                let settings = self.test_settings(i);
                let trace = !settings.condition.trace;
                let settings = Settings { condition: Condition { trace, ..settings.condition }, ..settings };
                let what = if trace { layout::TEST_WITH } else { layout::TEST_WITHOUT };
                self.evaluate(test, &settings, i, what, report)
            })?);
        }
        let mut proxies = Vec::new();
        for index in 0..evaluation.proxies.len() {
            proxies.push(two(&mut |i| self.by_proxy(test, i, index, report))?);
        }
        Ok(Tested { base, best: best_scores, iterations, other_prompts, proxies })
    }

    /// The settings by which P(i) is scored on test.
    fn test_settings(&self, i: usize) -> Settings {
        let settings = self.evaluation(i);
        Settings { n: self.config.evaluation.test_n.unwrap_or(settings.n), ..settings }
    }

    fn tested(&self, test: &Set, i: usize, report: &mut dyn FnMut(Event)) -> Result<Scores, SelfTrainError> {
        self.evaluate(test, &self.test_settings(i), i, layout::TEST, report)
    }

    /// The fixes of the proxy at `index` to the rationales of P(i). It is no tuned model, so that it is asked as the base model is.
    fn by_proxy(
        &self,
        test: &Set,
        i: usize,
        index: usize,
        report: &mut dyn FnMut(Event),
    ) -> Result<Scores, SelfTrainError> {
        let start = Instant::now();
        let name = layout::evaluation(i, layout::proxy(index));
        report(Event::Step(format!("{}: fixes of proxy {index} to its rationales on test", called(i))));
        let rows = journal::read_all::<Row>(&self.path(&layout::evaluation(i, layout::TEST)).join(layout::SAMPLES))?;
        let n = rows.len() / test.dataset.tasks.len();
        let rationales: Vec<(usize, usize, &str)> =
            rows.iter().enumerate().map(|(place, row)| (place / n, place % n, row.rationale.as_str())).collect();
        let settings = self.test_settings(0);
        let plan = self.plan(test, &settings)?;
        let traces = if settings.condition.trace {
            test.traces(&plan, self.stage.judge.sandbox(), self.stage.jobs)?.clone()
        } else {
            Traces::new()
        };
        let folder = self.path(&name);
        let job = ProxyJob {
            proxy: Proxy::Local(&self.config.evaluation.proxies[index]),
            dataset: &test.dataset,
            traces: &traces,
            rationales: &rationales,
            settings: &settings,
            template: &self.template,
            exemplars: &self.exemplars,
            ks: &self.ks_of(n),
            allow_partial: false,
            folder: &folder,
        };
        let proxied = proxy(self.stage, &job, report)?;
        self.clock(&name, &[("proxy", start.elapsed().as_secs_f64())])?;
        Ok(Scores::of_proxy(proxied, &name))
    }
}
