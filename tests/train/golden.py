"""Writes golden.json: what PyTorch makes of three steps of training the checkpoints of tests/models/fixtures.

    pip install torch transformers safetensors
    python golden.py

For each checkpoint the losses and gradient norms of three steps of `torch.optim.AdamW`, and the logits after them, in 32 bits on the
processor. Examples are run one by one, so that nothing of packing is in the reference.
"""

import json
import pathlib
import random

import torch
import transformers

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "models" / "fixtures"
MODELS = ["llama", "llama-tied", "llama-biases", "llama-llama3", "llama-yarn", "mistral", "qwen2", "qwen3", "qwen3-bias"]
RATE, DECAY, CLIP, BETAS, EPSILON = 3e-3, 0.1, 0.5, (0.9, 0.99), 1e-8
STEPS = 3


def examples(generator):
    def tokens(count):
        return [generator.randrange(40) for _ in range(count)]

    shapes = [(5, 4), (0, 6), (9, 1), (1, 1), (3, 12), (7, 3), (2, 8), (12, 12), (4, 2)]
    return [
        {"prompt": tokens(p), "completion": tokens(c), "weight": [1.0, 0.5, 2.0][i % 3]} for i, (p, c) in enumerate(shapes)
    ]


def loss_of(model, example):
    tokens = torch.tensor([example["prompt"] + example["completion"]])
    logits = model(input_ids=tokens[:, :-1]).logits[0]
    first = max(len(example["prompt"]), 1)
    losses = torch.nn.functional.cross_entropy(logits[first - 1 :], tokens[0, first:], reduction="sum")
    return losses * example["weight"], example["weight"] * (tokens.shape[1] - first)


def run(name, data):
    # Weights stored in 16 bits are trained in 32.
    model = transformers.AutoModelForCausalLM.from_pretrained(FIXTURES / name, dtype=torch.float32, attn_implementation="eager")
    model.train()
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim == 1]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=BETAS, eps=EPSILON)
    losses, norms = [], []
    for _ in range(STEPS):
        parts = [loss_of(model, example) for example in data]
        loss = sum(part[0] for part in parts) / sum(part[1] for part in parts)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([list(range(8))])).logits[0, -1]
    return {"losses": losses, "norms": norms, "logits": [round(value, 6) for value in logits.tolist()]}


data = examples(random.Random(7))
golden = {
    "options": {
        "learning_rate": RATE, "weight_decay": DECAY, "clip": CLIP, "beta1": BETAS[0], "beta2": BETAS[1], "epsilon": EPSILON,
        "final_share": 1.0, "batch": len(data), "epochs": STEPS,
    },
    "examples": data,
    "models": {name: run(name, data) for name in MODELS},
}
(HERE / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
