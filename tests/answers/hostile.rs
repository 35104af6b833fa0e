//! Answers that nobody would write.

use proptest::prelude::*;
use tracewright::internals::{
    answer::{Extracted, How},
    sandbox::{Limits, pool},
};

use super::{extract, strip_code, support::SANDBOX};

fn extract_f(text: &str) -> Extracted {
    extract(text, &["f"], Some("def f(x):\n    return 1\n"))
}

/// Text of what matters to extraction, in any order.
fn messy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "```",
        "```python",
        "````",
        "~~~",
        "```py\n",
        "\n",
        "\r\n",
        "    ",
        "\t",
        "> ",
        "1. ",
        "- ",
        "\"\"\"",
        "'''",
        "'",
        "(",
        ")",
        "\\",
        "def f(x):",
        "def f(x):\n    return x\n",
        "class f:",
        "import re",
        "assert f(1) == 1",
        "print(",
        "# c",
        "f = 1",
        "@d",
        "It is.",
        "<think>",
        "</think>",
        "<|im_end|>",
        "<|im_start|>assistant\n",
        "</s>",
        "<",
        "[",
        "é",
        "\u{2028}",
        "\0",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_text(text in any::<String>(), name in "[a-z]{0,3}") {
        let _ = extract(&text, &[&name], None);
        let _ = extract(&text, &[], None);
        let _ = strip_code(&text);
    }

    #[test]
    fn messy_text(text in messy()) {
        let extracted = extract_f(&text);
        prop_assert_eq!(extracted.program.is_none(), extracted.how == How::Nothing);
        // Reading twice changes nothing, nor what the program is of a program.
        prop_assert_eq!(&extracted, &extract_f(&text));
        // Line ends do not matter, but to a text that is a program as it stands.
        if text.contains("\r\n") && extracted.program.as_ref() != Some(&text) {
            prop_assert_eq!(&extracted, &extract_f(&text.replace("\r\n", "\n")));
        }
        let stripped = strip_code(&text);
        prop_assert!(stripped.len() <= text.len() + text.matches("```").count() + text.matches("~~~").count() + 1);
    }

    #[test]
    fn a_fenced_function_is_found_behind_any_prose(before in "[ -_a-z\n]{0,80}", after in "[ -_a-z\n]{0,80}") {
        let code = "def entry(x):\n    return [x]\n";
        let extracted = extract(&format!("{before}\n```python\n{code}```\n{after}"), &["entry"], None);
        prop_assert_eq!(extracted.program.as_deref(), Some(code));
        prop_assert_eq!(extracted.how, How::Fenced);
    }
}

/// The fuel for reading `text`, as an answer that stands alone or as a completion.
fn fuel(text: &str, prompt: Option<&str>) -> u64 {
    let read = || {
        let mut instance = SANDBOX.instantiate(&Limits::trusted()).unwrap();
        let names = ["f".to_owned()];
        let _ = instance.extract(text, prompt, &names, Some("def f(x):\n    return 1\n"), "auto", &[]);
        let _ = instance.strip_code(text);
        instance.usage().fuel
    };
    pool::run_one(read).unwrap()
}

#[test]
fn no_cost_grows_faster_than_the_text() {
    let pieces = [
        "`",
        "```\n",
        "```python\n",
        "~~~\n",
        "``` x ```\n",
        "a ```\n",
        "```python\n\"\"\"\n",
        "```\n\"\"\"\n    ```\n",
        "\"\"\"\n",
        "def f(x):\n",
        "def f(x): (\n",
        "x = 'a\n",
        "<think>",
        "<think>\n",
        "</think>",
        "'</think>",
        "<think></think>",
        "<reasoning>\n",
        "<|im_end|>",
        "'<|im_end|>",
        "</s>x",
        "> > ",
        "> ",
        "- ",
        "1. ",
        "\n",
        " \n",
        " ",
        "\t",
        "    def f():\n",
        "assert f(1)\n",
        "# c\n",
        "(",
        "\\\n",
        "import a, ",
        "f = ",
        "=",
        "<|a",
        "[",
        "\u{ff5c}<\u{ff5c}",
        "```python\ndef f(x):\n    return x\n```\n",
        "```python\ndef f(x):\n    return (\n```\n",
        "```python\ndef f(x):\n    pass\n```\n",
        "```python\ndef g(x):\n    return f\n```\n",
        "def f(x):\n    return x\nprose it is.\n",
        "x = 1\nprose it is\n",
        "def g(x):\n    return (x +\n",
        "x = 1\n",
        "@d\n",
        "-f\n",
        "\r",
        "def f(x):\n    '''\n```\n",
        "if 1:\n ",
        "lambda:",
        "f\"{f'{",
    ];
    let head = "def f(x):\n    \"\"\"d\"\"\"\n";
    for piece in pieces {
        for prompt in [None, Some(head)] {
            let cost = |bytes: usize| fuel(&piece.repeat(bytes / piece.len()), prompt);
            let (short, long) = (cost(10_000), cost(40_000));
            // Four times the text; something more, for what is taken by halves.
            assert!(long < 6 * short + 500_000_000, "{piece:?} {prompt:?}: {short} {long}");
        }
    }
}

#[test]
fn long_answers_are_read_to_their_end() {
    let fix = "def f(x):\n    return x * 2\n";
    let prose: String =
        (0..30_000).map(|n| format!("Step {n}: let x = {n}, so that the result is {}.\n", 2 * n)).collect();
    let fences = "```\n4\n```\n".repeat(50_000);
    let variables: String = (0..5_000).map(|n| format!("x{n} = {n}\n")).collect();
    let broken: String = (0..2_000).map(|n| format!("def g{n}(x):\n    return (x +\n")).collect();
    let answers = [
        format!("{prose}\n```python\n{fix}```\n"),
        format!("{prose}\nSo the code is: ```python\n{fix}```\n"),
        format!("{prose}```\nnote\n{prose}```python\n{fix}```\n"),
        format!("{prose}\n{fix}\n{prose}"),
        format!("{fences}```python\n{fix}```\n"),
        format!("```python\n{fix}```\n{fences}"),
        format!("{variables}So: ```python\n{fix}```\n"),
        format!("Here: ```python\n{fix}{broken}```\n"),
        format!("```python\n{fix}```\n{}", "The answer is above. ".repeat(50_000)),
    ];
    for (index, answer) in answers.iter().enumerate() {
        assert_eq!(extract_f(answer).program.as_deref(), Some(fix), "answer {index}");
    }
}

#[test]
fn what_ends_the_parser_ends_nothing_else() {
    let fix = "def f(x):\n    return x * 2\n";
    for deep in
        ["(".repeat(90_000), "-".repeat(90_000), "not ".repeat(40_000), "lambda: ".repeat(30_000), "f(".repeat(40_000)]
    {
        let answer = format!("```python\nf = {deep}1\n```\n\n```python\n{fix}```\n");
        assert_eq!(extract_f(&answer).program.as_deref(), Some(fix), "{}", &deep[..4]);
        // The next answer is read as if nothing had been.
        assert_eq!(extract_f(fix).program.as_deref(), Some(fix));
        let first = format!("```python\n{fix}```\n\n```python\nf = {deep}1\n```\n");
        assert_eq!(extract_f(&first).program.as_deref(), Some(fix), "{} behind", &deep[..4]);
    }
}
