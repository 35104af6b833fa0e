"""Tokens per second against onnxruntime-genai and transformers: python generate.py DECODE_SPEED [27 100]

DECODE_SPEED is the benchmark's binary (`cargo bench --profile dev --bench decode_speed --no-run` names it). Needs torch, transformers, onnx and
onnxruntime-genai. One run writes each model once, with random weights, and has every program decode 64 tokens after a prompt of 128 on two
threads; the best of three rounds counts. Memory bandwidth and the speed of products are measured by torch before and after.
"""

import json
import subprocess
import sys
import tempfile
import time

import numpy
import onnxruntime_genai as genai
import tokenizers
import torch
import transformers

THREADS, PROMPT, STEPS, ROUNDS = 2, 128, 64, 3
SHAPES = {
    "27": {"num_hidden_layers": 12, "hidden_size": 384, "intermediate_size": 1024, "num_attention_heads": 6, "num_key_value_heads": 6},
    "100": {"num_hidden_layers": 14, "hidden_size": 768, "intermediate_size": 2048, "num_attention_heads": 12, "num_key_value_heads": 4},
}


def best(work):
    return min(work() for _ in range(ROUNDS))


def with_transformers(model, batch):
    tokens = torch.randint(0, model.config.vocab_size, (1, PROMPT)).repeat(batch, 1)

    def work():
        with torch.inference_mode():
            state = model(tokens, use_cache=True, logits_to_keep=1)
            cache, token = state.past_key_values, tokens[:, -1:]
            start = time.perf_counter()
            for _ in range(STEPS):
                state = model(token, past_key_values=cache, use_cache=True)
                cache = state.past_key_values
                token = state.logits[:, -1:].argmax(-1)
            return time.perf_counter() - start

    return batch * STEPS / best(work)


def with_genai(folder, batch):
    config = genai.Config(folder)
    model = genai.Model(config)
    tokens = numpy.random.default_rng(0).integers(0, 16384, PROMPT).astype(numpy.int32)

    def work():
        params = genai.GeneratorParams(model)
        params.set_search_options(max_length=PROMPT + STEPS + 1, min_length=PROMPT + STEPS + 1, do_sample=False, batch_size=batch)
        generator = genai.Generator(model, params)
        generator.append_tokens(numpy.tile(tokens, (batch, 1)))
        generator.generate_next_token()
        start = time.perf_counter()
        for _ in range(STEPS):
            generator.generate_next_token()
        return time.perf_counter() - start

    return batch * STEPS / best(work)


def machine():
    """Bytes a second read by two threads, and floating-point operations a second of a large product."""
    a = torch.rand(1 << 28)
    read = best(lambda: timed(lambda: a.sum()))
    b = torch.rand(2048, 2048)
    product = best(lambda: timed(lambda: b @ b))
    return a.numel() * 4 / read, 2 * 2048**3 / product


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    binary, sizes = sys.argv[1], sys.argv[2:] or list(SHAPES)
    torch.set_num_threads(THREADS)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            config = transformers.LlamaConfig(
                vocab_size=16384, max_position_embeddings=4096, rms_norm_eps=1e-5, tie_word_embeddings=True, bos_token_id=1,
                eos_token_id=2, **SHAPES[size],
            )
            torch.manual_seed(1)
            model = transformers.LlamaForCausalLM(config).eval()
            model.save_pretrained(folder)
            vocabulary = {f"t{i}": i for i in range(16384)}
            tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="t0"))
            transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="t0", bos_token="t1", eos_token="t2", pad_token="t2").save_pretrained(folder)
            exported = folder + "/genai"
            build = [sys.executable, "-m", "onnxruntime_genai.models.builder", "-i", folder, "-o", exported, "-p", "fp32", "-e", "cpu"]
            subprocess.run([*build, "-c", folder + "/cache"], check=True, stdout=subprocess.DEVNULL)
            path = exported + "/genai_config.json"
            settings = json.load(open(path))
            settings["model"]["decoder"]["session_options"].update(intra_op_num_threads=THREADS, inter_op_num_threads=1)
            json.dump(settings, open(path, "w"))
            before = machine()
            ours = json.loads(subprocess.run([binary, folder, "--threads", str(THREADS), "--json"], capture_output=True, check=True, text=True).stdout)
            # The better of both, as the machine's speed changes.
            bandwidth, peak = map(max, before, machine())
            parameters = sum(p.numel() for p in model.parameters())
            print(f"{parameters / 1e6:.1f} M parameters; read {bandwidth / 1e9:.1f} GB/s, product {peak / 1e9:.0f} GFLOP/s")
            for batch in map(int, ours):
                mine = ours[str(batch)]
                others = with_genai(exported, batch), with_transformers(model, batch)
                print(
                    f"batch {batch:2}: tracewright {mine['decode']:6.0f}, genai {others[0]:6.0f} ({mine['decode'] / others[0]:.2f}), "
                    f"transformers {others[1]:6.0f} ({mine['decode'] / others[1]:.2f}); repair {mine['repair']:6.0f}, "
                    f"with prompt lookup {mine['repair_with_lookup']:6.0f} ({mine['repair_with_lookup'] / mine['repair']:.2f})"
                )
            one = ours["1"]
            # The embedding is looked up, and as output layer multiplied for one token of the prompt only.
            multiplied = parameters - config.vocab_size * config.hidden_size
            print(
                f"share of bandwidth at batch 1: {one['decode'] * parameters * 4 / bandwidth:.2f}; "
                f"of the product's speed in prefill: {2 * multiplied * one['prefill'] / peak:.2f}"
            )


main()
