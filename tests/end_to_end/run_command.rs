//! `run`: one untrusted program.

use serde_json::Value;

use crate::support::tracewright;

pub(crate) fn run(program: &str, arguments: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("program.py");
    std::fs::write(&file, program).unwrap();
    let output = tracewright().args(["--json", "run"]).arg(&file).args(arguments).assert().success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

#[test]
fn reports_output_and_use() {
    let report = run("import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint(__name__, sys.argv)", &[]);
    assert_eq!(report["status"], "ok");
    assert_eq!(report["stdout"]["text"], "out\n__main__ ['program.py']\n");
    assert_eq!(report["stderr"]["text"], "err\n");
    assert!(report["fuel"].as_u64().unwrap() > 0 && report["peak_memory"].as_u64().unwrap() > 1 << 20);
}

#[test]
fn reports_how_a_program_failed() {
    let report = run("def f():\n    return 1 / 0\nf()\n", &[]);
    assert_eq!(report["status"], "ZeroDivisionError");
    assert!(report["error"].as_str().unwrap().contains("File \"program.py\", line 2, in f"), "{report}");
    assert_eq!(run("while True: pass", &["--fuel", "1G"])["status"], "OutOfFuel");
    assert_eq!(run("x = [bytearray(10**7) for _ in range(100)]", &["--memory", "128"])["status"], "MemoryError");
    assert_eq!(run("raise SystemExit(3)", &[])["status"], "SystemExit");
    assert_eq!(run("raise SystemExit(0)", &[])["status"], "ok");
    assert_eq!(run("def", &[])["status"], "SyntaxError");
    assert_eq!(run("input()", &[])["status"], "EOFError");
}

#[test]
fn reads_standard_input_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.txt");
    std::fs::write(&input, "4\n5\n").unwrap();
    let report = run("print(int(input()) * int(input()))", &["--stdin", input.to_str().unwrap()]);
    assert_eq!(report["stdout"]["text"], "20\n");
}

#[test]
fn nothing_a_program_prints_drives_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("program.py");
    std::fs::write(
        &file,
        "import os\nprint('\\x1b[31mred\\x07')\nos.write(1, b'\\xff\\x9b')\nraise ValueError('\\x1b]0;title\\x07')",
    )
    .unwrap();
    let output = tracewright().arg("run").arg(&file).assert().success();
    let output = output.get_output();
    for stream in [&output.stdout, &output.stderr] {
        assert!(
            !stream.iter().any(|byte| *byte == 0x1B || *byte == 0x07 || *byte == 0x9B),
            "{}",
            String::from_utf8_lossy(stream)
        );
    }
    assert!(String::from_utf8_lossy(&output.stdout).contains("\\u{1b}[31mred\\u{7}"));
}

#[test]
fn floods_are_cut_and_counted() {
    let report = run("print('x' * 10**6)", &["--output", "1K"]);
    assert_eq!(report["stdout"]["bytes"], 1_000_001);
    assert_eq!(report["stdout"]["truncated"], true);
    assert_eq!(report["stdout"]["text"].as_str().unwrap().len(), 1000);
}
