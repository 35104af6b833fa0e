//! The names with their owners, and the terms on which the reference passes its tests.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    super::{
        Isolation, Judgement, Options, Verdict,
        contract::Terms,
        prepared::{Prepared, ReferenceCheck, blank},
    },
    direct::DirectCall,
    judging::judge,
};
use crate::{
    sandbox::{Annotations, Fault, Limits, Sandbox},
    task::{EntryPoints, Program, Task},
    value::{Value, codec},
};

/// Judges the reference on ever wider terms, until it passes.
pub(in super::super) fn prepare(
    sandbox: &Arc<Sandbox>,
    annotations: Annotations,
    task: &Arc<Task>,
    suite: &Program,
) -> Result<Prepared, Fault> {
    let mut prepared = blank(task);
    let calls = assign_names(sandbox, &mut prepared, suite)?;
    // Values are asked for before each test.
    if !prepared.stubs.is_empty() && prepared.values.is_empty() {
        prepared.direct = Arc::new(calls.into_iter().map_while(|call| call.of_stubs(&prepared.stubs)).collect());
    }
    let Some(reference) = &task.reference else {
        prepared.keeps = true;
        prepared.direct = Arc::default();
        return Ok(prepared);
    };

    let trusted = Limits::trusted();
    let options = Options {
        fuel_floor: trusted.fuel,
        fuel_factor: 1.0,
        memory: trusted.memory,
        run_all: false,
        annotations,
        audit: false,
    };
    let noted = |objects| Prepared {
        terms: Terms::Noted { objects },
        direct: if objects { Arc::default() } else { Arc::clone(&prepared.direct) },
        memo: Arc::default(),
        ..prepared.clone()
    };
    let beside = Prepared { isolation: Isolation::Colocated, direct: Arc::default(), ..noted(true) };
    let holds = |judgement: &Judgement| judgement.verdict == Verdict::Pass && !judgement.changed_copies;
    // Nothing but data, else objects too, else what is kept between calls, else beside the candidate. Where tests use the candidate's
    // classes, data alone will not do.
    let keeping = Prepared { keeps: true, ..noted(true) };
    let mut ways = vec![noted(true), keeping, beside];
    if prepared.classes.is_empty() {
        ways.insert(0, noted(false));
    }
    let mut best: Option<(Prepared, Judgement)> = None;
    for way in ways {
        let judgement = judge(sandbox, &options, &way, reference)?;
        let holds = holds(&judgement);
        // Of ways that all fail, that which gets furthest.
        let further = best.as_ref().is_none_or(|(_, best)| judgement.tests.len() > best.tests.len());
        if holds || further {
            best = Some((way, judgement));
        }
        if holds {
            break;
        }
    }
    let Some((found, judgement)) = best else { return Ok(prepared) };
    prepared = found;
    prepared.terms = Terms::Held(Arc::clone(&judgement.contract));
    // Where it cannot be held to its own answers, nothing else can: any object counts, and is counted.
    if judgement.verdict == Verdict::Pass
        && prepared.isolation != Isolation::Colocated
        && !judgement.contract.is_empty()
    {
        let held = Prepared { memo: Arc::default(), ..prepared.clone() };
        if !holds(&judge(sandbox, &options, &held, reference)?) {
            prepared.terms = Terms::Free;
        }
    }
    prepared.isolation = judgement.isolation;
    prepared.fuel = judgement.usage.fuel;
    prepared.reference = if judgement.verdict == Verdict::Pass {
        ReferenceCheck::Passes
    } else {
        let error = judgement.error().map(|error| format!(": {}: {}", error.kind, error.message)).unwrap_or_default();
        ReferenceCheck::Fails(format!(
            "test {}: {}{error}",
            judgement.tests.len().saturating_sub(1),
            judgement.verdict.name()
        ))
    };
    // What the reference's tester did was learnt under other limits.
    prepared.memo = Arc::default();
    Ok(prepared)
}

/// Says of each name that the tests use whose it is; returns the tests that may need no tester.
fn assign_names(sandbox: &Sandbox, prepared: &mut Prepared, suite: &Program) -> Result<Vec<DirectCall>, Fault> {
    let task = Arc::clone(&prepared.task);
    let task = &task;
    let known = task.reference.as_deref().or(task.buggy.as_deref()).unwrap_or_default();
    let (names, calls) = analyse(sandbox, task, suite, known)?;
    // What the program imports, the tests may import too, from where it came.
    let imports: Vec<&str> = names.iter().map(|(_, kind)| kind.as_str()).filter(|kind| is_import(kind)).collect();
    if !imports.is_empty() {
        prepared.helpers = Some(imports.join("\n"));
    }
    // Classes that the tests use are the candidate's; other values at its top level only it has.
    let base = |kind: &str| kind.strip_prefix("exception ").map(str::to_owned);
    let classes = names.iter().filter(|(_, kind)| kind == "class" || base(kind).is_some());
    prepared.classes = classes.map(|(name, kind)| (name.clone(), base(kind))).collect();
    let listed = match &suite.entry_points {
        EntryPoints::Named => Some([task.entry_point.as_str()].into()),
        EntryPoints::Listed(names) => {
            Some(names.iter().map(String::as_str).chain([task.entry_point.as_str()]).collect())
        }
        EntryPoints::FromTests => None,
    };
    let is_candidates =
        |name: &String| listed.as_ref().is_none_or(|listed: &BTreeSet<&str>| listed.contains(name.as_str()));
    let of_kind = |wanted: &[&str]| -> Vec<String> {
        let kinds = names.iter().filter(|(name, kind)| wanted.contains(&kind.as_str()) && is_candidates(name));
        kinds.map(|(name, _)| name.clone()).collect()
    };
    prepared.classes.retain(|(name, _)| is_candidates(name));
    prepared.stubs = of_kind(&["function"]);
    prepared.values = of_kind(&["other"]);
    if prepared.stubs.is_empty() && prepared.classes.is_empty() || task.reference.is_none() && task.buggy.is_none() {
        // Nothing shows what they are, so names do.
        if !of_kind(&["missing base"]).is_empty() {
            prepared.isolation = Isolation::Colocated;
        }
        // What a class is derived from shows where the program is asked for it.
        prepared.values.extend(of_kind(&["missing exception"]));
        for name in of_kind(&["missing", "missing base"]) {
            if name.ends_with("Error") || name.ends_with("Exception") {
                prepared.classes.push((name, Some("Exception".to_owned())));
            } else if name.starts_with(char::is_uppercase) && (name.len() == 1 || name.contains(char::is_lowercase)) {
                prepared.classes.push((name, None));
            } else if name != task.entry_point && name.len() > 1 && !name.contains(char::is_lowercase) {
                // A constant, a class like `LRU`, a function: what it is shows where it is.
                prepared.values.push(name);
            } else {
                prepared.stubs.push(name);
            }
        }
    }
    let entry_point = &task.entry_point;
    let is_class = prepared.classes.iter().any(|(name, _)| name == entry_point);
    if !entry_point.is_empty()
        && !is_class
        && !prepared.values.contains(entry_point)
        && !prepared.stubs.contains(entry_point)
    {
        prepared.stubs.insert(0, entry_point.clone());
    }
    let of_task = |(name, kind): &(String, String)| {
        !is_candidates(name) && (["function", "other", "class"].contains(&kind.as_str()) || base(kind).is_some())
    };
    prepared.task_names = names.iter().filter(|entry| of_task(entry)).map(|(name, _)| name.clone()).collect();
    if !prepared.task_names.is_empty() {
        prepared.helpers.clone_from(&task.reference);
    }
    Ok(calls)
}

fn is_import(kind: &str) -> bool {
    kind.starts_with("import ") || kind.starts_with("from ")
}

/// The free names of tests, and how a program defines them.
type Names = Vec<(String, String)>;

/// The free names of the tests and how `program` defines them, in order of use; and the tests that may need no tester.
fn analyse(sandbox: &Sandbox, task: &Task, suite: &Program, program: &str) -> Result<(Names, Vec<DirectCall>), Fault> {
    let fault = |why: String| Fault::Trusted { what: format!("analysing the tests of {}", task.id), why };
    let mut instance = sandbox.instantiate(&Limits::trusted())?;
    let calls = instance.direct_calls(&suite.setup, &suite.tests).map_err(|ending| fault(ending.describe().1))?;
    let calls = codec::decode(&calls).ok().and_then(|calls| DirectCall::read_all(&calls));
    let mut tests = vec![suite.setup.clone()];
    tests.extend(suite.tests.iter().cloned());
    let reply = instance.analyse(&tests, program).map_err(|ending| fault(ending.describe().1))?;
    let (Ok(Value::Dict(items)), Some(calls)) = (codec::decode(&reply), calls) else {
        return Err(fault("no answer".to_owned()));
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Ok((items.iter().filter_map(|(name, kind)| text(name).zip(text(kind))).collect(), calls))
}
