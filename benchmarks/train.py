"""Training tokens per second against PyTorch: python train.py TRAIN_SPEED

TRAIN_SPEED is the benchmark's binary (`cargo bench --profile dev --bench train_speed --no-run` names it). Needs torch and transformers. The same two
models with random weights, examples of 512 tokens, one and four a step, AdamW in 32 bits, two threads; the programs take turns for three rounds
and the best step of each counts. The speed of a large product is measured by torch before and after.
"""

import collections
import re
import subprocess
import sys
import time

import torch
import transformers

torch.set_num_threads(2)
SHAPES = {256: (688, 6, 4, 4), 512: (1376, 8, 8, 4)}


def product():
    a = torch.rand(2048, 2048)
    a @ a
    start = time.perf_counter()
    for _ in range(3):
        a @ a
    return 3 * 2 * 2048**3 / (time.perf_counter() - start)


def with_torch(hidden, rows, steps=4):
    intermediate, layers, heads, kv = SHAPES[hidden]
    config = transformers.LlamaConfig(
        vocab_size=4096, hidden_size=hidden, intermediate_size=intermediate, num_hidden_layers=layers, num_attention_heads=heads,
        num_key_value_heads=kv, max_position_embeddings=2048, tie_word_embeddings=True,
    )
    model = transformers.LlamaForCausalLM(config).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    tokens = torch.randint(0, 4096, (rows, 513))
    best = 0.0
    for _ in range(steps):
        start = time.perf_counter()
        model(input_ids=tokens, labels=tokens).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        best = max(best, rows * 512 / (time.perf_counter() - start))
    return best, sum(parameter.numel() for parameter in model.parameters())


def with_tracewright(binary):
    best = collections.defaultdict(float)
    for line in subprocess.run([binary, "--bench"], capture_output=True, text=True, check=True).stdout.splitlines():
        if found := re.match(r"hidden (\d+), \d+ blocks, (\d+) examples", line):
            key = (int(found[1]), int(found[2]))
        elif found := re.search(r"(\d+) tokens/s", line):
            best[key] = max(best[key], float(found[1]))
    return best


def main():
    ours, theirs, sizes = collections.defaultdict(float), collections.defaultdict(float), {}
    peak = product()
    for _ in range(3):
        for key, speed in with_tracewright(sys.argv[1]).items():
            ours[key] = max(ours[key], speed)
        for hidden in SHAPES:
            for rows in (1, 4):
                speed, sizes[hidden] = with_torch(hidden, rows)
                theirs[hidden, rows] = max(theirs[hidden, rows], speed)
    peak = max(peak, product())
    print(f"a product of 2048 by 2048: {peak / 1e9:.0f} GFLOP/s")
    for (hidden, rows), speed in ours.items():
        share = 6 * sizes[hidden] * speed / peak
        other = theirs[hidden, rows]
        print(f"{sizes[hidden] / 1e6:.1f} M, {rows} examples: {speed:.0f} tokens/s, torch {other:.0f}, ratio {speed / other:.2f}, {share:.2f} of the product's speed")


main()
