//! What was found, in a sentence or two a question, made of the figures.

use super::{
    super::{Results, Section, figures, results::SampleSet},
    Evaluated, Role, Run, over,
};

/// The answers, in the order of the sections that show them.
pub(super) fn story(results: &Results) -> Section {
    let mut section = Section::new("In short");
    let answers = [
        table2(results),
        proxies(results),
        traces(results),
        rationales(results),
        iterations(results),
        samples(results),
        datasets(results),
    ];
    section.paragraphs.extend(answers.into_iter().flatten());
    section
}

/// "from 20.0 to 30.0 %".
fn change(before: f64, after: f64) -> String {
    format!("from {:.1} to {:.1} %", 100.0 * before, 100.0 * after)
}

/// The changes of one role for every k.
fn changes(results: &Results, role: Role) -> Option<String> {
    let [base, next] = [true, false].map(|base| over(&results.table2, role, base));
    let changes: Vec<String> = base
        .iter()
        .filter_map(|(k, base)| Some(format!("pass@{k} {}", change(base.value, next.get(k)?.value))))
        .collect();
    (!changes.is_empty()).then(|| changes.join(", "))
}

fn table2(results: &Results) -> Option<String> {
    let runs = &results.table2;
    let model = results.model.as_ref()?;
    let tasks = runs.first()?.set(Role::Test, 0)?.counts.len();
    let seeds = if runs.len() == 1 { "one seed".to_owned() } else { format!("the mean of {} seeds", runs.len()) };
    Some(format!(
        "NExT, with {}, on {tasks} test tasks that nothing was chosen by, {seeds}, takes {}. It says nothing of how large models would do.",
        model.what,
        changes(results, Role::Test)?
    ))
}

fn proxies(results: &Results) -> Option<String> {
    Some(format!(
        "By proxy, with the base model as the one that writes fixes to the rationales: {}.",
        changes(results, Role::Proxy(0))?
    ))
}

/// What the best model of a run gains on test over its base, in points, task by task.
fn gain(run: &Run) -> Option<String> {
    run.set(Role::Test, 0)?.difference(run.set(Role::Test, run.best()?)?, 1).map(figures::signed)
}

/// What traces in the prompt add to a model of a run that was trained with them.
fn seen(run: &Run, model: usize) -> Option<String> {
    let set = |role: Role| run.set(role, model);
    set(Role::OtherPrompts)?.difference(set(Role::Test)?, 1).map(figures::signed)
}

fn traces(results: &Results) -> Option<String> {
    let (with, without) = (results.traces.get("with")?, results.traces.get("without")?);
    let best = |run: &'_ Run| -> Option<Evaluated> { run.set(Role::Test, run.best()?).cloned() };
    let apart = best(without)?.difference(&best(with)?, 1).map(figures::signed)?;
    Some(format!(
        "Traces in the prompt add {} points of pass@1 to the base model and {} to the model that was trained with them; training and testing with traces is \
         {apart} points from training and testing without.",
        seen(with, 0)?,
        seen(with, with.best()?)?
    ))
}

fn rationales(results: &Results) -> Option<String> {
    let (with, alone) = (results.traces.get("with")?, results.traces.get("no_rationale")?);
    Some(format!(
        "With rationales, a round of training gains {} points of pass@1; without, {}.",
        gain(with)?,
        gain(alone)?
    ))
}

fn iterations(results: &Results) -> Option<String> {
    let (restart, accumulate) = (results.iterations.get("restart")?, results.iterations.get("accumulate")?);
    let rounds = restart.iterations.len();
    Some(format!(
        "Over {rounds} iterations from the base each time, the best by dev gains {} points of pass@1 on test when it learns from its own iteration's pairs, {} when it \
         learns from all pairs so far.",
        gain(restart)?,
        gain(accumulate)?
    ))
}

fn samples(results: &Results) -> Option<String> {
    let total = |of: fn(&SampleSet) -> u64| results.samples.iter().map(of).sum::<u64>();
    (!results.samples.is_empty()).then(|| {
        format!(
            "Of {} published outputs of other people's models {} have a native verdict (CPython 3.11); {} of those have another one here, listed with causes in \
             agreement.md.",
            total(|set| set.count),
            total(|set| set.compared),
            total(|set| set.other.len() as u64)
        )
    })
}

fn datasets(results: &Results) -> Option<String> {
    let each: Vec<String> = results
        .datasets
        .iter()
        .map(|set| {
            format!("of {}'s {} buggy programs {} fail every test", set.dataset, set.programs, set.fail_all_tests)
        })
        .collect();
    let fits: Vec<String> = results
        .datasets
        .iter()
        .filter_map(|set| Some(format!("{} of {:.1} %", set.dataset, 100.0 * set.fit_2000_tokens?)))
        .collect();
    let fit = if fits.is_empty() {
        String::new()
    } else {
        format!("; with its inline trace a program fits 2,000 tokens in {}", fits.join(", in "))
    };
    (!each.is_empty()).then(|| format!("{}{fit}.", sentence(&each.join(", "))))
}

/// With a capital letter.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
