//! The worked repairs of few-shot prompts: their traces are real, their bugs fail, their fixes pass.

use tracewright::internals::{
    judge::{Options, Verdict},
    prompt::Exemplars,
    sandbox::pool,
    trace::{self, Inline, inline},
};

use crate::support::{SANDBOX, judge, program_task};

#[test]
fn exemplars_are_what_they_say() {
    let exemplars = Exemplars::built_in().unwrap();
    let exemplars = exemplars.all();
    assert_eq!(exemplars.len(), 3);
    for exemplar in exemplars {
        let failing: Vec<&String> = exemplar
            .tests
            .iter()
            .filter(|test| {
                let task = program_task(&exemplar.fix, &[test.as_str()]);
                let verdict = |program: &str| judge(&Options::default(), &task, program).verdict;
                assert_eq!(verdict(&exemplar.fix), Verdict::Pass, "{test}");
                verdict(&exemplar.program) != Verdict::Pass
            })
            .collect();
        assert_eq!(failing.len(), 1, "{}", exemplar.description);
        let text = format!("{}\n\n{}\n", exemplar.program.trim(), failing[0]);
        let recording = pool::run_one(|| trace::record(&SANDBOX, &text, &trace::Options::default())).unwrap().unwrap();
        let shown = inline::render(&recording, &Inline::default());
        assert_eq!(shown.trim(), exemplar.trace.as_deref().unwrap_or_default().trim());
    }
}
