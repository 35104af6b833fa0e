//! The page that steps through a trace: written by the binary, opened in a browser where there is one.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use predicates::prelude::*;

use crate::support::tracewright;

/// A program of hostile text, of more steps than the page keeps in one piece, that fails in a function.
const HOSTILE: &str = r#"seen = {}

def note(key, value):
    seen[key] = value
    return len(seen)

for i in range(300):
    note(i % 3, i)

evil = "</script><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\"><!-- @NONCE@"

def fail(text):
    raise ValueError(text)

fail(evil)
"#;

/// A document that drives the page in its frame as a reader does, and notes the steps it shows.
const DRIVER: &str = r#"<!DOCTYPE html><iframe id="page" src="page.html" width="390" height="844"></iframe><pre id="log"></pre><script>
document.getElementById("page").addEventListener("load", ({ target: { contentDocument: page } }) => {
  const $ = (id) => page.getElementById(id);
  const log = (what) => { document.getElementById("log").textContent += `${what}: ${$("step").textContent}\n`; };
  const press = (key, shiftKey = false) => {
    page.body.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
    log((shiftKey ? "Shift " : "") + key);
  };
  const click = (id) => { $(id).click(); log(id); };
  const row = (number) => page.querySelector(`[data-row="${number}"]`);
  const slide = (step) => { $("slider").value = step; $("slider").dispatchEvent(new Event("input")); };
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"]) press(key);
  for (const id of ["last", "previous", "first", "next"]) click(id);
  row(8).click(); log("line 8");
  row(8).click(); log("line 8");
  row(8).dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true })); log("line 8 back");
  press("ArrowDown"); press("ArrowUp"); press("ArrowUp");
  press("Home"); press("ArrowRight"); press("ArrowRight"); press("ArrowRight", true); press("ArrowLeft", true);
  press(" "); log($("play").ariaLabel); press(" "); log($("play").ariaLabel);
  const steps = Number($("slider").max);
  const shown = [];
  const state = () => $("what").textContent + $("frames").textContent + page.querySelector(".current").dataset.row;
  for (let step = 1; step <= steps; step += 1) { slide(step); shown.push(state()); }
  let same = 0;
  for (let at = 0, step = steps; at < steps; at += 1, step = (step * 7 + 3) % steps + 1) { slide(step); same += shown[step - 1] === state(); }
  document.getElementById("log").textContent += `same: ${same === steps}\n`;
});
</script>"#;

/// Writes the page of a trace.
fn page(arguments: &[&str], path: &Path) {
    let written = predicate::str::starts_with("wrote ").and(predicate::str::ends_with(" steps\n"));
    tracewright().arg("trace").args(arguments).arg("--html").arg(path).assert().success().stdout("").stderr(written);
}

/// The document as a browser has it after the page's script; nothing where there is no browser.
fn opened(test: &str, path: &Path, fragment: &str) -> Option<String> {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--allow-file-access-from-files"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}{fragment}", path.display()))
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        eprintln!("skipped {test}: no chromium");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let console: Vec<&str> = errors.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(console.is_empty(), "{console:#?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The text of the element with this identity, its tags left out.
fn text_of(document: &str, id: &str) -> String {
    let (_, rest) = document.split_once(&format!("id=\"{id}\"")).unwrap();
    let tag = document[..document.len() - rest.len()].rsplit_once('<').unwrap().1.split(' ').next().unwrap();
    let (element, _) = rest.split_once(&format!("</{tag}>")).unwrap();
    let tags_out = element.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    tags_out.collect::<String>().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The row that is marked as current, and its code.
fn current(document: &str) -> &str {
    assert_eq!(document.matches("aria-current=\"step\"").count(), 1);
    let row = document.split("<li ").find(|row| row.contains("aria-current=\"step\"")).unwrap();
    row.split_once("data-row=\"").unwrap().1.split_once('"').unwrap().0
}

#[test]
fn html_shows_a_step_of_a_bundled_task() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    page(&["-d", "mini", "-t", "mini/undo-pad"], &path);
    let Some(document) = opened("html_shows_a_step_of_a_bundled_task", &path, "#step=12") else { return };
    assert_eq!(text_of(&document, "title"), "mini/undo-pad");
    assert_eq!(text_of(&document, "step"), "Step 12 of 48");
    assert_eq!(text_of(&document, "what"), "Line 4 ran: self = Pad(text='', past=[])");
    assert_eq!(current(&document), "4");
    assert!(text_of(&document, "end").starts_with("Failed: AssertionError"));
    let (_, frames) = document.split_once("id=\"frames\"").unwrap();
    for shown in ["__init__</code><span> line 4", "run_pad</code><span> line 23", "&lt;module&gt;</code><span> line 35"]
    {
        assert!(frames.contains(shown), "{shown}: {frames}");
    }
    assert!(frames.contains("<tr class=\"changed\"><th scope=\"row\">self</th>"), "{frames}");
    let failing = document.split("<li ").skip(1).find(|row| row.contains("failing")).unwrap();
    assert!(failing.contains("data-row=\"35\"") && failing.contains("failed here"), "{failing}");
}

#[test]
fn html_runs_nothing_of_a_hostile_program() {
    let folder = tempfile::tempdir().unwrap();
    let (program, path) = (folder.path().join("hostile.py"), folder.path().join("page.html"));
    std::fs::write(&program, HOSTILE).unwrap();
    page(&["--program", program.to_str().unwrap()], &path);
    let Some(document) = opened("html_runs_nothing_of_a_hostile_program", &path, "#step=100000&comments=1") else {
        return;
    };
    let (head, _) = document.split_once("</head>").unwrap();
    assert!(head.contains("hostile.py</title>"), "{head}");
    assert!(!document.contains("<img") && document.matches("<script").count() == 2);
    assert!(text_of(&document, "what").starts_with("<module> is left by ValueError("));
    assert!(text_of(&document, "rows").contains("# (0) seen={};"));
    // A global that a function changed is the module's.
    assert!(text_of(&document, "frames").contains("seen{0: 297, 1: 298, 2: 299}"));
}

#[test]
fn html_answers_keys_and_clicks() {
    let folder = tempfile::tempdir().unwrap();
    let (program, driver) = (folder.path().join("hostile.py"), folder.path().join("driver.html"));
    std::fs::write(&program, HOSTILE).unwrap();
    std::fs::write(&driver, DRIVER).unwrap();
    page(&["--program", program.to_str().unwrap()], &folder.path().join("page.html"));
    let Some(document) = opened("html_answers_keys_and_clicks", &driver, "") else { return };
    insta::assert_snapshot!(text_of(&document, "log"));
}

#[test]
fn html_chooses_between_tests_that_fail() {
    let folder = tempfile::tempdir().unwrap();
    let (program, path) = (folder.path().join("wrong.py"), folder.path().join("page.html"));
    std::fs::write(&program, "def run_pad(commands):\n    return 0\n").unwrap();
    page(&["-d", "mini", "-t", "mini/undo-pad", "--all-failing", "--program", program.to_str().unwrap()], &path);
    let Some(document) = opened("html_chooses_between_tests_that_fail", &path, "#step=3&trace=2") else { return };
    let choices = text_of(&document, "trace");
    assert!(choices.starts_with("1. assert run_pad(") && choices.contains("2. assert run_pad("), "{choices}");
    assert_eq!(text_of(&document, "what"), "run_pad returns 0");
}

#[test]
fn html_says_what_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program.py");
    std::fs::write(&program, "x = 1\n").unwrap();
    let missing = folder.path().join("none/page.html");
    for path in [missing.as_path(), folder.path()] {
        let named = predicate::str::contains(format!("cannot write {}", path.display()));
        let mut command = tracewright();
        command.args(["trace", "--program"]).arg(&program).arg("--html").arg(path);
        command.assert().code(2).stdout("").stderr(named);
    }
    let unasked = ["trace", "-d", "mini", "--html", "x.html"];
    tracewright().args(unasked).assert().code(2).stderr(predicate::str::contains("--html needs --task"));
}
