//! Real model outputs against the verdicts recorded beside them.

use std::{collections::BTreeMap, io::BufReader, io::Read, path::Path};

use serde_json::Value;

use crate::support::{published_data, tracewright};

/// Every disagreement with the native verdicts there may be, with its cause.
const EXPLAINED: [(&str, &str, &str); 4] = [
    (
        "ldb-gpt-3.5-turbo-0613",
        "HumanEval/38",
        "the test calls encode_cyclic, which this candidate leaves out; here it comes from the task's prompt",
    ),
    ("ldb-gpt-3.5-turbo-0613", "HumanEval/50", "the same with encode_shift"),
    (
        "ldb-gpt-4-1106-preview",
        "HumanEval/129",
        "tries all paths: 15 seconds here, beyond the default fuel; passes with --fuel 500G",
    ),
    (
        "ldb-starcoder",
        "Mbpp/480",
        "takes the first of several letters in set order, which natively changes from run to run",
    ),
];

fn lines(path: &Path) -> Vec<Value> {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(BufReader::new(std::fs::File::open(path).unwrap()))
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn agrees(data: &Path, dataset: &str, file: &str, samples: usize) {
    let path = data.join("samples").join(file);
    let out = tempfile::tempdir().unwrap();
    // As the native verdicts were made: programs as they are.
    tracewright()
        .args(["score", "--dataset", dataset, "--sanitize", "never", "--allow-partial", "--data"])
        .arg(data)
        .arg("--samples")
        .arg(&path)
        .arg("--out")
        .arg(out.path())
        .assert()
        .success();
    let rows = std::fs::read_to_string(out.path().join("verdicts.jsonl")).unwrap();
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let native = lines(&path);
    assert_eq!((rows.len(), native.len()), (samples, samples));
    let model = Path::new(file).file_name().unwrap().to_str().unwrap().split(".jsonl").next().unwrap();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (row, native) in rows.iter().zip(&native) {
        let Some(expected) = native["native_passed"].as_bool() else { continue };
        let id = row["task_id"].as_str().unwrap();
        *kinds.entry(row["verdict"].to_string()).or_default() += 1;
        let explained = EXPLAINED.iter().any(|(of, task, _)| *of == model && *task == id);
        assert!((row["verdict"] == "pass") == expected || explained, "{file} {id}: {row}, natively {native}");
    }
    eprintln!("{file}: {kinds:?}");
}

#[test]
fn humanevalfix_samples_agree_with_native_verdicts() {
    let Some(data) = published_data("humanevalfix_samples_agree_with_native_verdicts") else { return };
    for model in ["codellama-13b-hf-lora-clean", "qwen2.5-coder-14b-instruct-lora-clean", "qwen3-14b-base-lora-clean"] {
        agrees(&data, "humanevalfix", &format!("humanevalfix/{model}.jsonl.gz"), 164);
    }
}

#[test]
fn humaneval_samples_agree_with_native_verdicts() {
    let Some(data) = published_data("humaneval_samples_agree_with_native_verdicts") else { return };
    for model in ["ldb-codellama", "ldb-gpt-3.5-turbo-0613"] {
        agrees(&data, "humaneval", &format!("humaneval/{model}.jsonl.gz"), 164);
    }
}

#[test]
fn mbpp_samples_agree_with_native_verdicts() {
    let Some(data) = published_data("mbpp_samples_agree_with_native_verdicts") else { return };
    agrees(&data, "mbpp:validation", "mbpp/dev-candidates.jsonl.gz", 1864);
    agrees(&data, "mbpp:test", "mbpp/ldb-gpt-3.5-turbo-0613.jsonl.gz", 500);
}

#[test]
fn published_datasets_are_sound() {
    let Some(data) = published_data("published_datasets_are_sound") else { return };
    let mut report = String::new();
    for dataset in ["humaneval", "humanevalfix", "humanevalplus-mini", "mbpp", "mbpp-sanitized", "cruxeval"] {
        let output = tracewright().args(["dataset", "verify", dataset, "--data"]).arg(&data).assert().success();
        report.push_str(&String::from_utf8_lossy(&output.get_output().stdout));
    }
    insta::assert_snapshot!(report);
}
