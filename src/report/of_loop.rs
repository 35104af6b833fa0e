//! The report of a run of the loop.

use serde_json::Value;

use super::{
    Cell, Chart, Column, Document, Percent, Row, Section, Table, figures,
    format::number::percent,
    of_score::short,
    plot::{Kind, Point, Series, XKind, YKind},
    run::{Role, Run},
};
use crate::stats::counted;

/// The report on a run of the loop.
pub(crate) fn document(run: &Run) -> Document {
    let sections = vec![result(run), iterations(run), test(run), losses(run), times(run)];
    Document {
        title: run.path.display().to_string(),
        about: about(&run.manifest),
        warnings: run.warnings.clone(),
        sections: sections.into_iter().filter(|section| !section.is_empty()).collect(),
    }
}

fn about(manifest: &Value) -> Vec<(String, String)> {
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut about = Vec::new();
    for role in ["train", "dev", "test"] {
        if let Some(set) = manifest.pointer(&format!("/datasets/{role}")) {
            let digest = short(set["digest"].as_str().unwrap_or_default());
            about.push((
                format!("{role} set"),
                format!("{}, {} tasks, digest {digest}", shown(&set["name"]), set["tasks"]),
            ));
        }
    }
    for (name, pointer) in [("base model digest", "/model"), ("guest digest", "/guest")] {
        if let Some(digest) = manifest.pointer(pointer).and_then(Value::as_str) {
            about.push((name.to_owned(), short(digest)));
        }
    }
    for (name, pointer) in [
        ("seed", "/config/seed"),
        ("samples a problem", "/config/sampling/n"),
        ("temperature", "/config/sampling/temperature"),
        ("traces in prompts", "/config/sampling/trace"),
        ("rationales", "/config/sampling/rationale"),
        ("threshold m", "/config/filter/threshold"),
        ("pairs of all iterations", "/config/schedule/accumulate"),
        ("from the last checkpoint", "/config/schedule/continue_from_last"),
    ] {
        if let Some(value) = manifest.pointer(pointer) {
            about.push((name.to_owned(), shown(value)));
        }
    }
    about
}

/// The name of model `i`.
fn called(i: usize) -> String {
    if i == 0 { "base".to_owned() } else { format!("iteration {}", i - 1) }
}

/// The latest model.
pub(crate) fn last(run: &Run) -> usize {
    run.sets.iter().map(|set| set.model).max().unwrap_or(0).max(run.iterations.len())
}

/// Whether more models were scored on test than the base and the best.
fn is_tested(run: &Run) -> bool {
    (1..=last(run)).any(|model| Some(model) != run.best() && run.set(Role::Test, model).is_some())
}

/// A row for each model.
pub(crate) fn models(run: &Run, caption: String) -> Table {
    let mut columns = vec![
        Column::words("model"),
        Column::numbers("pairs", None),
        Column::numbers("problems", None),
        Column::numbers("train", Some("pass@1")),
        Column::numbers("dev", Some("pass@1")),
    ];
    let mut roles = vec![Role::Dev];
    if is_tested(run) {
        columns.push(Column::numbers("test", Some("pass@1")));
        roles.push(Role::Test);
    }
    let row = |model: usize| {
        let figures = run.iteration_of(model);
        let count = |count: Option<usize>| count.map_or(Cell::Empty, |count| Cell::Count { count: count as u64 });
        let best = if run.best() == Some(model) { " *" } else { "" };
        let mut cells = vec![
            Cell::text(format!("{}{best}", called(model))),
            count(figures.map(|figures| figures.pairs)),
            count(figures.map(|figures| figures.problems)),
            run.train_pass_at_1(model).map_or(Cell::Empty, |estimate| figures::percent(estimate, None)),
        ];
        cells.extend(roles.iter().map(|role| figures::cell(run.set(*role, model), 1)));
        Row { cells, ..Row::default() }
    };
    Table {
        caption,
        columns,
        rows: (0..=last(run)).map(row).collect(),
        notes: vec![
            "Pairs and problems are those that a model was trained on; the train column is its own pass@1 on the hard problems when it was sampled for the \
             next. * is the best by dev."
                .to_owned(),
        ],
    }
}

/// The result of the run: the base and the best model on test and dev, what was gained, and the way there.
fn result(run: &Run) -> Section {
    let mut section = Section::new("Result");
    let mut rows = Vec::new();
    for (name, role) in [("test", Role::Test), ("dev", Role::Dev)] {
        let scored = |model: usize| {
            let set = run.set(role, model)?;
            Some((set, figures::estimate(set, 1)?))
        };
        let (Some(best), Some((base, before))) = (run.best(), scored(0)) else { continue };
        let Some((taught, after)) = scored(best) else { continue };
        let gain = base.difference(taught, 1).filter(|_| best > 0);
        if section.paragraphs.is_empty() {
            let tasks = counted(base.counts.len(), "task");
            section.paragraphs.push(match gain {
                Some(gain) => format!(
                    "On the {tasks} of the {name} set, pass@1 goes from {} to {} %: {} points, with {}, the best model by dev.",
                    percent(before.value),
                    percent(after.value),
                    figures::signed(gain),
                    called(best)
                ),
                None => format!(
                    "No iteration is better than the base model by dev. On the {tasks} of the {name} set its pass@1 is {} %.",
                    percent(before.value)
                ),
            });
        }
        let cells = vec![
            Cell::text(name),
            Cell::Count { count: base.counts.len() as u64 },
            figures::percent(before, None),
            figures::percent(after, None),
            gain.map_or(Cell::Empty, |gain| Cell::text(figures::signed(gain))),
        ];
        rows.push(Row { cells, ..Row::default() });
    }
    if rows.is_empty() {
        section.paragraphs.push("The run has not come to its end: there is no best model yet.".to_owned());
    } else {
        section.tables.push(Table {
            caption: "pass@1 of the base model and of the best by dev, with 95 % intervals".to_owned(),
            columns: vec![
                Column::words("set"),
                Column::numbers("tasks", None),
                Column::numbers("base", None),
                Column::numbers("best", None),
                Column::numbers("gain, points", None),
            ],
            rows,
            notes: Vec::new(),
        });
    }
    let mut series = vec![("train", Role::Train), ("dev", Role::Dev)];
    if is_tested(run) {
        series.push(("test", Role::Test));
    }
    let mut series: Vec<Series> =
        series.into_iter().map(|(name, role)| figures::rounds(name, run, role, last(run))).collect();
    series.retain(|series| series.points.len() > 1);
    if !series.is_empty() {
        section.charts.push(("iterations".to_owned(), figures::by_rounds(series)));
    }
    section
}

fn iterations(run: &Run) -> Section {
    let mut section = Section::new("Iterations");
    section.tables.push(models(run, "The models of the run, with 95 % intervals".to_owned()));
    section
}

fn test(run: &Run) -> Section {
    let mut section = Section::new("Test set");
    let (Some(best), Some(base)) = (run.best(), run.set(Role::Test, 0)) else { return section };
    let Some(scored) = run.set(Role::Test, best) else { return section };
    let proxies = run.sets.iter().filter(|set| set.model == 0).filter_map(|set| match set.role {
        Role::Proxy(proxy) => Some((format!("proxy {proxy}"), set.role)),
        _ => None,
    });
    let ks = figures::ks(&[base, scored]);
    let mut columns = vec![Column::words("model")];
    let roles: Vec<(String, Role)> = std::iter::once(("end to end".to_owned(), Role::Test)).chain(proxies).collect();
    for (name, _) in &roles {
        columns.extend(ks.iter().map(|k| Column::numbers(format!("@{k}"), Some(name))));
    }
    let row = |model: usize| {
        let mut cells =
            vec![Cell::text(if model == 0 { "base".to_owned() } else { format!("best ({})", called(model)) })];
        for (_, role) in &roles {
            cells.extend(ks.iter().map(|k| {
                let of = |model| run.set(*role, model).and_then(|set| figures::estimate(set, *k));
                let baseline = if model == 0 { None } else { of(0).map(|estimate| estimate.value) };
                of(model).map_or(Cell::Empty, |estimate| figures::percent(estimate, baseline))
            }));
        }
        Row { cells, ..Row::default() }
    };
    let models = if best == 0 { vec![0] } else { vec![0, best] };
    section.tables.push(Table {
        caption: format!(
            "pass@k on {} that nothing was chosen by, with 95 % intervals",
            counted(base.counts.len(), "test task")
        ),
        columns,
        rows: models.iter().map(|model| row(*model)).collect(),
        notes: Vec::new(),
    });
    if run.set(Role::OtherPrompts, 0).is_some() {
        section.tables.push(by_prompt(run, base.counts.len(), &models));
    }
    let mut series = vec![figures::over_k("base", base)];
    if best > 0 {
        series.push(figures::over_k("best", scored));
    }
    if base.fewest() > 1 {
        section.charts.push(("test_pass_at_k".to_owned(), figures::by_k("pass@k on test", series)));
    }
    section
}

/// Pass@1 with the run's own prompts and with the other kind.
fn by_prompt(run: &Run, tasks: usize, models: &[usize]) -> Table {
    let traced = run.is_traced();
    let kinds = if traced {
        [("with traces", Role::Test), ("without traces", Role::OtherPrompts)]
    } else {
        [("with traces", Role::OtherPrompts), ("without traces", Role::Test)]
    };
    let row = |model: usize| {
        let name = if model == 0 { "base".to_owned() } else { format!("best ({})", called(model)) };
        let cells = kinds.iter().map(|(_, role)| figures::cell(run.set(*role, model), 1));
        Row { cells: std::iter::once(Cell::text(name)).chain(cells).collect(), ..Row::default() }
    };
    Table {
        caption: format!("pass@1 on {} by kind of prompt", counted(tasks, "test task")),
        columns: std::iter::once(Column::words("model"))
            .chain(kinds.iter().map(|(name, _)| Column::numbers(*name, Some("tested"))))
            .collect(),
        rows: models.iter().map(|model| row(*model)).collect(),
        notes: vec![format!("The run's own prompts are {} traces.", if traced { "with" } else { "without" })],
    }
}

fn losses(run: &Run) -> Section {
    let mut section = Section::new("Training");
    #[expect(clippy::cast_precision_loss, reason = "step numbers")]
    let line = |(iteration, losses): (usize, &Vec<f64>)| Series {
        name: format!("iteration {iteration}"),
        points: smooth(losses).map(|(step, loss)| Point { x: step as f64, y: loss, interval: None }).collect(),
        kind: Kind::Ours,
    };
    let series: Vec<Series> = run.losses.iter().enumerate().map(line).filter(|line| line.points.len() > 1).collect();
    if !series.is_empty() {
        section.charts.push((
            "loss".to_owned(),
            Chart {
                title: "Training loss, means of up to 20 points".to_owned(),
                x_label: "step".to_owned(),
                y_label: "loss, nats a token".to_owned(),
                x: XKind::Linear,
                y: YKind::Plain,
                series,
            },
        ));
        let row = |(iteration, losses): (usize, &Vec<f64>)| {
            let means: Vec<f64> = smooth(losses).map(|(_, loss)| loss).collect();
            let shown = |loss: Option<&f64>| loss.map_or(Cell::Empty, |loss| Cell::text(format!("{loss:.3}")));
            let steps = Cell::Count { count: losses.len() as u64 };
            let cells = vec![Cell::text(called(iteration + 1)), steps, shown(means.first()), shown(means.last())];
            Row { cells, ..Row::default() }
        };
        section.tables.push(Table {
            caption: "Mean loss of the first and the last twentieth of the steps, in nats a token".to_owned(),
            columns: vec![
                Column::words("model"),
                Column::numbers("steps", None),
                Column::numbers("first", None),
                Column::numbers("last", None),
            ],
            rows: run.losses.iter().enumerate().map(row).collect(),
            notes: Vec::new(),
        });
    }
    section
}

/// Means over stretches, so that some twenty points are left; each with its last step.
fn smooth(losses: &[f64]) -> impl Iterator<Item = (usize, f64)> + '_ {
    let stretch = losses.len().div_ceil(20).max(1);
    losses.chunks(stretch).enumerate().map(move |(index, part)| {
        #[expect(clippy::cast_precision_loss, reason = "a stretch of steps")]
        let mean = part.iter().sum::<f64>() / part.len() as f64;
        (index * stretch + part.len(), mean)
    })
}

/// The kinds of work that time goes into.
const KINDS: [&str; 4] = ["sample", "judge", "train", "proxy"];

fn times(run: &Run) -> Section {
    let mut section = Section::new("Wall time");
    let mut steps: Vec<&str> = Vec::new();
    for timing in &run.timings {
        if !steps.contains(&timing.step.as_str()) {
            steps.push(&timing.step);
        }
    }
    if steps.is_empty() {
        return section;
    }
    let seconds = |step: Option<&str>, what: &str| -> f64 {
        let of = |timing: &&super::run::Timing| step.is_none_or(|step| timing.step == step) && timing.what == what;
        run.timings.iter().filter(of).map(|timing| timing.seconds).sum()
    };
    let all: f64 = KINDS.iter().map(|what| seconds(None, what)).sum();
    let row = |name: &str, step: Option<&str>, rule: bool| {
        let shown = |what| {
            Cell::text(match seconds(step, what) {
                0.0 => String::new(),
                seconds => format!("{seconds:.1}"),
            })
        };
        Row { cells: std::iter::once(Cell::text(name)).chain(KINDS.map(shown)).collect(), rule, ..Row::default() }
    };
    let mut rows: Vec<Row> = steps.iter().map(|step| row(step, Some(step), false)).collect();
    rows.push(row("all", None, true));
    let share = |what| Percent { value: seconds(None, what) / all.max(f64::MIN_POSITIVE), ..Percent::default() }.into();
    rows.push(Row { cells: std::iter::once(Cell::text("share")).chain(KINDS.map(share)).collect(), ..Row::default() });
    section.tables.push(Table {
        caption: "Wall time in seconds".to_owned(),
        columns: std::iter::once(Column::words("step")).chain(KINDS.map(|what| Column::numbers(what, None))).collect(),
        rows,
        notes: vec!["A step that was stopped and gone on with counts what was left of it.".to_owned()],
    });
    section
}
