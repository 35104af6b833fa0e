//! Traces within a budget of tokens, slices, and formats that show lines as they begin.

use tracewright::internals::{
    sandbox::pool,
    trace::{
        Inline, Options, Recording,
        fit::{Step, fit},
        inline, record, scratchpad, slice,
    },
};

use crate::support::{SANDBOX, tracewright};

const PROGRAM: &str = "limit = 3
unused = 'a' * 50

def keep(items, cap):
    seen = {}
    kept = []
    label = 'kept'
    for item in items:
        seen[item] = True
        if item <= cap:
            kept.append(item)
        label = label + '.'
    return kept

def total(items):
    chosen = keep(items, limit)
    noise = [item * 100 for item in items]
    add(chosen, 1)
    return sum(chosen)

def add(target, value):
    target.append(value)

assert total([1, 2, 3, 4, 5, 6]) == 10
";

fn recording(text: &str) -> Recording {
    pool::run_one(|| record(&SANDBOX, text, &Options::default())).unwrap().unwrap()
}

/// The number of words: what the tokenizer of `the_command_counts_with_a_tokenizer` counts too.
fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn a_slice_keeps_what_reaches_the_failing_value() {
    let recording = recording(PROGRAM);
    let rows: Vec<&str> = slice::rows(&recording).into_iter().map(|row| recording.source.row(row).trim()).collect();
    assert_eq!(
        rows,
        [
            "limit = 3",
            "def keep(items, cap):",
            "kept = []",
            "for item in items:",
            "if item <= cap:",
            "kept.append(item)",
            "return kept",
            "def total(items):",
            "chosen = keep(items, limit)",
            "add(chosen, 1)",
            "return sum(chosen)",
            "def add(target, value):",
            "target.append(value)",
            "assert total([1, 2, 3, 4, 5, 6]) == 10",
        ]
    );
}

#[test]
fn a_slice_follows_the_exception_down() {
    let text = "def inner(a, b):\n    c = a * 2\n    d = b * 2\n    return 1 // c\n\n\
                def outer(a):\n    z = a + 1\n    try:\n        inner(0, z)\n    except ValueError:\n        pass\n\nouter(5)\n";
    let recording = recording(text);
    let rows: Vec<u32> = slice::rows(&recording).into_iter().collect();
    // Not line 3; `z` is read by the call, so line 7 is in.
    assert_eq!(rows, [1, 2, 4, 6, 7, 8, 9, 13], "{:?}", recording.events);
}

#[test]
fn shorter_and_shorter_until_it_fits() {
    let recording = recording(PROGRAM);
    let whole = words(&inline::render(&recording, &Inline::default()));
    let bare = words(PROGRAM);
    let mut before = usize::MAX;
    let mut kinds = std::collections::BTreeSet::new();
    for budget in (bare - 5..=whole).rev() {
        let fitted = fit(&recording, &Inline::default(), budget, &words);
        assert_eq!(fitted.tokens, words(&fitted.text));
        assert_eq!(fitted.fits, fitted.tokens <= budget);
        assert_eq!(fitted.fits, budget >= bare, "{budget}");
        assert_eq!(fitted.steps.is_empty(), budget == whole);
        assert!(fitted.tokens <= before, "a smaller budget never gives a longer text");
        before = fitted.tokens;
        for (row, source) in fitted.text.lines().zip(PROGRAM.lines()) {
            assert!(row.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with("  # ")), "{row}");
        }
        kinds.extend(fitted.steps.iter().map(|step| match step {
            Step::States { .. } => 0,
            Step::Characters(_) => 1,
            Step::Slice => 2,
            Step::Bare => 3,
        }));
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn long_values_keep_their_ends() {
    let recording = recording("words = ['first'] + ['x'] * 20 + ['last']\n");
    let short = Inline { characters: 30, ..Inline::default() };
    let text = inline::render(&recording, &short);
    assert!(text.ends_with("  # (0) words=['first', 'x', 'x'..., 'last'];\n"), "{text}");
}

/// The count is that of a program that looks at every token, and the trace is within the budget.
#[test]
fn the_command_counts_with_a_tokenizer() {
    let folder = tempfile::tempdir().unwrap();
    let model = serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
        "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}
    });
    std::fs::write(folder.path().join("tokenizer.json"), model.to_string()).unwrap();
    let program = folder.path().join("program.py");
    std::fs::write(&program, PROGRAM).unwrap();
    let budget = words(PROGRAM) + 30;
    let run = |extra: &[&str]| {
        let mut command = tracewright();
        command.arg("trace").arg("--program").arg(&program).arg("--tokenizer").arg(folder.path()).args(extra);
        command
    };
    let output = run(&["--max-tokens", &budget.to_string()]).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let note = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(
        words(&text) <= budget && note.contains(&format!("shortened to {} tokens: ", words(&text))),
        "{note}{text}"
    );

    let output = run(&["--json"]).assert().success();
    let json: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let trace = &json["traces"][0];
    assert_eq!(trace["tokens"]["next"], words(trace["trace"].as_str().unwrap()));
    assert!(trace["tokens"]["scratchpad"].as_u64() > trace["tokens"]["next"].as_u64());

    // Bad input.
    run(&["--max-tokens", "5", "--format", "cwm"]).assert().code(2).stderr(predicates::str::contains("--format next"));
    std::fs::write(folder.path().join("tokenizer.json"), "{\"model\": 1}").unwrap();
    run(&[]).assert().code(2).stderr(predicates::str::contains("tokenizer.json: not a usable tokenizer.json: "));
    std::fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
    run(&[])
        .assert()
        .code(2)
        .stderr(predicates::str::contains("tokenizer.json: not a usable tokenizer.json: No such file"));
}

/// Nested calls and a generator: a line that calls stands before the lines of what it calls, and once.
#[test]
fn lines_stand_in_the_order_in_which_they_began() {
    let text = "def one(n):\n    m = two(n)\n    return m\n\ndef two(n):\n    return n + 1\n\ndef up():\n    yield 1\n    yield 2\n\n\
                a = one(1)\nb = sum(up())\n";
    let lines: Vec<String> = scratchpad::render(&recording(text))
        .lines()
        .filter_map(|line| line.strip_prefix("line: ").map(|line| line.trim().to_owned()))
        .collect();
    assert_eq!(
        lines,
        [
            "def one(n):",
            "def two(n):",
            "def up():",
            "a = one(1)",
            "def one(n):",
            "m = two(n)",
            "def two(n):",
            "return n + 1",
            "return m",
            "b = sum(up())",
            "def up():",
            "yield 1",
            "yield 2",
            // Asked for a third, it ends there.
            "yield 2",
        ]
    );
}
