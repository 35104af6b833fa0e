//! Traces: the paper's figures, golden files of many programs, and what holds of every trace.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use tracewright::internals::{
    sandbox::pool,
    trace::{Event, Inline, Options, Recording, inline, record},
};

use crate::support::{SANDBOX, tracewright};

fn recording(text: &str, options: &Options) -> Recording {
    pool::run_one(|| record(&SANDBOX, text, options)).unwrap().unwrap()
}

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traces/programs");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    files.sort();
    assert!(files.len() >= 60, "{} programs", files.len());
    files
}

/// The limits of what golden programs may use: the ones that never end should not take long.
fn small() -> Options {
    Options { fuel: 3_000_000_000, memory: 128 << 20, events: 2_000, ..Options::default() }
}

#[test]
fn golden_programs() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../traces/golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let files = programs();
    let mut shown = vec![None; files.len()];
    let one = |index: usize| {
        let text = std::fs::read_to_string(&files[index]).unwrap();
        let recording = record(&SANDBOX, &text, &small()).unwrap();
        let annotated = inline::render(&recording, &Inline::default());
        let rows = inline::rows(&recording, &Inline::default());
        assert_eq!(rows.iter().map(|row| row.source).collect::<String>(), text);
        for row in &rows {
            let body = row.source.trim_end_matches(['\n', '\r']);
            assert!(row.comment.is_empty() || row.comment.starts_with("  # "), "{row:?}");
            assert!(!row.comment.contains(|c: char| c.is_control()), "{row:?}");
            assert!(annotated.contains(&format!("{body}{}", row.comment)));
        }
        replay(&recording, &files[index]);
        format!("{annotated}\n\n[{} events; {}]", recording.events.len(), recording.end)
    };
    pool::run(pool::default_jobs(), files.len(), one, |index, text| {
        shown[index] = Some(text);
        std::ops::ControlFlow::<()>::Continue(())
    })
    .unwrap();
    settings.bind(|| {
        for (file, text) in files.iter().zip(shown) {
            insta::assert_snapshot!(file.file_stem().unwrap().to_str().unwrap(), text.unwrap());
        }
    });
}

/// The changes of a trace, replayed, give the module's variables as they were in the end.
fn replay(recording: &Recording, file: &Path) {
    if recording.variables.is_empty() {
        return;
    }
    let mut module: BTreeMap<&str, &str> = BTreeMap::new();
    for event in &recording.events {
        let (frame, changes) = match event {
            Event::Call { frame, changes, .. }
            | Event::Line { frame, changes, .. }
            | Event::Return { frame, changes, .. }
            | Event::Yield { frame, changes, .. }
            | Event::Raise { frame, changes, .. } => (*frame, changes),
            Event::Resume { .. } | Event::Unwind { .. } => continue,
        };
        for change in changes.iter().filter(|change| change.global || frame == 0) {
            match &change.value {
                Some(value) => module.insert(&change.name, value),
                None => module.remove(change.name.as_str()),
            };
        }
    }
    let last: BTreeMap<&str, &str> = recording
        .variables
        .iter()
        .filter_map(|change| Some((change.name.as_str(), change.value.as_deref()?)))
        .collect();
    assert_eq!(module, last, "{}", file.display());
}

const FIGURE_1: &str = r#"def extract_values(string):
  str_list = string.replace('"','').split(",")
  return str_list

assert extract_values('"Python", "PHP", "Java"')==['Python', 'PHP', 'Java']
"#;

/// Figure 1 of the paper. Departures: two blanks before `#` as in its Figure 2; no `;` behind `__return__`, as in its Figure 2; the
/// `return` keeps its indentation, which the figure lost; the assertion is one row.
#[test]
fn figure_1_of_the_paper() {
    let expected = r#"def extract_values(string):  # (0) string='"Python", "PHP", "Java"';
  str_list = string.replace('"','').split(",")  # (1) str_list=['Python', ' PHP', ' Java'];
  return str_list  # (2) __return__=['Python', ' PHP', ' Java']

assert extract_values('"Python", "PHP", "Java"')==['Python', 'PHP', 'Java']  # (3) __exception__ = AssertionError()
"#;
    assert_eq!(inline::render(&recording(FIGURE_1, &Options::default()), &Inline::default()), expected);
}

/// Figure 2 of the paper, with the `if` line that its LaTeX cut off at `%`. Its `for` line shows three states and the last where its
/// other lines show two; `head: 3` gives that line, the default the others. The call below is no state in the figure.
#[test]
fn figure_2_of_the_paper() {
    let text = "def separate_odd_and_even(lst):
    odd_list = []
    even_list = []
    for n in lst:
       if n % 2 == 1:
          even_list.append(n)
       else:
         odd_list.append(n)
    return odd_list, even_list

separate_odd_and_even([1,2,3,4,5,6,7,8,9,10]) == [1,3,5,7,9], [2,4,6,8,10]
";
    let expected = "def separate_odd_and_even(lst):  # (0) lst=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    odd_list = []  # (1) odd_list=[];
    even_list = []  # (2) even_list=[];
    for n in lst:  # (3) n=1; (5) n=2; ...; (21) n=10;
       if n % 2 == 1:
          even_list.append(n)  # (4) even_list=[1]; (8) even_list=[1, 3]; ...; (20) even_list=[1, 3, 5, 7, 9];
       else:
         odd_list.append(n)  # (6) odd_list=[2]; (10) odd_list=[2, 4]; ...; (22) odd_list=[2, 4, 6, 8, 10];
    return odd_list, even_list  # (23) __return__=([2, 4, 6, 8, 10], [1, 3, 5, 7, 9])

separate_odd_and_even([1,2,3,4,5,6,7,8,9,10]) == [1,3,5,7,9], [2,4,6,8,10]
";
    let recording = recording(text, &Options::default());
    let plain = Inline { no_change: false, ..Inline::default() };
    assert_eq!(inline::render(&recording, &plain), expected);
    let longer = inline::render(&recording, &Inline { head: 3, ..plain });
    assert_eq!(longer.lines().nth(3), Some("    for n in lst:  # (3) n=1; (5) n=2; (7) n=3; ...; (21) n=10;"));
}

#[test]
fn a_program_that_is_cut_short_leaves_the_trace_so_far() {
    let endless = "n = 0\nwhile True:\n    n += 1\n";
    let recording = recording(endless, &Options { events: 50, ..Options::default() });
    assert_eq!((recording.events.len(), recording.end.to_string()), (50, "cut: after 50 events".to_owned()));
    let fuel = Options { fuel: 200_000_000, ..Options::default() };
    let recording = self::recording("x = 1\nwhile True: pass\n", &fuel);
    assert!(recording.events.len() == 1 && recording.end.to_string().contains("200000000 fuel"), "{}", recording.end);
    let memory = Options { memory: 96 << 20, ..Options::default() };
    let recording = self::recording("x = 1\ny = bytearray(1 << 30)\n", &memory);
    assert!(inline::render(&recording, &Inline::default()).contains("__exception__ = MemoryError()"));
    let recording = self::recording("x = 1\nimport os\nos._exit(3)\n", &Options::default());
    // wasi-libc knows two ways to exit: well and not.
    assert!(
        !recording.events.is_empty() && recording.end.to_string().contains("ended the process"),
        "{}",
        recording.end
    );
}

#[test]
fn a_text_that_is_no_program_says_where() {
    let recording = recording("x = 1\ny = (2\nz = 3\n", &Options::default());
    assert_eq!(
        inline::render(&recording, &Inline::default()),
        "x = 1\ny = (2  # (0) __exception__ = SyntaxError(\"'(' was never closed\")\nz = 3\n"
    );
}

#[test]
fn hidden_tests_are_never_traced() {
    let tasks =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/mini/tasks.jsonl")).unwrap();
    let output = tracewright().args(["trace", "-d", "mini"]).assert().success().get_output().stdout.clone();
    let output = String::from_utf8(output).unwrap();
    let mut traced = 0;
    for (task, line) in tasks.lines().zip(output.lines()) {
        let task: serde_json::Value = serde_json::from_str(task).unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(task["task_id"], line["task_id"]);
        let text = line["traces"][0]["text"].as_str().unwrap();
        let visible = task["visible_tests"].as_array().unwrap();
        assert!(visible.iter().any(|test| text.contains(test.as_str().unwrap())), "{text}");
        for hidden in task["hidden_tests"].as_array().unwrap() {
            assert!(!text.contains(hidden.as_str().unwrap()), "{text}");
        }
        traced += 1;
    }
    assert_eq!(traced, 50);
}
