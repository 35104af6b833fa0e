//! `proxy`: fixes to rationales, by checkpoints and by servers.

use std::{fs, path::Path};

use serde_json::Value;

#[test]
fn proxies_write_fixes_to_rationales() {
    let folder = tempfile::tempdir().unwrap();
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiny");
    let (base, template) = (tiny.join("base").display().to_string(), tiny.join("prompt.jinja").display().to_string());
    let dataset = folder.path().join("tasks.jsonl");
    let tasks: String = fs::read_to_string(tiny.join("dev.jsonl")).unwrap().split_inclusive('\n').take(3).collect();
    fs::write(&dataset, tasks).unwrap();
    let dataset = dataset.display().to_string();
    let run = |arguments: &[&str]| {
        let output =
            crate::support::tracewright().current_dir(folder.path()).arg("--json").args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).unwrap_or_default(), said)
    };
    let shared = ["-d", &dataset, "-m", &base, "--shots", "0", "--template", &template, "--max-new-tokens", "160"];
    let (code, _, said) = run(&[&["sample", "-n", "2", "-o", "s.jsonl"], &shared[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    let proxy = [&["proxy", "-s", "s.jsonl", "-m", &base, "--k", "1,2", "-o", "por"], &shared[..]].concat();
    let (code, first, said) = run(&proxy);
    assert_eq!(code, Some(0), "{said}");
    // The same model twice: the same fixes, and their mean.
    assert_eq!(first["proxies"][0]["summary"]["pass_at_k"], first["proxies"][1]["summary"]["pass_at_k"]);
    assert_eq!(first["mean"]["1"], first["proxies"][0]["summary"]["pass_at_k"]["1"]["value"]);
    let fixes = fs::read_to_string(folder.path().join("por/proxy-0/fixes.jsonl")).unwrap();
    assert_eq!(fixes.lines().count(), 6);
    let rationale = |line: &str| serde_json::from_str::<Value>(line).unwrap()["answer"].as_str().unwrap().to_owned();
    let samples = fs::read_to_string(folder.path().join("s.jsonl")).unwrap();
    for (fix, sample) in fixes.lines().zip(samples.lines()) {
        let said: Value = serde_json::from_str(sample).unwrap();
        let said = said["rationale"].as_str().unwrap().trim();
        assert!(rationale(fix).starts_with(said.split(". ").next().unwrap()), "{fix}\n{said}");
    }
    let (_, again, _) = run(&proxy);
    assert_eq!(again["mean"], first["mean"]);
    fs::write(folder.path().join("bare.jsonl"), "{\"task_id\": \"synth/2/dev/0\", \"solution\": \"pass\"}\n").unwrap();
    let (code, _, said) = run(&["proxy", "-d", &dataset, "-s", "bare.jsonl", "-m", &base, "-o", "other"]);
    assert!(code == Some(2) && said.contains("no `rationale`"), "{said}");
}

/// Whether tasks without rationales count is said, and asked for.
#[test]
fn tasks_without_rationales_are_left_out_where_asked() {
    let folder = tempfile::tempdir().unwrap();
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiny");
    let path = |name: &str| tiny.join(name).display().to_string();
    let (dataset, base, template) = (path("test.jsonl"), path("base"), path("prompt.jinja"));
    let shared = ["-d", &dataset, "-m", &base, "--shots", "0", "--template", &template];
    let run = |arguments: &[&[&str]]| {
        let arguments = [&arguments.concat(), &shared[..]].concat();
        let output = crate::support::tracewright().current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&[&["sample", "--tasks", "12", "--temperature", "0", "-o", "s.jsonl"]]);
    let proxy = ["proxy", "-s", "s.jsonl", "--k", "1"];
    let (all, partial) = (run(&[&proxy, &["-o", "all"]]), run(&[&proxy, &["-o", "partial", "--allow-partial"]]));
    assert!(all.contains("488 of 500 tasks have no rationale and count as unsolved"), "{all}");
    assert!(partial.contains("488 of 500 tasks have no rationale and are left out"), "{partial}");
    let share = |text: &str| -> f64 {
        let rest = text.split_once("pass@1").unwrap().1;
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    // Printed with one decimal.
    assert!((share(&all) - share(&partial) * 12.0 / 500.0).abs() < 0.1, "{all}{partial}");
    assert!(share(&partial) > 0.0, "nothing to tell by: {partial}");
}

/// A server goes on from the rationale, whose code is taken out; what it adds is the fix.
#[test]
fn servers_go_on_from_a_rationale() {
    let folder = tempfile::tempdir().unwrap();
    let dev = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiny/dev.jsonl");
    let text = fs::read_to_string(&dev).unwrap();
    let task: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let reference = task["reference"].as_str().unwrap();
    let row = serde_json::json!({
        "task_id": task["task_id"], "solution": "pass",
        "rationale": "The sum begins too high.\n```python\nleaked = 1\n```\nIt must begin at 0.",
    });
    fs::write(folder.path().join("tasks.jsonl"), text.lines().next().unwrap()).unwrap();
    fs::write(folder.path().join("s.jsonl"), row.to_string()).unwrap();
    let answer = serde_json::json!({"choices": [{"index": 0, "text": reference, "finish_reason": "stop"}]});
    let (address, server) = crate::sample::serve(vec![("200 OK", answer)]);
    let output = crate::support::tracewright()
        .current_dir(folder.path())
        .args([
            "--json",
            "proxy",
            "-d",
            "tasks.jsonl",
            "-s",
            "s.jsonl",
            "--k",
            "1",
            "-o",
            "por",
            "-m",
            &format!("{address}#tiny"),
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["mean"]["1"], 1.0);
    let request = &server.join().unwrap()[0];
    let prompt = request["prompt"].as_str().unwrap();
    assert!(prompt.trim_end().ends_with("It must begin at 0.\n\n```python") && !prompt.contains("leaked"), "{prompt}");
    assert_eq!(request["temperature"], 0.0);
    assert!(request["stop"].as_array().unwrap().iter().any(|stop| stop == "\n```"), "{request}");
}
