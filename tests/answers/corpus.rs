//! The corpus of answers (`corpus/README.md`): through the extractor, and the same through `score`.

use std::{collections::HashMap, fs, path::PathBuf, sync::Arc};

use super::{
    EXTRACTOR,
    support::{judge, program_task, tracewright},
};
use serde_json::{Value as Json, json};
use tracewright::internals::{
    answer::{Answer, Asked, Extracted, Sanitize},
    judge::{Options, Verdict},
    sandbox::pool,
    task::Task,
};

const BUGGY: &str = "def double(x):\n    return x\n";
const BEFORE: &str =
    "import operator\nfrom typing import List\n\n\ndef twice(v):\n    return operator.mul(v, 2)\n\n\ndef double(x):\n";
const DOCSTRING: &str = "    \"\"\"Twice x.\n    >>> double(2)\n    4\n    \"\"\"\n";
const TESTS: [&str; 3] = ["assert double(2) == 4", "assert double(-3) == -6", "assert double(5) == 10"];

struct Case {
    name: String,
    words: HashMap<String, String>,
    answer: Answer,
}

impl Case {
    fn word(&self, name: &str) -> Option<&str> {
        self.words.get(name).map(String::as_str)
    }

    fn prompt(&self) -> String {
        match self.word("after") {
            Some("doc") => format!("{BEFORE}{DOCSTRING}"),
            Some("head") => BEFORE.to_owned(),
            _ => String::new(),
        }
    }

    fn names(&self) -> Vec<String> {
        self.word("asks").unwrap_or("double").split(',').map(str::to_owned).collect()
    }

    fn buggy(&self) -> Option<&'static str> {
        self.word("after").is_none().then_some(BUGGY)
    }

    fn verdict(&self) -> Verdict {
        self.word("want").map_or(Verdict::Pass, |name| Verdict::from_name(name).unwrap())
    }

    fn extracted(&self) -> (Extracted, String) {
        let prompt = self.prompt();
        let asked = Asked { names: self.names(), prompt: &prompt, buggy: self.buggy() };
        let extracted = pool::run_one(|| EXTRACTOR.extract(&self.answer, &asked, Sanitize::Auto)).unwrap().unwrap();
        let program = extracted.program.clone().unwrap_or_else(|| self.answer.as_given(&prompt));
        (extracted, program)
    }

    /// The task: with two names, both are tested.
    fn task(&self) -> Arc<Task> {
        let reference = "class Box:\n    def __init__(self, v):\n        self.v = v\n\ndef halve(x):\n    return x / 2\n\ndef double(x):\n    return x * 2\n";
        let mut tests = TESTS.to_vec();
        match self.word("asks") {
            Some("double,halve") => tests.push("assert halve(4) == 2"),
            Some("double,Box") => tests.push("assert double(Box(2).v) == 4"),
            _ => {}
        }
        program_task(reference, &tests)
    }
}

fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/answers/corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let text = format!("\n{}", fs::read_to_string(&path).unwrap());
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        for part in text.split("\n%%%% ").skip(1) {
            let (head, text) = part.split_once('\n').unwrap_or((part, ""));
            let mut words = head.split_whitespace();
            let name = format!("{stem}: {}", words.next().unwrap());
            let words: HashMap<String, String> = words
                .map(|word| word.split_once('=').unwrap_or((word, "")))
                .map(|(word, value)| (word.to_owned(), value.to_owned()))
                .collect();
            let text = if text.is_empty() { String::new() } else { format!("{text}\n") };
            let text = if words.contains_key("escaped") { unescaped(&text) } else { text };
            let answer = if words.contains_key("after") { Answer::completion(text) } else { Answer::program(text) };
            cases.push(Case { name, words, answer });
        }
    }
    cases
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (char, length) = match part.as_bytes()[0] {
            b'r' => ('\r', 1),
            b't' => ('\t', 1),
            b'f' => ('\u{c}', 1),
            b'u' => (char::from_u32(u32::from_str_radix(&part[1..5], 16).unwrap()).unwrap(), 5),
            other => panic!("escape {other}"),
        };
        out.push(char);
        out.push_str(&part[length..]);
    }
    out
}

#[test]
fn every_answer_gives_its_program() {
    let cases = cases();
    assert!(cases.len() >= 200, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let (extracted, program) = case.extracted();
        let verdict = judge(&Options::default(), &case.task(), &program).verdict;
        let how = format!("{:?}", extracted.how).to_lowercase();
        let same = case.word("same").is_none() || program == case.answer.text;
        if verdict != case.verdict() || !same || case.word("how").is_some_and(|wanted| wanted != how) {
            wrong.push(format!("{}: {verdict:?}, {how}\n{program}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_program_that_was_found_is_found_again() {
    for case in cases() {
        let (extracted, _) = case.extracted();
        let Some(program) = extracted.program.filter(|_| case.verdict() == Verdict::Pass) else { continue };
        let again = super::extract(&program, &["double"], case.buggy());
        assert_eq!(again.program.as_ref(), Some(&program), "{}", case.name);
    }
}

#[test]
fn score_takes_the_same_programs() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let cases: Vec<Case> =
        cases().into_iter().filter(|case| case.word("after").is_none() && case.word("asks").is_none()).collect();
    let lines = |items: Vec<Json>| items.iter().map(|item| format!("{item}\n")).collect::<String>();
    let tasks = cases.iter().map(|case| {
        json!({
            "task_id": case.name, "description": "", "entry_point": "double", "buggy": BUGGY,
            "reference": "def double(x):\n    return x * 2\n", "visible_tests": TESTS,
        })
    });
    fs::write(path("tasks.jsonl"), lines(tasks.collect())).unwrap();
    let samples = cases.iter().map(|case| json!({ "task_id": case.name, "solution": case.answer.text }));
    fs::write(path("samples.jsonl"), lines(samples.collect())).unwrap();
    let mut command = tracewright();
    command.args(["score", "--k", "1", "--dataset"]).arg(path("tasks.jsonl"));
    command.arg("--samples").arg(path("samples.jsonl")).arg("--out").arg(path("run")).assert().success();
    let verdicts = fs::read_to_string(path("run").join("verdicts.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for (case, line) in cases.iter().zip(verdicts.lines()) {
        let row: Json = serde_json::from_str(line).unwrap();
        if row["verdict"] != case.verdict().name() {
            wrong.push(format!("{}: {}", case.name, row["verdict"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
