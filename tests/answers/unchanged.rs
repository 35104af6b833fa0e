//! A text that CPython parses as it stands is the program, byte for byte.

use std::{fs, path::PathBuf};

use proptest::prelude::*;

use super::extract;

/// Statements of valid programs, with what an extractor could stumble over in them.
fn statement() -> impl Strategy<Value = String> {
    let noise = prop::sample::select(vec![
        "```",
        "```python",
        "~~~",
        "~~~~~~",
        "<think>",
        "</think>",
        "<|im_end|>",
        "</s>",
        "[INST]",
        "Here is the fix:",
        ">>> f(1)",
        "Done",
        "> quoted",
        "1. first",
        "- point",
        "    ```py",
        "def f(x):",
        "    return 0",
        "return (",
        "import",
        "\u{feff}",
        "\u{200b}",
        "# end",
    ]);
    let lines = prop::collection::vec(noise, 0..6).prop_map(|lines| lines.join("\n"));
    let shape = prop::sample::select(vec![
        "'''@'''\n",
        "TEXT = \"\"\"\n@\n\"\"\"\n",
        "def g(x):\n    '''\n@\n    '''\n    return x\n",
        "def f(x):\n    \"\"\"Doc.\n\n@\n    \"\"\"\n    return x\n",
        "class K:\n    r'''@'''\n    def f(self):\n        return '''\n@\n'''\n",
        "if True:\n    NOTE = '''@\n'''\n",
        "TABLE = {}\nfor i in range(3):\n    TABLE[i] = '''\n@'''\n",
        "print('''@''')\n",
        "assert True, '''@'''\n",
        "try:\n    import re\nexcept ImportError:\n    re = '''\n@'''\n",
        "g = lambda x: '''\n@\n'''\n",
        "value = f'''{1}@'''\n",
    ]);
    (shape, lines).prop_map(|(shape, lines)| shape.replace('@', &lines))
}

/// Lines of comments: whatever stands in them.
fn comment() -> impl Strategy<Value = String> {
    "[ -~]{0,30}".prop_map(|text| format!("# {text}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn auto_never_changes_a_valid_program(
        before in prop::collection::vec(prop_oneof![3 => statement(), 1 => comment()], 0..5),
        after in prop::collection::vec(prop_oneof![3 => statement(), 1 => comment()], 0..5),
        windows in any::<bool>(),
    ) {
        let program = format!("{}def entry(x):\n    return x * 2\n{}", before.concat(), after.concat());
        let program = if windows { program.replace('\n', "\r\n") } else { program };
        let extracted = extract(&program, &["entry"], Some("def entry(x):\n    return x\n"));
        prop_assert_eq!(extracted.program.as_deref(), Some(&*program));
        prop_assert_eq!(&extracted.rationale, "");
        // With the buggy program's names, or nobody's.
        let nobody = extract(&program, &[], None);
        prop_assert_eq!(nobody.program.as_deref(), Some(&*program));
    }

    #[test]
    fn a_valid_program_between_fences_comes_out_whole(
        before in prop::collection::vec(statement(), 0..4),
        tildes in any::<bool>(),
    ) {
        let program = format!("{}def entry(x):\n    return x * 2\n", before.concat());
        // Longer than any fence in the program.
        let fence = if tildes { "~~~~~~~~" } else { "````````" };
        let answer = format!("It was wrong.\n\n{fence}python\n{program}{fence}\n\nNow it is right.\n");
        let extracted = extract(&answer, &["entry"], None);
        prop_assert_eq!(extracted.program.as_deref(), Some(&*program));
        prop_assert_eq!(&extracted.rationale, "It was wrong.");
    }
}

#[test]
fn programs_of_the_projects_own_stay_as_they_are() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let program = fs::read_to_string(&path).unwrap();
        if !program.contains("\ndef f(") {
            continue;
        }
        let extracted = extract(&program, &["f"], None);
        // Some attacks are on the parser, and are no programs.
        if extracted.how == tracewright::internals::answer::How::Bare && extracted.program.as_ref() == Some(&program) {
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}
