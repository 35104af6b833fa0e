//! Repair prompts in all conditions, and templates and exemplars of a user's own.

use std::fmt::Write;

use tracewright::internals::prompt::{
    Condition, Exemplars, Problem, Prompt, PromptError, Template, render, render_with_rationale,
};

const PROGRAM: &str =
    "def add(a, b):\n    \"\"\"Adds.\n\n    ```\n    add(1, 2)\n    ```\n    \"\"\"\n    return a - b\n";
const TRACE: &str = "def add(a, b):  # (0) a=1; b=2;\n    return a - b  # (1) __return__=-1\n\nassert add(1, 2) == 3  # (2) __exception__ = AssertionError()\n";

fn problem() -> Problem<'static> {
    Problem {
        description: "Write a function to add two numbers.\nThey may be negative: {{ not a template }}",
        program: PROGRAM,
        tests: &["assert add(0, 0) == 0", "assert add(1, 2) == 3"],
        trace: Some(TRACE),
    }
}

/// Both forms, to be read by a person.
fn shown(prompt: &Prompt) -> String {
    let mut out = format!("{}⏎END OF PLAIN FORM; stop: {:?}\n", prompt.plain(), prompt.stop);
    for message in &prompt.messages {
        write!(out, "\n=== {:?}\n{}\n", message.role, message.content).unwrap();
    }
    write!(out, "\n=== prefill {:?}", prompt.prefill).unwrap();
    out
}

#[test]
fn every_condition_without_shots() {
    let template = Template::built_in().unwrap();
    for condition in Condition::ALL {
        let prompt = render(&template, &problem(), condition, &[]).unwrap();
        let name = format!("zero_shot_trace_{}_rationale_{}", condition.trace, condition.rationale);
        insta::assert_snapshot!(name, shown(&prompt));
    }
}

#[test]
fn three_shots() {
    let (template, exemplars) = (Template::built_in().unwrap(), Exemplars::built_in().unwrap());
    for condition in [Condition::default(), Condition { trace: false, rationale: false }] {
        let shots = exemplars.first(3, condition).unwrap();
        let prompt = render(&template, &problem(), condition, shots).unwrap();
        assert_eq!(prompt.messages.len(), 7);
        insta::assert_snapshot!(format!("three_shots_trace_{}", condition.trace), shown(&prompt));
    }
}

#[test]
fn exemplars_are_whole_and_true() {
    let template = Template::built_in().unwrap();
    let exemplars = Exemplars::built_in().unwrap();
    assert_eq!(exemplars.all().len(), 3);
    for exemplar in exemplars.all() {
        // The trace is the program and a test of it, with comments behind the lines.
        let trace = exemplar.trace.as_deref().unwrap();
        let bare: Vec<_> = trace.trim().lines().map(|line| line.split("  # ").next().unwrap()).collect();
        let (test, program) = bare.split_last().unwrap();
        assert!(exemplar.tests.iter().any(|one| one == test), "{test}");
        assert_eq!(program.join("\n"), format!("{}\n", exemplar.program.trim()));
        // The rationale names what the test expects.
        let expected = test.split(" == ").nth(1).unwrap();
        assert!(exemplar.rationale.as_deref().unwrap().contains(expected), "{expected}");
        let rationale = exemplar.rationale.as_deref().unwrap();
        let answer = template.answer(rationale, &exemplar.fix, Condition::default()).unwrap();
        // Generation that runs into the next problem is stopped before it.
        let prompt = render(&template, &problem(), Condition::default(), std::slice::from_ref(exemplar)).unwrap();
        assert_eq!(prompt.text.matches(&prompt.stop[0]).count(), 2);
        assert!(!answer.contains(&prompt.stop[0]));
    }
}

#[test]
fn a_given_rationale_is_continued() {
    let template = Template::built_in().unwrap();
    let prompt = render_with_rationale(&template, &problem(), false, &[], "It subtracts: `a - b`.\n").unwrap();
    insta::assert_snapshot!("given_rationale", shown(&prompt));
}

#[test]
fn what_is_missing_is_said() {
    let template = Template::built_in().unwrap();
    let bare = Problem { trace: None, ..problem() };
    let error = render(&template, &bare, Condition::default(), &[]).unwrap_err();
    assert_eq!(error.to_string(), "the problem has no trace: give it one or use a condition without traces");
    let no_trace = Condition { trace: false, rationale: true };
    assert!(render(&template, &bare, no_trace, &[]).is_ok());

    let text = "[[exemplar]]\ndescription = 'd'\nprogram = 'p'\ntests = []\nfix = 'f'\n";
    let own = Exemplars::parse("own.toml", text).unwrap();
    assert!(own.first(1, Condition { trace: false, rationale: false }).is_ok());
    let message = |shots, condition| own.first(shots, condition).unwrap_err().to_string();
    let few = "own.toml has 1 exemplars, 3 are wanted: ask for fewer shots or add exemplars";
    assert_eq!(message(3, Condition::default()), few);
    assert!(message(1, Condition::default()).starts_with("own.toml: exemplar 1 has no trace"));
    assert!(message(1, no_trace).starts_with("own.toml: exemplar 1 has no rationale"));
    let message = |text: &str| Exemplars::parse("own.toml", text).unwrap_err().to_string();
    assert_eq!(
        message("[[exemplar]]\ndescription = 'd'\nprogramm = 'p'\n").split(", expected").next().unwrap(),
        "own.toml:3: unknown field `programm`"
    );
    assert_eq!(message("[[exemplar]]\ndescription = 'd'\n"), "own.toml:1: missing field `program`");
    assert!(matches!(Exemplars::load("nowhere.toml".as_ref()), Err(PromptError::Read { .. })));
}

const OWN: &str = "{% set stop = ['###'] %}
{% macro system(condition) %}You repair programs.{% endmacro %}
{% macro instruction(condition) %}{% endmacro %}
{% macro problem(task, condition) %}Q {{ task.description }}{% endmacro %}
{% macro answer(repair, condition) %}A {{ repair.fix }}{% endmacro %}
{% for shot in shots %}{{ shot.fix }}
{% endfor %}
{{ problem(task, condition) }}
";

#[test]
fn a_template_of_ones_own() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("own.jinja");
    std::fs::write(&path, OWN).unwrap();
    let shots = Exemplars::built_in().unwrap();
    let prompt = render(&Template::load(&path).unwrap(), &problem(), Condition::default(), &shots.all()[..1]).unwrap();
    let contents: Vec<_> = prompt.messages.iter().map(|message| message.content.as_str()).collect();
    assert_eq!(contents.len(), 4);
    assert_eq!((contents[0], &contents[3][..9]), ("You repair programs.", "Q Write a"));
    assert!(prompt.text.starts_with("def longest_dry_spell(rain):\n") && prompt.text.ends_with("not a template }}\n"));
    assert_eq!(prompt.stop, ["###"]);
}

#[test]
fn a_bad_template_names_its_line() {
    let message = |text: &str| Template::parse("own.jinja", text).unwrap_err().to_string();
    assert!(message("\n{% for %}").starts_with("own.jinja:2: syntax error: "));
    let misspelt = OWN.replace("task.description", "task.descripton");
    assert!(message(&misspelt).starts_with("own.jinja:4: undefined value"), "{}", message(&misspelt));
    let filter = OWN.replace("repair.fix }}", "repair.fix | fenced }}");
    assert!(message(&filter).starts_with("own.jinja:5: unknown filter"), "{}", message(&filter));
    let without = OWN.replace("macro instruction", "macro instructions");
    let part = "own.jinja: the template has no macro `instruction`; compare it with the built-in one";
    assert_eq!(message(&without), part);
    assert!(message(&OWN.replace("A {{ repair.fix }}", "A")).contains("leaves `fix` out of `answer`"));
    assert!(message(&OWN.replace("['###']", "3")).contains("sets `stop` to something that is no list of strings"));
}
