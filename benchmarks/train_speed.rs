//! Tokens per second of training models of two sizes, 512 tokens an example. `benchmarks/train.py` runs it beside `PyTorch`.

#![expect(clippy::unwrap_used, reason = "a panic is a report")]

use std::fs;

use tracewright::internals::{
    model::Checkpoint,
    train::{Device, Example, Job, Options, Progress, StepMetrics, init, train},
};

struct Print;

impl Progress for Print {
    fn step(&mut self, metrics: &StepMetrics) {
        let StepMetrics { step, loss, tokens, timing, .. } = metrics;
        println!("  step {step}: loss {loss:.4}, {tokens} tokens, {:.0} tokens/s", timing.tokens_per_second);
    }
}

fn main() {
    for (hidden, intermediate, layers, heads, kv) in [(256, 688, 6, 4, 4), (512, 1376, 8, 8, 4)] {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let config = serde_json::json!({
            "architectures": ["LlamaForCausalLM"], "vocab_size": 4096, "hidden_size": hidden, "intermediate_size": intermediate,
            "num_hidden_layers": layers, "num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": true,
            "max_position_embeddings": 2048,
        });
        fs::write(at("config.json"), config.to_string()).unwrap();
        init(&at("config.json"), b"{}", &at("start"), 0).unwrap();
        let checkpoint = Checkpoint::open(&at("start")).unwrap();
        for batch in [1, 4] {
            println!("hidden {hidden}, {layers} blocks, {batch} examples of 512 a step");
            let tokens = |i: u32| (0..513).map(|k| (i * 7919 + k * k * 31 + k) % 4096).collect::<Vec<_>>();
            let examples = (0..6 * batch).map(|i| Example::new(vec![], tokens(i))).collect::<Vec<_>>();
            let options = Options {
                batch: batch as usize,
                epochs: 1,
                row: 512,
                learning_rate: 1e-4,
                save_every: 1000,
                ..Options::default()
            };
            let run = at(&format!("run{batch}"));
            let out = at(&format!("out{batch}"));
            let job = Job {
                checkpoint: &checkpoint,
                examples: &examples,
                dev: &[],
                options: &options,
                run: &run,
                out: &out,
                device: Device::flex(),
            };
            train(&job, &mut Print).unwrap();
        }
    }
}
