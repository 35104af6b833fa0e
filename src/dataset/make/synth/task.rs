//! The way from a program to a repair task, in the sandbox.

use std::sync::Arc;

use serde::Serialize;

use super::{inputs::Kind, shape::Source};
use crate::{
    judge::{Judge, Judgement, ReferenceCheck, Verdict},
    random::Random,
    sandbox::Fault,
    syntax::mutants,
    task::{Cases, Group, Oracle, Task, TestSuite},
    value::{Value, repr::repr},
};

/// The inputs drawn for a program, and how many of them become tests.
const DRAWN: usize = 24;
const TESTS: usize = 10;
/// The number of tests that a model sees.
const VISIBLE: usize = 3;
/// The number of mutants tried before a program is given up.
const TRIES: usize = 6;
/// The longest test, in characters: long values teach little and fill the context.
const LONGEST: usize = 90;

/// A repair task in the native form ([`crate::dataset::read::native`]), with what it was made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Record {
    /// The task's name.
    pub task_id: String,
    /// A description of what the program should do.
    pub description: String,
    /// The function under test.
    pub entry_point: String,
    /// The program to repair.
    pub buggy: String,
    /// The program before the mutation.
    pub reference: String,
    /// The tests that a model sees, the shortest failing one first.
    pub visible_tests: Vec<String>,
    /// The tests that decide besides.
    pub hidden_tests: Vec<String>,
    /// The difficulty, from 1.
    pub level: u8,
    /// The mutation operator.
    pub operator: String,
    /// The line that it changed.
    pub line: u32,
}

/// Makes a task of `source`; nothing where its tests or its mutants are of no use.
pub(super) fn make(judge: &Judge, source: &Source, level: u8, random: &mut Random) -> Result<Option<Record>, Fault> {
    let inputs = inputs(&source.kinds, random);
    let count = inputs.len();
    let task = Arc::new(Task {
        id: String::new(),
        description: String::new(),
        entry_point: source.entry_point.clone(),
        prompt: String::new(),
        buggy: None,
        reference: Some(source.program.clone()),
        visible: Vec::new(),
        suite: TestSuite::Cases(Cases {
            inputs,
            atol: 0.0,
            oracle: Oracle::Close,
            groups: vec![Group { name: "tests", len: count }],
        }),
    });
    let prepared = judge.prepare(&task)?;
    if prepared.reference != ReferenceCheck::Passes {
        return Ok(None);
    }
    let tests: Vec<Option<(String, String)>> = (0..count)
        .map(|index| {
            let value = repr(&prepared.expected_value(index)?, LONGEST);
            let test = format!("assert {} == {value}", prepared.input_text(index, LONGEST)?);
            (test.len() <= LONGEST).then_some((test, value))
        })
        .collect();
    let usable: Vec<usize> = (0..count).filter(|&index| tests[index].is_some()).collect();
    let mut values: Vec<&String> = tests.iter().flatten().map(|(_, value)| value).collect();
    values.sort();
    values.dedup();
    // A program that answers much the same to everything has little to get wrong.
    if usable.len() < TESTS || values.len() < 4 {
        return Ok(None);
    }
    for mutant in mutants(judge.sandbox(), &source.program, TRIES, random.seed())? {
        let judgement = judge.judge(&prepared, &mutant.program)?;
        let Some((visible, hidden)) = chosen(&judgement, &usable, &tests) else { continue };
        return Ok(Some(Record {
            task_id: String::new(),
            description: source.description.clone(),
            entry_point: source.entry_point.clone(),
            buggy: mutant.program,
            reference: source.program.clone(),
            visible_tests: visible,
            hidden_tests: hidden,
            level,
            operator: mutant.operator,
            line: mutant.line,
        }));
    }
    Ok(None)
}

/// Distinct argument tuples.
fn inputs(kinds: &[Kind], random: &mut Random) -> Vec<Value> {
    let mut inputs: Vec<Value> = Vec::new();
    for _ in 0..DRAWN {
        let input = Value::Tuple(kinds.iter().map(|kind| kind.draw(random)).collect());
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    inputs
}

/// The visible and hidden tests for a mutant; nothing where it passes, where it fails too seldom to be caught, or where it does not end.
fn chosen(
    judgement: &Judgement,
    usable: &[usize],
    tests: &[Option<(String, String)>],
) -> Option<(Vec<String>, Vec<String>)> {
    if !judgement.loaded
        || judgement.tests.iter().any(|test| matches!(test.verdict, Verdict::OutOfFuel | Verdict::OutOfMemory))
    {
        return None;
    }
    let fails = |index: &usize| judgement.tests.get(*index).is_some_and(|test| test.verdict != Verdict::Pass);
    let text = |index: &usize| tests[*index].as_ref().map(|(test, _)| test.clone());
    let length = |index: &usize| tests[*index].as_ref().map_or(0, |(test, _)| test.len());
    let mut failing: Vec<usize> = usable.iter().copied().filter(fails).collect();
    let mut passing: Vec<usize> = usable.iter().copied().filter(|index| !fails(index)).collect();
    failing.sort_by_key(length);
    passing.sort_by_key(length);
    // Two failures at least, so that a fix for the visible one alone is found out.
    if failing.len() < 2 {
        return None;
    }
    let first = failing.remove(0);
    let mut visible = vec![first];
    // One that passes shows what must stay.
    visible.extend(passing.first().copied());
    let rest: Vec<usize> = usable.iter().copied().filter(|index| !visible.contains(index)).collect();
    visible.extend(rest.iter().copied().take(VISIBLE - visible.len()));
    let mut hidden: Vec<usize> = rest.into_iter().filter(|index| !visible.contains(index)).collect();
    // The failures first, in case there are more than fit.
    hidden.sort_by_key(|index| !fails(index));
    hidden.truncate(TESTS - VISIBLE);
    Some((visible.iter().filter_map(text).collect(), hidden.iter().filter_map(text).collect()))
}
