//! `score --audit`: what candidates tried is reported, and changes no verdict.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::tracewright;

/// The thing that is tried, in a correct program for the first bundled task, and the finding that names it.
const TRIED: [(&str, &str); 9] = [
    ("", ""),
    ("import sys\nsys._getframe(0)\n", "frames: sys._getframe"),
    ("import inspect\ninspect.currentframe()\ninspect.stack()\n", "frames: sys._getframe"),
    ("import gc\ngc.get_objects()\n", "garbage collector: gc.get_objects"),
    ("import builtins\nbuiltins.abs = lambda x: x\n", "patched: builtins.abs"),
    ("import sys\nsys.stdout = None\n", "patched: sys.stdout"),
    ("try:\n    open('/etc/passwd')\nexcept OSError:\n    pass\n", "files: open"),
    ("print('x' * (2 << 20))\n", "output: flooded"),
    ("try:\n    import tracewright_guest\nexcept ImportError:\n    pass\n", "harness: import tracewright_guest"),
];

#[test]
fn what_was_tried_is_named_and_no_verdict_changes() {
    let folder = tempfile::tempdir().unwrap();
    let task: Value = serde_json::from_str(
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/benchmarks/mini/tasks.jsonl"))
            .unwrap()
            .lines()
            .next()
            .unwrap(),
    )
    .unwrap();
    let (id, reference) = (&task["task_id"], task["reference"].as_str().unwrap());
    let mut programs: Vec<String> = TRIED.iter().map(|(tried, _)| format!("{tried}{reference}")).collect();
    programs.push(format!("{reference}\nraise SystemExit(0)\n"));
    programs.push(format!("def {}(*a):\n    return object()\n", task["entry_point"].as_str().unwrap()));
    let lines: String = programs
        .iter()
        .map(|program| format!("{}\n", serde_json::json!({"task_id": id, "solution": program})))
        .collect();
    let samples = folder.path().join("samples.jsonl");
    std::fs::write(&samples, lines).unwrap();

    let rows = |audit: bool| -> Vec<Value> {
        let out = folder.path().join(if audit { "audited" } else { "plain" });
        let mut command = tracewright();
        command.args(["score", "--allow-partial", "--samples"]).arg(&samples).arg("--out").arg(&out);
        if audit {
            command.arg("--audit");
        }
        command.assert().success();
        let text = std::fs::read_to_string(out.join("verdicts.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let mut audited = rows(true);
    let findings: Vec<Vec<String>> = audited
        .iter()
        .map(|row| serde_json::from_value(row.get("audit").cloned().unwrap_or_default()).unwrap_or_default())
        .collect();
    for ((tried, finding), found) in TRIED.iter().zip(&findings) {
        if finding.is_empty() {
            assert!(found.is_empty(), "{found:?}");
        } else {
            assert!(found.iter().any(|f| f == finding), "{tried}: {found:?}");
        }
    }
    assert_eq!(findings[9], ["exit: SystemExit"]);
    assert_eq!(findings[10], ["value: the value returned is not plain data: object"]);
    for row in &mut audited {
        row.as_object_mut().unwrap().remove("audit");
    }
    assert_eq!(audited, rows(false));

    let summary: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("audited/summary.json")).unwrap()).unwrap();
    let counts: BTreeMap<String, u64> = serde_json::from_value(summary["audit"].clone()).unwrap();
    assert_eq!((counts["frames"], counts["patched"], counts["exit"]), (2, 2, 1));
}
