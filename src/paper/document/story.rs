//! The findings, in a sentence or two a question, made of the figures.

use std::collections::BTreeMap;

use super::{
    super::{Results, results::SampleSet},
    Estimate, Evaluated, Role, Run, is_its_own_proxy,
    seeds::{common, gains, over},
};
use crate::report::{Section, figures};

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

/// One role's changes for every k, with what they are task by task.
fn changes(results: &Results, role: Role) -> Option<String> {
    let [base, next] = [true, false].map(|base| over(&results.table2, role, base));
    let gains = gains(&results.table2, role);
    let change = |(k, base): (&u64, &Estimate)| {
        let [before, after] = [base.value, next.get(k)?.value].map(|value| 100.0 * value);
        Some(format!("pass@{k} from {before:.1} to {after:.1} % ({})", figures::signed(*gains.get(k)?)))
    };
    let changes: Vec<String> = base.iter().filter_map(change).collect();
    (!changes.is_empty()).then(|| changes.join(", "))
}

fn table2(results: &Results) -> Option<String> {
    let runs = &results.table2;
    let model = results.model.as_ref()?;
    let tasks = common(runs, Role::Test)?;
    let seeds = if runs.len() == 1 { "one seed".to_owned() } else { format!("the mean of {} seeds", runs.len()) };
    if runs.iter().all(|run| run.taught().is_none()) {
        return Some(format!(
            "NExT, with {}, {seeds}, gives no model that is better than the base on dev.",
            model.what
        ));
    }
    Some(format!(
        "NExT, with {}, on {tasks} test tasks that nothing was chosen by, {seeds}, takes {}; in brackets points gained task by task, with 95 % intervals. It \
         says nothing of how large models would do.",
        model.what,
        changes(results, Role::Test)?
    ))
}

fn proxies(results: &Results) -> Option<String> {
    let run = results.table2.iter().find(|run| run.taught().is_some())?;
    let proxy = if is_its_own_proxy(run) { "the base model" } else { "another model" };
    let changes = changes(results, Role::Proxy(0))?;
    Some(format!("By proxy, with {proxy} as the one that writes fixes to the rationales: {changes}."))
}

/// The gain of the best model of a run over its base on test, in points, task by task.
fn gain(run: &Run) -> Option<String> {
    run.set(Role::Test, 0)?.difference(run.set(Role::Test, run.taught()?)?, 1).map(figures::signed)
}

/// The gain from traces in the prompt, for a model of a run that was trained with them.
fn seen(run: &Run, model: usize) -> Option<String> {
    let set = |role: Role| run.set(role, model);
    set(Role::OtherPrompts)?.difference(set(Role::Test)?, 1).map(figures::signed)
}

fn traces(results: &Results) -> Option<String> {
    let (with, without) = (results.traces.get("with")?, results.traces.get("without")?);
    let best = |run: &'_ Run| -> Option<Evaluated> { run.set(Role::Test, run.taught()?).cloned() };
    let apart = best(without)?.difference(&best(with)?, 1).map(figures::signed)?;
    Some(format!(
        "Traces in the prompt add {} points of pass@1 to the base model and {} to the model that was trained with them; against training and testing without \
         traces, with them in both comes out at {apart} points.",
        seen(with, 0)?,
        seen(with, with.taught()?)?
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
    // The same outputs can be judged under two sets of tests.
    let outputs: BTreeMap<&str, u64> =
        results.samples.iter().map(|set| (set.samples_digest.as_str(), set.count)).collect();
    let outputs: u64 = outputs.values().sum();
    let total = |of: fn(&SampleSet) -> u64| results.samples.iter().map(of).sum::<u64>();
    let verdicts = total(|set| set.count);
    let twice = if verdicts > outputs { ", some under two sets of tests" } else { "" };
    (outputs > 0).then(|| {
        format!(
            "{outputs} published outputs of other people's models were judged{twice}: {verdicts} verdicts, {} of them with a native one (CPython 3.11) to compare \
             with; {} differ, listed with causes in agreement.md.",
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
        .filter_map(|set| Some(format!("{:.1} % of {}", 100.0 * set.fit_2000_tokens?, set.dataset)))
        .collect();
    let fit = if fits.is_empty() {
        String::new()
    } else {
        format!("; with their inline traces {} fit 2,000 tokens", fits.join(" and "))
    };
    (!each.is_empty()).then(|| format!("{}{fit}.", sentence(&each.join(", "))))
}

/// A sentence: the text with a capital letter.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
