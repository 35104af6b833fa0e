//! The paper's tables, with what was measured here beside them.

mod appendix;
mod seeds;
mod sets;
mod story;

use super::{
    Ours, OursByTraces, Results,
    charts::{self, Measure},
    published::Trained,
    results::Greedy,
    tables,
};
use crate::{
    report::{Cell, Column, Document, Evaluated, Role, Row, Run, Section, Table, figures, of_loop},
    stats::Estimate,
};

/// The paper's tables with `results`, and our answers to its other questions.
#[must_use]
pub fn document(results: &Results) -> Document {
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
    warnings.extend(seeds::warnings(&results.table2));
    for greedy in results.greedy.iter().filter(|greedy| Some(greedy.base.as_str()) != digest) {
        warnings.push(format!("figure3/greedy.json: {} is of another model than model.toml names", greedy.model));
    }
    warnings
}

/// The model's name in tables.
fn model(results: &Results) -> &str {
    results.model.as_ref().map_or("ours", |model| model.name.as_str())
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
            end_to_end: seeds::over(runs, Role::Test, base),
            proxy: seeds::over(runs, Role::Proxy(0), base),
            baseline: (!base).then_some(0),
        };
        if !row.end_to_end.is_empty() {
            ours.push(row);
        }
    }
    section.paragraphs.extend(runs.first().and_then(setup));
    section.tables.push(tables::table2(&ours));
    if runs.len() > 1 {
        section.tables.push(seeds::table(runs));
    }
    section.charts.push(("table2_end_to_end".to_owned(), charts::pass_at_k(Measure::EndToEnd, &ours)));
    section.charts.push(("table2_proxy".to_owned(), charts::pass_at_k(Measure::Proxy, &ours)));
    section
}

/// Whether the base model is the run's first proxy.
fn is_its_own_proxy(run: &Run) -> bool {
    run.manifest.pointer("/proxies/0").is_some_and(|proxy| Some(proxy) == run.manifest.get("model"))
}

/// The settings of a run that are unlike the paper's, so that figures are read with them.
fn setup(run: &Run) -> Option<String> {
    let number = |pointer: &str| run.manifest.pointer(pointer).map(ToString::to_string);
    let threshold = run.manifest.pointer("/config/filter/threshold").and_then(serde_json::Value::as_f64)?;
    let filter = if threshold > 1.0 {
        "no filter for hard problems".to_owned()
    } else {
        format!("threshold {threshold} of the filter for hard problems")
    };
    let proxy = if is_its_own_proxy(run) {
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
    section.tables.push(tables::figure3(&ours));
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
    section.tables.push(tables::no_traces(&ours));
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
    section.tables.push(tables::hefix_plus(&[]));
    section
}
