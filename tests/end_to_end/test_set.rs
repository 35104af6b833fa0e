//! `next` on its test set: every iteration, both kinds of prompt, proxies.

use std::{fs, path::Path};

use serde_json::Value;

use crate::next::{configuration, next};

#[test]
fn the_test_set_is_scored_in_every_way_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiny/base");
    let more = format!(
        "[data]\ntest_tasks = 3\n[evaluation]\ntest_n = 3\ntest_each = true\ntest_both = true\nproxies = [\"{}\"]\nk = [1, 3]\n",
        base.display()
    );
    let config = configuration(folder.path(), &more);
    let out = folder.path().join("run");
    let output = next("", &config, &out).args(["--seed", "5"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    for line in ["pass@3", "other prompts: pass@1", "proxy 0: pass@3"] {
        assert!(said.contains(line), "{said}");
    }
    let summary: Value = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    let test = &summary["test"];
    let iterations = test["iterations"].as_array().unwrap();
    assert_eq!(iterations.len(), 2);
    let best = usize::try_from(summary["best"].as_u64().unwrap()).unwrap();
    assert_eq!(test["best"], if best == 0 { test["base"].clone() } else { iterations[best - 1].clone() });
    let ways =
        [&test["base"], &iterations[0], &iterations[1], &test["other_prompts"]["base"], &test["proxies"][0]["base"]];
    for scores in ways {
        // Every figure is that of a folder with its samples.
        let place = out.join(scores["folder"].as_str().unwrap());
        let verdicts = fs::read_to_string(place.join("verdicts/verdicts.jsonl")).unwrap();
        let passing = verdicts.lines().filter(|line| line.contains("\"verdict\":\"pass\",\"visible\"")).count();
        assert_eq!((scores["samples"].as_u64(), verdicts.lines().count()), (Some(9), 9));
        assert_eq!(scores["passing"], passing);
        assert!(scores["pass_at_k"]["3"]["value"].is_number());
    }
    let manifest: Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!((&manifest["config"]["seed"], manifest["proxies"].as_array().unwrap().len()), (&5.into(), 1));
    // Dev has its own number of samples, and chose as without all this.
    assert_eq!(summary["base"]["samples"], 8);
    // Another seed is another run.
    let other = next("", &config, &out).output().unwrap();
    assert_eq!(other.status.code(), Some(2));
}
