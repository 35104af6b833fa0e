//! The answers that a model would write to the built-in prompts are read back.

use tracewright::internals::{
    answer::How,
    prompt::{Condition, Exemplars, Problem, Template, render_with_rationale},
};

use super::extract;

#[test]
fn exemplars_are_read_back() {
    let template = Template::built_in().unwrap();
    for exemplar in Exemplars::built_in().unwrap().all() {
        let name = exemplar.program.split(['(', ' ']).nth(1).unwrap();
        let rationale = exemplar.rationale.as_deref().unwrap();
        let answer = template.answer(rationale, &exemplar.fix, Condition::default()).unwrap();
        let extracted = extract(&answer, &[name], Some(&exemplar.program));
        assert_eq!(extracted.how, How::Fenced);
        assert_eq!(extracted.program.as_deref(), Some(&*exemplar.fix));
        assert_eq!(extracted.rationale, rationale.trim());
    }
}

#[test]
fn a_fix_to_a_given_rationale_is_read_back() {
    let problem = Problem {
        description: "Add two numbers.",
        program: "def add(a, b):\n    return a - b\n",
        tests: &["assert add(1, 2) == 3"],
        trace: None,
    };
    let template = Template::built_in().unwrap();
    let prompt = render_with_rationale(&template, &problem, false, &[], "It subtracts: `a - b`.\n").unwrap();
    let completion = "def add(a, b):\n    return a + b\n";
    let extracted = extract(&prompt.answer(completion), &["add"], Some(problem.program));
    let found = (extracted.program.as_deref(), extracted.rationale.as_str());
    assert_eq!(found, (Some(completion), "It subtracts: `a - b`."));
}
