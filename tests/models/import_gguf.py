"""Compares an imported GGUF file with transformers' reading of it, and writes the fixtures of src/model/gguf/tests.rs: dequantised blocks, and a
small vocabulary of SentencePiece's with the tokens that it makes of some texts.

    pip install torch transformers gguf safetensors accelerate sentencepiece
    python import_gguf.py quants
    python import_gguf.py pieces
    python import_gguf.py compare MODEL.gguf IMPORTED   # IMPORTED: the folder that `tracewright model import` wrote

`compare` compares all weights bit for bit and the tokens of texts, and puts golden.safetensors and greedy.json into IMPORTED: logits and
greedy texts of transformers' model, read from the GGUF file. This holds ours against them:

    TRACEWRIGHT_GOLDEN=IMPORTED cargo test --test models golden -- --nocapture
"""

import json
import pathlib
import sys

import numpy

ROOT = pathlib.Path(__file__).parents[2]
KINDS = ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K", "BF16", "F16"]
#: A file of this repository each, and what tokenizers get wrong.
TEXTS = [path.read_text()[:3000] for path in sorted((ROOT / "guest/python/tracewright_guest").glob("*.py")) if path.stat().st_size] + [
    "Zwölf Boxkämpfer 東京 🙂 １２３ x=12345\n",
    "<|im_start|>user\nhi<|im_end|>\n",
    "   lead",
    "tabs\t\tx\r\n\r\n  y",
]
PROMPTS = [
    "def %s(xs):\n    \"\"\"Return %s.\"\"\"\n" % pair
    for pair in [
        ("total", "the sum of the numbers"), ("largest", "the largest number"), ("evens", "the even numbers"),
        ("reverse", "the list from its end"), ("unique", "each number once"), ("mean", "the arithmetic mean"),
        ("squares", "the squares"), ("count", "how many there are"), ("first", "the first or None"), ("product", "the product"),
    ]
] + [
    "The capital of France is", "Water boils at", "A list in Python is", "To open a file, one", "import math\n\nprint(",
    "1, 2, 4, 8, 16,", "for i in range(10):\n", "class Stack:\n    def __init__(self):\n", "The error means that", "SELECT name FROM",
]


SENTENCES = [
    "def add(one, other):",
    "    return one + other",
    "the quick brown fox jumps over the lazy dog",
    "there is another one, and then there are the others",
    "for number in range(10): print(number)",
    "while there is time, the others are there",
]
SPOKEN = [
    "the other fox",
    " there  are the dogs",
    "def add(number):\n    return number + 1\n",
    "unseen: Zürich, 日本 🙂",
    "(((((( 00000 thethethe",
    "",
]


def quants():
    import gguf

    path = pathlib.Path(__file__).parent / "quants.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    generator = numpy.random.default_rng(5)
    for name in KINDS:
        kind = gguf.GGMLQuantizationType[name]
        elements, size = gguf.GGML_QUANT_SIZES[kind]
        blocks = generator.integers(0, 256, (max(3, 96 // elements) * size,), dtype=numpy.uint8)
        # Scales are halves: no infinity, and not a number in none of them.
        for offset in range(1, len(blocks), 2):
            if blocks[offset] & 0x7C == 0x7C:
                blocks[offset] &= 0x83
        values = gguf.dequantize(blocks, kind).astype(numpy.float32)
        writer.add_tensor(name, blocks, raw_shape=(len(blocks),), raw_dtype=kind)
        writer.add_tensor(name + ".values", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def pieces():
    import tempfile

    import sentencepiece

    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder) / "model"
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(SENTENCES * 3), model_prefix=str(model), model_type="bpe", vocab_size=360, byte_fallback=True,
            normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=True,
        )
        processor = sentencepiece.SentencePieceProcessor(model_file=f"{model}.model")
    kinds = [(processor.is_unknown, 2), (processor.is_control, 3), (processor.is_unused, 5), (processor.is_byte, 6)]
    ids = range(processor.vocab_size())
    golden = {
        "tokens": [processor.id_to_piece(id) for id in ids],
        "scores": [processor.get_score(id) for id in ids],
        "kinds": [next((kind for test, kind in kinds if test(id)), 1) for id in ids],
        "texts": [{"text": text, "tokens": processor.encode(text)} for text in SPOKEN],
    }
    path = pathlib.Path(__file__).parent / "pieces.json"
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n")


def compare(source, imported):
    import torch
    import transformers
    from safetensors.torch import load_file, save_file

    folder, name = str(pathlib.Path(source).parent), pathlib.Path(source).name
    imported = pathlib.Path(imported)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32).eval()
    theirs, ours = model.state_dict(), load_file(imported / "model.safetensors")
    differ = [key for key, value in ours.items() if not torch.equal(theirs[key], value)]
    print("%d of %d tensors differ" % (len(differ), len(ours)))
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=name)
    mine = transformers.PreTrainedTokenizerFast(tokenizer_file=str(imported / "tokenizer.json"))
    tokens = lambda of, text: of(text, add_special_tokens=False).input_ids
    wrong = [text[:40] for text in TEXTS if tokens(tokenizer, text) != tokens(mine, text)]
    print("%d of %d texts have other tokens: %s" % (len(wrong), len(TEXTS), wrong))
    ids = tokens(tokenizer, TEXTS[0])[:200]
    greedy = []
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0]
        for prompt in PROMPTS:
            prompt = tokens(tokenizer, prompt)
            out = model.generate(torch.tensor([prompt]), max_new_tokens=48, do_sample=False, eos_token_id=-1, pad_token_id=0)
            greedy.append({"prompt": prompt, "tokens": out[0, len(prompt):].tolist()})
    save_file({"tokens": torch.tensor(ids), "logits": logits.contiguous()}, imported / "golden.safetensors")
    (imported / "greedy.json").write_text(json.dumps(greedy) + "\n")


if __name__ == "__main__":
    {"quants": quants, "pieces": pieces, "compare": compare}[sys.argv[1]](*sys.argv[2:])
