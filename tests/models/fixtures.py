"""Writes the checkpoints under fixtures/ and what transformers computes for them.

    pip install torch transformers safetensors
    python fixtures.py [NAME ...]

Each is a tiny model with random weights, of one architecture or with one option; `golden.safetensors` beside it holds tokens and the
logits after each of them, in 32 bits on the processor.

`exported/model.onnx` is the model `llama` as optimum-onnx 0.1.0 exported it:

    optimum-cli export onnx --model fixtures/llama --task text-generation-with-past exported

and merge.py makes `exported/decoder_model_merged.onnx` of it.
"""

import json
import pathlib
import shutil
import sys

import torch
import transformers
from safetensors.torch import save_file

FIXTURES = pathlib.Path(__file__).parent / "fixtures"
VOCABULARY, TOKENS = 40, 24
BASE = {
    "vocab_size": VOCABULARY,
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "hidden_act": "silu",
    "max_position_embeddings": 64,
    "rms_norm_eps": 1e-5,
    "eos_token_id": 2,
    "bos_token_id": 1,
    "tie_word_embeddings": False,
}


def of(name, **changes):
    return {"architectures": [f"{name}ForCausalLM"], "model_type": name.lower(), **BASE, **changes}


YARN = {"factor": 4.0, "original_max_position_embeddings": 16}
LLAMA3 = {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 16}
MODELS = {
    "llama": of("Llama", rope_theta=10000.0),
    "llama-tied": of("Llama", tie_word_embeddings=True, num_key_value_heads=4, rope_theta=100000.0),
    "llama-biases": of("Llama", attention_bias=True, mlp_bias=True, num_key_value_heads=1),
    "llama-linear": of("Llama", rope_scaling={"type": "linear", "factor": 4.0}, rope_theta=100000),
    "llama-llama3": of("Llama", rope_scaling={"rope_type": "llama3", **LLAMA3}, rope_theta=500000.0),
    "llama-yarn": of("Llama", head_dim=8, rope_parameters={"rope_type": "yarn", "rope_theta": 10000.0, **YARN}),
    "llama-yarn-mscale": of(
        "Llama",
        head_dim=16,
        rope_theta=20000.0,
        rope_scaling={"rope_type": "yarn", "mscale": 0.7, "mscale_all_dim": 1.2, "beta_fast": 16, "beta_slow": 2, **YARN},
    ),
    "llama-f16": of("Llama", torch_dtype="float16"),
    "mistral": of("Mistral", sliding_window=None, rope_theta=1000000.0, head_dim=6),
    "qwen2": of("Qwen2", use_sliding_window=False, sliding_window=8, rope_theta=1000000.0, torch_dtype="bfloat16"),
    "qwen2-tied": of("Qwen2", tie_word_embeddings=True, torch_dtype="bfloat16"),
    "qwen3": of("Qwen3", head_dim=8, attention_bias=False, rope_theta=1000000.0),
    "qwen3-bias": of("Qwen3", head_dim=4, attention_bias=True, tie_word_embeddings=True),
    "mistral-sliding": of("Mistral", sliding_window=7, rope_theta=10000.0),
    "qwen2-sliding": of("Qwen2", use_sliding_window=True, sliding_window=5, max_window_layers=1),
    "qwen3-sliding": of(
        "Qwen3",
        head_dim=8,
        use_sliding_window=True,
        sliding_window=9,
        layer_types=["sliding_attention", "full_attention"],
    ),
    "gemma": of("Gemma", head_dim=8, hidden_act="gelu_pytorch_tanh", tie_word_embeddings=True, rope_theta=10000.0),
    "gemma-legacy": of("Gemma", head_dim=4, hidden_act="gelu", tie_word_embeddings=True, torch_dtype="bfloat16"),
    "starcoder2": of(
        "Starcoder2",
        hidden_act="gelu_pytorch_tanh",
        use_bias=True,
        norm_epsilon=1e-5,
        sliding_window=11,
        rope_theta=100000.0,
        tie_word_embeddings=True,
    ),
    "starcoder2-plain": of("Starcoder2", hidden_act="gelu_pytorch_tanh", use_bias=False, torch_dtype="float16"),
    "phi3": of("Phi3", rope_theta=10000.0, sliding_window=13, num_key_value_heads=1, pad_token_id=0),
}
SHARDED = {"mistral"}


def write(name, config, seed):
    folder = FIXTURES / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    kind = getattr(torch, config.get("torch_dtype", "float32"))
    generator = torch.Generator().manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(transformers.AutoConfig.from_pretrained(folder))
    state = {}
    for key, value in model.state_dict().items():
        if key == "lm_head.weight" and config["tie_word_embeddings"]:
            continue
        noise = torch.randn(value.shape, generator=generator)
        is_norm = "norm" in key
        # Gemma's count from one.
        middle = 0 if not is_norm or name.startswith("gemma") or key.endswith("bias") else 1
        state[key] = (middle + (0.2 if is_norm else 0.35) * noise).to(kind).contiguous()
    if name in SHARDED:
        keys = sorted(state)
        parts = {f"model-0000{i + 1}-of-00002.safetensors": keys[i::2] for i in range(2)}
        for file, part in parts.items():
            save_file({key: state[key] for key in part}, folder / file)
        index = {"metadata": {}, "weight_map": {key: file for file, part in parts.items() for key in part}}
        (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
    else:
        save_file(state, folder / "model.safetensors")
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    tokens = torch.randint(0, VOCABULARY, (TOKENS,), generator=generator)
    with torch.no_grad():
        logits = model(tokens[None], use_cache=False).logits[0]
    save_file({"tokens": tokens, "logits": logits.contiguous()}, folder / "golden.safetensors")
    print(name, "logits", float(logits.abs().max()))


for seed, (name, config) in enumerate(MODELS.items()):
    if name in sys.argv[1:] or len(sys.argv) == 1:
        write(name, config, seed)
