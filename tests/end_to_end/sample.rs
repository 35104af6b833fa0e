//! `sample`: a checkpoint with random weights, and a server.

use std::{
    io::{Read, Write},
    net::TcpListener,
    path::Path,
};

use serde_json::{Value, json};

use crate::{
    random::Shape,
    support::{cache, tracewright},
};

/// A tiny checkpoint: random weights, a byte-level tokenizer without merges.
fn checkpoint(folder: &Path) {
    let shape = Shape {
        architecture: "LlamaForCausalLM",
        vocabulary: 260,
        hidden: 16,
        intermediate: 24,
        layers: 1,
        heads: 2,
        kv_heads: 1,
        head_dim: 8,
    };
    shape.write(folder, 3);
    let mut letters = serde_json::Map::new();
    letters.insert("</s>".to_owned(), 0.into());
    let mut next = 256;
    for byte in 0..=255_u8 {
        // GPT-2's letters for bytes.
        let letter = if matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..) {
            char::from(byte)
        } else {
            next += 1;
            char::from_u32(next - 1).unwrap()
        };
        letters.insert(letter.to_string(), (u32::from(byte) + 1).into());
    }
    let byte_level = json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true});
    let tokenizer = json!({
        "version": "1.0", "truncation": null, "padding": null, "normalizer": null, "post_processor": null,
        "added_tokens": [{"id": 0, "content": "</s>", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}],
        "pre_tokenizer": byte_level, "decoder": byte_level,
        "model": {"type": "BPE", "vocab": letters, "merges": []},
    });
    std::fs::write(folder.join("tokenizer.json"), tokenizer.to_string()).unwrap();
}

fn rows(path: &Path) -> Vec<Value> {
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Whether ONNX Runtime can be had.
fn has_runtime() -> bool {
    let found = tracewright::internals::model::Runtime::open(
        cache().path(),
        tracewright::internals::model::Device::Cpu,
        &mut |_| (),
    );
    if let Err(error) = &found {
        eprintln!("skipped: {error}");
    }
    found.is_ok()
}

#[test]
fn samples_do_not_depend_on_the_batch_and_can_be_scored() {
    if !has_runtime() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    std::fs::create_dir(&model).unwrap();
    checkpoint(&model);
    let sample = |out: &str, extra: &[&str]| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--model", "model", "--out", out]);
        command.args(["-n", "3", "--tasks", "4", "--shots", "0", "--max-new-tokens", "20", "--seed", "7"]).args(extra);
        command
    };
    sample("one.jsonl", &["--batch", "1", "--no-speculation"]).assert().success();
    let expected = std::fs::read(folder.path().join("one.jsonl")).unwrap();
    for (out, batch) in [("five.jsonl", "5"), ("twelve.jsonl", "12")] {
        sample(out, &["--batch", batch]).assert().success();
        assert_eq!(std::fs::read(folder.path().join(out)).unwrap(), expected, "{batch}");
    }
    let rows = rows(&folder.path().join("one.jsonl"));
    assert_eq!(rows.len(), 12);
    assert_eq!((&rows[4]["task_id"], &rows[4]["sample"]), (&rows[3]["task_id"], &json!(1)));
    assert_ne!(rows[3]["answer"], rows[4]["answer"]);

    // Stopped in the middle of a line: it goes on to the same bytes.
    let cut = expected.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(4).unwrap().0 + 30;
    std::fs::write(folder.path().join("cut.jsonl"), &expected[..cut]).unwrap();
    sample("cut.jsonl", &[]).assert().success();
    assert_eq!(std::fs::read(folder.path().join("cut.jsonl")).unwrap(), expected);

    // In another order, with a hole: it goes on to the same bytes.
    let lines: Vec<&[u8]> = expected.split_inclusive(|byte| *byte == b'\n').collect();
    let shuffled = [lines[7], lines[0], lines[11], lines[3]].concat();
    std::fs::write(folder.path().join("holes.jsonl"), shuffled).unwrap();
    sample("holes.jsonl", &[]).assert().success();
    assert_eq!(std::fs::read(folder.path().join("holes.jsonl")).unwrap(), expected);

    // Somebody else's file is left alone.
    std::fs::write(folder.path().join("notes.json"), "[1, 2, 3]").unwrap();
    sample("notes.json", &[]).assert().code(2);
    assert_eq!(std::fs::read(folder.path().join("notes.json")).unwrap(), b"[1, 2, 3]");

    // More samples a task go on; fewer are refused by name.
    std::fs::write(folder.path().join("more.jsonl"), &expected).unwrap();
    let more = |n: &str, out: &str| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--model", "model", "--out", out, "-n", n, "--tasks", "5"]);
        command.args(["--shots", "0", "--max-new-tokens", "20", "--seed", "7"]);
        command
    };
    more("5", "more.jsonl").assert().success();
    more("5", "afresh.jsonl").assert().success();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("more.jsonl"), read("afresh.jsonl"));
    let fewer = more("2", "more.jsonl").assert().code(2);
    let stderr = String::from_utf8_lossy(&fewer.get_output().stderr).into_owned();
    assert!(stderr.contains("more than was asked for"), "{stderr}");

    // Other parameters, another run.
    let other = sample("cut.jsonl", &["--temperature", "0.5"]).assert().code(2);
    assert!(
        String::from_utf8_lossy(&other.get_output().stderr)
            .contains("cut.jsonl:1: a sample of a run with other parameters")
    );
    sample("cut.jsonl", &["--temperature", "0.5", "--overwrite"]).assert().success();

    // What is too long is refused, and says so in its place.
    let refused = sample("long.jsonl", &["--context", "64"]).assert().success();
    assert!(String::from_utf8_lossy(&refused.get_output().stdout).contains("12 of them refused"));

    let scored = tracewright()
        .current_dir(folder.path())
        .args(["--json", "score", "--samples", "one.jsonl", "--allow-partial"])
        .assert()
        .success();
    let summary: Value = serde_json::from_slice(&scored.get_output().stdout).unwrap();
    assert_eq!((&summary["samples"], &summary["tasks"], &summary["faults"]), (&json!(12), &json!(4), &json!(0)));
}

/// A server that gives these answers (status and body) in order, one a connection; returns its address and the thread that ends with the
/// bodies of the requests.
pub(crate) fn serve(answers: Vec<(&'static str, Value)>) -> (String, std::thread::JoinHandle<Vec<Value>>) {
    serve_text(answers.into_iter().map(|(status, body)| (status, body.to_string())).collect())
}

/// A server like that of `serve`, with bodies that need not be JSON.
fn serve_text(answers: Vec<(&'static str, String)>) -> (String, std::thread::JoinHandle<Vec<Value>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut text = Vec::new();
            let mut buffer = vec![0; 65536];
            loop {
                let read = stream.read(&mut buffer).unwrap();
                text.extend_from_slice(&buffer[..read]);
                let seen = String::from_utf8_lossy(&text).into_owned();
                let Some((head, body)) = seen.split_once("\r\n\r\n") else { continue };
                let length = head
                    .lines()
                    .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
                if body.len() >= length.as_deref().unwrap_or("0").parse().unwrap() {
                    requests.push(serde_json::from_str(body).unwrap());
                    break;
                }
            }
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).unwrap();
        }
        requests
    });
    (address, thread)
}

fn answer() -> (&'static str, Value) {
    let content = "It is wrong.\n```python\ndef fixed():\n    return 1\n```\n";
    let message = json!({"role": "assistant", "content": content, "reasoning_content": "Let me see."});
    ("200 OK", json!({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}))
}

#[test]
fn a_servers_answers_are_read_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    // Two answers, then it refuses the key.
    let (address, server) =
        serve(vec![answer(), answer(), ("401 Unauthorized", json!({"error": {"message": "no such key"}}))]);
    let arguments = ["--out", "s.jsonl", "--tasks", "3", "--no-trace", "--batch", "1", "--top-k", "20"];
    let sample = |address: &str| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--model", &format!("{address}#tiny")]).args(arguments);
        command
    };
    let assert = sample(&address).assert().code(2);
    let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(stderr.contains("2 samples are kept") && stderr.contains("no such key"), "{stderr}");
    let path = folder.path().join("s.jsonl");
    let found = rows(&path);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["solution"], "def fixed():\n    return 1\n");
    assert_eq!((&found[0]["rationale"], &found[0]["reasoning"]), (&json!("It is wrong."), &json!("Let me see.")));
    let requests = server.join().unwrap();
    assert_eq!(
        (&requests[0]["temperature"], &requests[0]["top_p"], &requests[0]["top_k"]),
        (&json!(0.8), &json!(1.0), &json!(20))
    );
    assert!(requests[0].get("min_p").is_none());
}

#[test]
fn a_refused_prompt_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let long = || ("400 Bad Request", json!({"error": {"message": "too many tokens"}}));
    // The first is refused, the second answered, the third refused.
    let (address, server) = serve(vec![long(), answer(), long()]);
    let sample = |address: &str, out: &str| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["--json", "sample", "--model", &format!("{address}#tiny")]);
        command.args(["--out", out, "--tasks", "3", "--no-trace", "--batch", "1"]);
        command
    };
    let assert = sample(&address, "s.jsonl").assert().success();
    let summary: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_eq!((&summary["samples"], &summary["refused"]), (&json!(3), &json!(2)));
    server.join().unwrap();
    // In the order of the tasks, though the first refusal was written down late.
    let found = rows(&folder.path().join("s.jsonl"));
    let refused: Vec<bool> = found.iter().map(|row| row["finish"].as_str().unwrap().starts_with("refused: ")).collect();
    assert_eq!(refused, [true, false, true]);

    // Nothing but refusals: an option is wrong, not a prompt.
    let (address, server) = serve(vec![long(), long(), long()]);
    let assert = sample(&address, "none.jsonl").assert().code(2);
    let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(stderr.contains("gives no sample for any prompt") && stderr.contains("too many tokens"), "{stderr}");
    assert!(!folder.path().join("none.jsonl").exists());
    server.join().unwrap();
}

#[test]
fn an_answer_that_cannot_be_read_costs_its_sample_alone() {
    let folder = tempfile::tempdir().unwrap();
    let sample = |address: &str, out: &str, more: &[&str]| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["--json", "sample", "--model", &format!("{address}#tiny")]);
        command.args(["--out", out, "--no-trace", "--batch", "1", "--max-retries", "0"]).args(more);
        command
    };
    let good = || ("200 OK", answer().1.to_string());
    let odd = || {
        [
            ("200 OK", "<html>Please log in</html>".to_owned()),
            ("200 OK", String::new()),
            ("200 OK", r#"{"choices": [{"mess"#.to_owned()),
            ("200 OK", r#"{"weird": 1}"#.to_owned()),
            ("200 OK", r#"{"choices": [{"message": {"content": {"no": "text"}}}]}"#.to_owned()),
            ("500 Internal Server Error", "traceback".to_owned()),
        ]
    };
    // One at a time among good ones, the last of them last: in the middle and at the end.
    let answers: Vec<_> = odd().into_iter().flat_map(|odd| [good(), odd]).collect();
    let (address, server) = serve_text(answers);
    let assert = sample(&address, "s.jsonl", &["--tasks", "12"]).assert().success();
    let summary: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_eq!((&summary["samples"], &summary["refused"]), (&json!(12), &json!(6)));
    server.join().unwrap();
    for (index, row) in rows(&folder.path().join("s.jsonl")).iter().enumerate() {
        let finish = row["finish"].as_str().unwrap();
        assert_eq!(finish.starts_with("refused: ") && finish.contains("no completion came from"), index % 2 == 1);
    }

    // Nothing else from the start: the address is wrong, and nothing is written.
    let (address, server) = serve_text(odd()[..3].to_vec());
    let assert = sample(&address, "none.jsonl", &["--tasks", "12"]).assert().code(1);
    let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(stderr.contains("gives no sample for any prompt") && stderr.contains("0 samples are kept"), "{stderr}");
    server.join().unwrap();

    // Nothing else from some point on: what was not answered is asked for again by the same command.
    let (address, server) = serve_text([vec![good()], odd()[..3].to_vec()].concat());
    let assert = sample(&address, "rest.jsonl", &["--tasks", "5"]).assert().code(1);
    let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(stderr.contains("1 samples are kept; run the same command again"), "{stderr}");
    server.join().unwrap();
    assert_eq!(rows(&folder.path().join("rest.jsonl")).len(), 1);
}

#[test]
fn a_chat_template_that_cannot_be_used_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    let sample = |extra: &[&str]| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--model", "model", "--out", "s.jsonl", "--overwrite"]);
        command.args(["--tasks", "1", "--shots", "0", "--no-trace", "--max-new-tokens", "2"]).args(extra);
        command
    };
    for (file, content, said) in [
        (
            "tokenizer_config.json",
            r#"{"chat_template": [{"name": "tool_use", "template": "x"}]}"#,
            "(there are: tool_use)",
        ),
        ("tokenizer_config.json", r#"{"chat_template": 3}"#, "neither a string nor a list"),
        ("tokenizer_config.json", r#"{"chat_template": "{% if %}"}"#, "syntax error"),
        ("tokenizer_config.json", "{", "tokenizer_config.json:1: "),
        ("chat_template.json", r#"{"chat_template": {"docs": "x"}}"#, "(there are: docs)"),
        ("chat_template.jinja", "{{ messages", "chat_template.jinja:1: "),
        ("chat_template.jinja", "", "the chat template is empty"),
        ("additional_chat_templates/rag.jinja", "x", "(there are: rag)"),
    ] {
        std::fs::create_dir_all(model.join("additional_chat_templates")).unwrap();
        checkpoint(&model);
        std::fs::write(model.join(file), content).unwrap();
        let assert = sample(&[]).assert().code(2);
        let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(stderr.contains(said) && stderr.contains("--plain"), "{file}: {stderr}");
        if has_runtime() {
            sample(&["--plain"]).assert().success();
        }
        std::fs::remove_dir_all(&model).unwrap();
    }
}

#[test]
fn an_adapter_without_its_base_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let adapter = folder.path().join("adapter");
    std::fs::create_dir(&adapter).unwrap();
    let config = |changes: Value| {
        let mut config = json!({"peft_type": "LORA", "base_model_name_or_path": "base", "r": 4, "lora_alpha": 8});
        config.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        std::fs::write(adapter.join("adapter_config.json"), config.to_string()).unwrap();
    };
    let said = || {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--model", "adapter", "--out", "s.jsonl", "--tasks", "1"]);
        let assert = command.assert().code(2);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    };
    config(json!({}));
    let message = said();
    assert!(
        message.contains("adapter_config.json: `base_model_name_or_path` must be the folder of the base model"),
        "{message}"
    );
    // Found from the adapter's folder.
    std::fs::create_dir(adapter.join("base")).unwrap();
    checkpoint(&adapter.join("base"));
    for (changes, part) in [
        (json!({"peft_type": "IA3"}), "`peft_type` is \"IA3\""),
        (json!({"use_dora": true}), "`use_dora` is true"),
        (json!({"modules_to_save": ["lm_head"]}), "`modules_to_save`"),
        (json!({"bias": "all"}), "`bias` is \"all\""),
        (json!({"lora_alpha": 0}), "`lora_alpha` must be a number above 0"),
        (json!({"alpha_pattern": {"q_(proj|x)": 3}}), "`alpha_pattern`"),
        (json!({}), "adapter_model.safetensors"),
    ] {
        config(changes);
        let message = said();
        assert!(message.contains(part), "{part}: {message}");
    }
    std::fs::write(adapter.join("adapter_model.bin"), "").unwrap();
    assert!(said().contains("there is adapter_model.bin but no adapter_model.safetensors"));
}

#[test]
fn what_cannot_be_sampled_is_said() {
    let says = |arguments: &[&str], text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--out", "s.jsonl", "--no-trace"]).args(arguments);
        let assert = command.assert().code(2);
        let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(stderr.contains(text), "{stderr}");
    };
    says(&["--model", "http://127.0.0.1:1"], "name the server's model too");
    says(&["--model", "http://127.0.0.1:1#m", "--threads", "2"], "for models on this machine");
    says(&["--model", "http://127.0.0.1:1#m", "--extra", "[]"], "--extra: not a JSON object");
    says(&["--model", "nowhere", "--top-p", "0"], "top_p");
    says(&["--model", "nowhere", "-n", "0"], "-n and --batch begin at 1");
    says(&["--model", "nowhere", "--shots", "4"], "3");
    says(&["--model", "nowhere", "--template", "none.jinja"], "none.jinja");
    says(&["--model", "nowhere"], "nowhere/config.json");
}

#[test]
fn two_processes_do_not_write_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let sample = |address: &str| {
        let mut command = tracewright();
        command.current_dir(folder.path()).args(["sample", "--model", &format!("{address}#tiny"), "--out", "s.jsonl"]);
        command.args(["--tasks", "1", "--no-trace", "--batch", "1"]);
        command
    };
    let held = tracewright::internals::files::Lock::file(&folder.path().join("s.jsonl")).unwrap();
    let assert = sample("http://127.0.0.1:1").assert().code(2);
    let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(stderr.contains("s.jsonl is being written by another") && !folder.path().join("s.jsonl").exists());
    drop(held);
    let (address, server) = serve(vec![answer()]);
    sample(&address).assert().success();
    server.join().unwrap();
    // The other form of going on: another name of the server's model is another run, which is said.
    let assert = sample("http://127.0.0.1:1").assert().code(2);
    let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(stderr.contains("a sample of a run with other model:"), "{stderr}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
}
