//! The paper's tables, with what was measured here beside them.

mod appendix;
mod sets;
mod story;

use std::collections::{BTreeMap, HashMap};

use super::{
    Cell, Column, Document, Ours, OursByTraces, Results, Row, Section, Table, figures,
    load::{Evaluated, Role, Run},
    of_loop,
    paper::Trained,
    paper_charts::{self, Measure},
    paper_tables,
    results::Greedy,
};
use crate::score::{Count, Estimate, difference_over_runs, mean_over_runs};

/// The paper's tables with `results`, and our answers to its other questions.
#[must_use]
pub fn paper_document(results: &Results) -> Document {
    let remarked = |name: &str, mut section: Section| {
        if !section.is_empty() {
            section.paragraphs.extend(results.remarks.get(name).into_iter().flatten().cloned());
        }
        section
    };
    let mut sections = vec![
        remarked("story", story::story(results)),
        remarked("table2", table2(results)),
        remarked("figure3", figure3(results)),
        remarked("traces", traces(results)),
        remarked("rationales", rationales(results)),
        remarked("iterations", iterations(results)),
        hefix_plus(),
        remarked("samples", sets::samples(results)),
        remarked("datasets", sets::repair_sets(results)),
        appendix::settings(),
        appendix::not_recovered(),
        appendix::again(),
    ];
    sections.retain(|section| !section.is_empty());
    Document {
        title: "NExT: the paper's results, and ours".to_owned(),
        about: Vec::new(),
        warnings: warnings(results),
        sections,
    }
}

fn warnings(results: &Results) -> Vec<String> {
    let mut warnings: Vec<String> = results.runs().flat_map(|run| run.warnings.clone()).collect();
    let digest = results.model.as_ref().map(|model| model.digest.as_str());
    for run in results.runs().filter(|run| run.manifest.get("model").and_then(serde_json::Value::as_str) != digest) {
        warnings.push(format!("{}: of another model than model.toml names", run.path.display()));
    }
    if let Some((first, others)) = results.table2.split_first() {
        let seed = |run: &Run| run.manifest.pointer("/config/seed").cloned();
        for (at, run) in others.iter().enumerate() {
            if apart_from_seed(run) != apart_from_seed(first) {
                let (this, first) = (run.path.display(), first.path.display());
                warnings.push(format!(
                    "{this}: its datasets or settings are not those of {first}: a mean over both says little"
                ));
            }
            if results.table2[..=at].iter().any(|other| seed(other) == seed(run)) {
                warnings.push(format!("{}: its seed is that of another run", run.path.display()));
            }
        }
    }
    for greedy in results.greedy.iter().filter(|greedy| Some(greedy.base.as_str()) != digest) {
        warnings.push(format!("figure3/greedy.json: {} is of another model than model.toml names", greedy.model));
    }
    warnings
}

/// What seeds have in common.
fn apart_from_seed(run: &Run) -> serde_json::Value {
    let mut manifest = run.manifest.clone();
    if let Some(seed) = manifest.pointer_mut("/config/seed") {
        seed.take();
    }
    ["datasets", "config", "template", "exemplars", "proxies"].map(|name| manifest[name].take()).into_iter().collect()
}

/// What the model is called in tables.
fn model(results: &Results) -> &str {
    results.model.as_ref().map_or("ours", |model| model.name.as_str())
}

/// One role's counts over several runs, of their base models or of their best ones: a list a run, of the tasks that all of them have.
fn counts(runs: &[Run], role: Role, base: bool) -> Option<(Vec<u64>, Vec<Vec<Count>>)> {
    let set = |run: &Run| run.set(role, if base { 0 } else { run.best()? }).cloned();
    let sets = runs.iter().map(set).collect::<Option<Vec<Evaluated>>>().filter(|sets| !sets.is_empty())?;
    let ks = figures::ks(&sets.iter().collect::<Vec<_>>());
    // By name, so that a task that one of them lacks shifts nothing.
    let named: Vec<HashMap<&str, Count>> =
        sets.iter().map(|set| set.counts.iter().map(|(task, count)| (task.as_str(), *count)).collect()).collect();
    let common = || sets[0].counts.iter().filter(|(task, _)| named.iter().all(|set| set.contains_key(task.as_str())));
    let tallies = named.iter().map(|set| common().filter_map(|(task, _)| set.get(task.as_str()).copied()).collect());
    Some((ks, tallies.collect()))
}

/// Pass@k of one role over several runs.
fn over(runs: &[Run], role: Role, base: bool) -> BTreeMap<u64, Estimate> {
    let Some((ks, tallies)) = counts(runs, role, base) else { return BTreeMap::new() };
    let tallies: Vec<&[Count]> = tallies.iter().map(Vec::as_slice).collect();
    ks.into_iter().filter_map(|k| Some((k, mean_over_runs(&tallies, k)?))).collect()
}

/// How much higher pass@k of the best models is than that of their bases, task by task.
fn gains(runs: &[Run], role: Role) -> BTreeMap<u64, Estimate> {
    let (Some((ks, base)), Some((_, best))) = (counts(runs, role, true), counts(runs, role, false)) else {
        return BTreeMap::new();
    };
    let [base, best] = [&base, &best].map(|tallies| tallies.iter().map(Vec::as_slice).collect::<Vec<_>>());
    ks.into_iter().filter_map(|k| Some((k, difference_over_runs(&base, &best, k)?))).collect()
}

fn table2(results: &Results) -> Section {
    let mut section = Section::new("Table 2: end to end and by proxy");
    let runs = &results.table2;
    let mut ours = Vec::new();
    let model = model(results);
    for (name, base) in [(format!("{model}; 0-shot"), true), (format!("{model} + NExT; 0-shot"), false)] {
        if !base && runs.iter().all(|run| run.taught().is_none()) {
            continue;
        }
        let row = Ours {
            name,
            end_to_end: over(runs, Role::Test, base),
            proxy: over(runs, Role::Proxy(0), base),
            baseline: (!base).then_some(0),
        };
        if !row.end_to_end.is_empty() {
            ours.push(row);
        }
    }
    section.paragraphs.extend(runs.first().and_then(setup));
    section.tables.push(paper_tables::table2(&ours));
    if runs.len() > 1 {
        section.tables.push(by_seed(runs));
    }
    section.charts.push(("table2_end_to_end".to_owned(), paper_charts::pass_at_k(Measure::EndToEnd, &ours)));
    section.charts.push(("table2_proxy".to_owned(), paper_charts::pass_at_k(Measure::Proxy, &ours)));
    section
}

/// What of a run's settings is unlike the paper's, so that figures are read with it.
fn setup(run: &Run) -> Option<String> {
    let number = |pointer: &str| run.manifest.pointer(pointer).map(ToString::to_string);
    let threshold = run.manifest.pointer("/config/filter/threshold").and_then(serde_json::Value::as_f64)?;
    let filter = if threshold > 1.0 {
        "no filter for hard problems".to_owned()
    } else {
        format!("threshold {threshold} of the filter for hard problems")
    };
    let proxy = if run.manifest.pointer("/proxies/0") == run.manifest.get("model") {
        " The proxy of ours is the base model itself; like the paper's, as far as that is known, it decodes greedily, which at one answer a task is better \
         than sampling: Figure 3 has both."
    } else {
        ""
    };
    Some(format!(
        "Ours: {} training problems, {filter}, {} samples of each, {} iterations, pass@k from {} samples. The paper's settings are below.{proxy}",
        number("/datasets/train/tasks")?,
        number("/config/sampling/n")?,
        number("/config/iterations")?,
        run.set(Role::Test, 0)?.fewest(),
    ))
}

/// How much of the gain is the seed's.
fn by_seed(runs: &[Run]) -> Table {
    let row = |run: &Run| {
        let seed = run.manifest.pointer("/config/seed").map_or_else(String::new, ToString::to_string);
        let (base, best) = (run.set(Role::Test, 0), run.best().and_then(|best| run.set(Role::Test, best)));
        let difference = base.zip(best).and_then(|(base, best)| base.difference(best, 1));
        let difference = difference.map_or(Cell::Empty, |difference| Cell::text(figures::signed(difference)));
        Row {
            cells: vec![Cell::text(seed), figures::cell(base, 1), figures::cell(best, 1), difference],
            ..Row::default()
        }
    };
    Table {
        caption: "Seeds apart: pass@1 on test".to_owned(),
        columns: vec![
            Column::words("seed"),
            Column::numbers("base", None),
            Column::numbers("NExT", None),
            Column::numbers("difference, points", None),
        ],
        rows: runs.iter().map(row).collect(),
        notes: vec!["Intervals are over tasks; the difference is taken task by task.".to_owned()],
    }
}

fn figure3(results: &Results) -> Section {
    let mut section = Section::new("Figure 3: greedy decoding");
    let named = |name: &str| results.greedy.iter().find(|greedy| greedy.model == name);
    let row = |(name, taught, greedy): (&str, bool, &Greedy)| Ours {
        name: format!("{name}; greedy"),
        end_to_end: [(1, greedy.end_to_end)].into(),
        proxy: [(1, greedy.proxy)].into(),
        baseline: taught.then_some(0),
    };
    let model = model(results);
    let next = format!("{model} + NExT");
    let of = [("base", model, false), ("best", &next, true)];
    let ours: Vec<Ours> =
        of.into_iter().filter_map(|(which, name, taught)| Some(row((name, taught, named(which)?)))).collect();
    section.paragraphs.push("No large model was run here.".to_owned());
    if let Some(Greedy { tasks, seed, .. }) = named("best") {
        section.paragraphs.push(format!(
            "Ours: one answer to each of {tasks} test tasks, of the base and of the best model of seed {seed}."
        ));
    }
    section.tables.push(paper_tables::figure3(&ours));
    section
}

/// Pass@1 of a run's base or best model when it is asked with traces and without.
fn by_prompt(run: &Run, model: usize) -> (Option<Estimate>, Option<Estimate>) {
    let estimate = |role: Role| run.set(role, model).and_then(|set| figures::estimate(set, 1));
    let (own, other) = (estimate(Role::Test), estimate(Role::OtherPrompts));
    if run.is_traced() { (own, other) } else { (other, own) }
}

fn traces(results: &Results) -> Section {
    let mut section = Section::new("Traces, in training and in testing");
    let mut ours = Vec::new();
    if let Some(run) = results.traces.get("with") {
        let (with_traces, without_traces) = by_prompt(run, 0);
        ours.push(OursByTraces {
            name: model(results).to_owned(),
            trained: Trained::Not,
            with_traces,
            without_traces,
            baseline: None,
        });
    }
    for (name, trained) in [("with", Trained::With), ("without", Trained::Without)] {
        let Some((run, best)) = results.traces.get(name).and_then(|run| Some((run, run.taught()?))) else { continue };
        let (with_traces, without_traces) = by_prompt(run, best);
        let name = format!("{} + NExT", model(results));
        ours.push(OursByTraces { name, trained, with_traces, without_traces, baseline: Some(0) });
    }
    section.tables.push(paper_tables::no_traces(&ours));
    section
}

fn rationales(results: &Results) -> Section {
    let mut section = Section::new("Without rationales");
    let mut rows = Vec::new();
    for (name, key) in [("rationale, then fix", "with"), ("fix alone", "no_rationale")] {
        let Some((run, best)) = results.traces.get(key).and_then(|run| Some((run, run.best()?))) else { continue };
        let cells = [0, best].map(|model| figures::cell(run.set(Role::Test, model), 1));
        let five = [0, best].map(|model| figures::cell(run.set(Role::Test, model), 5));
        rows.push(Row {
            cells: std::iter::once(Cell::text(name)).chain(cells).chain(five).collect(),
            ..Row::default()
        });
    }
    if rows.len() > 1 {
        section.paragraphs.push("The paper shows this ablation as curves, whose values were not recovered.".to_owned());
        section.tables.push(Table {
            caption: "What answers hold, at equal budgets (ours)".to_owned(),
            columns: vec![
                Column::words("answers"),
                Column::numbers("base", Some("pass@1")),
                Column::numbers("NExT", Some("pass@1")),
                Column::numbers("base", Some("pass@5")),
                Column::numbers("NExT", Some("pass@5")),
            ],
            rows,
            notes: Vec::new(),
        });
    }
    section
}

fn iterations(results: &Results) -> Section {
    let mut section = Section::new("Iterations");
    let names = [("restart", "from the base, own pairs"), ("accumulate", "from the base, all pairs so far")];
    let mut series = Vec::new();
    for (key, name) in names {
        let Some(run) = results.iterations.get(key) else { continue };
        section.tables.push(of_loop::models(run, format!("Rounds of training: {name} (ours)")));
        let last = of_loop::last(run);
        // Dev is in the table: its wide band would hide that of test.
        for (what, role) in [("train", Role::Train), ("test", Role::Test)] {
            series.push(figures::rounds(&format!("{what}, {name}"), run, role, last));
        }
    }
    if !series.is_empty() {
        section.paragraphs.push("The values of the paper's curves over its iterations were not recovered.".to_owned());
        section.charts.push(("iterations".to_owned(), figures::by_rounds(series)));
    }
    section
}

fn hefix_plus() -> Section {
    let mut section = Section::new("HeFix+");
    section.paragraphs.push("No large model was trained here.".to_owned());
    section.tables.push(paper_tables::hefix_plus(&[]));
    section
}
