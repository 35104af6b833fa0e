//! Answers of models and what is read out of them, in the real guest.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

mod corpus;
mod golden;
mod hostile;
#[cfg(feature = "generate")]
mod prompted;
#[path = "../end_to_end/support.rs"]
#[expect(dead_code, reason = "the end-to-end tests use all of it")]
mod support;
mod unchanged;

use std::sync::LazyLock;

use tracewright::internals::{
    answer::{Answer, Asked, Extracted, Extractor, Sanitize},
    sandbox::pool,
};

static EXTRACTOR: LazyLock<Extractor<'static>> = LazyLock::new(|| Extractor::new(&support::SANDBOX));

/// The parts that are read out of an answer that stands alone, for a task that asks for `names`.
fn extract(text: &str, names: &[&str], buggy: Option<&str>) -> Extracted {
    let asked = Asked { names: names.iter().map(|name| (*name).to_owned()).collect(), prompt: "", buggy };
    let answer = Answer::program(text);
    pool::run_one(|| EXTRACTOR.extract(&answer, &asked, Sanitize::Auto)).unwrap().unwrap()
}

fn strip_code(text: &str) -> String {
    pool::run_one(|| EXTRACTOR.strip_code(text)).unwrap().unwrap()
}

#[test]
fn always_prunes_and_never_searches() {
    let chatty = "Sure! Here is the fix:\n\n```python\nimport math\n\ndef helper(x):\n    return x\n\ndef helper(x):\n    return x + 1\n\ndef other():\n    return 0\n\ndef f(x):\n    return helper(x)\n\nprint(f(1))\n```\n\nThis adds one.";
    let answer = Answer::program(chatty);
    let asked = Asked { names: vec!["f".to_owned()], ..Asked::default() };
    let program = |sanitize| pool::run_one(|| EXTRACTOR.program(&answer, &asked, sanitize)).unwrap().unwrap();
    let pruned = "import math\ndef helper(x):\n    return x + 1\ndef f(x):\n    return helper(x)\n";
    assert_eq!(program(Sanitize::Always), pruned);
    assert_eq!(program(Sanitize::Never), chatty);
    let whole = chatty.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(program(Sanitize::Auto), whole);
    // Several names, and none that is defined.
    let both = Asked { names: vec!["f".to_owned(), "other".to_owned()], ..Asked::default() };
    let kept = pool::run_one(|| EXTRACTOR.program(&answer, &both, Sanitize::Always)).unwrap().unwrap();
    assert!(kept.contains("def other") && kept.contains("def f("), "{kept}");
    let none = Asked { names: vec!["g".to_owned()], ..Asked::default() };
    assert_eq!(pool::run_one(|| EXTRACTOR.program(&answer, &none, Sanitize::Always)).unwrap().unwrap(), whole);
}

#[test]
fn an_answer_depends_on_none_before_it() {
    let good = "```python\ndef f(x):\n    return x\n```\n";
    let first = extract(good, &["f"], None);
    for other in ["(".repeat(50_000), "x = 1\n".repeat(30_000), "def f(x:\n".to_owned(), "\0".to_owned()] {
        let _ = extract(&other, &["f"], None);
        assert_eq!(extract(good, &["f"], None), first);
    }
}
