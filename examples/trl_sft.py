"""A trainer for `next`: supervised fine-tuning with TRL.

    pip install torch transformers trl datasets
    [trainer]
    command = ["python3", "trl_sft.py", "--model", "{base}", "--data", "{pairs}", "--output", "{out}", "--work", "{work}", "--seed", "{seed}"]

It learns completions, not prompts (TRL's way with `prompt` and `completion`), saves its state every --save-steps steps to the working folder, and goes
on from there after a kill. Weights of pairs are not used: TRL has none. Under `accelerate launch` it runs on several devices.
"""

import argparse
import os

import datasets
import torch
import transformers
import trl
from transformers.trainer_utils import get_last_checkpoint


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "data", "output", "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--max-steps", type=int, default=-1)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--learning-rate", type=float, default=2e-5)
    parser.add_argument("--max-length", type=int, default=2048)
    parser.add_argument("--save-steps", type=int, default=100)
    options = parser.parse_args()
    pairs = datasets.load_dataset("json", data_files=options.data, split="train", cache_dir=f"{options.work}/cache")
    settings = trl.SFTConfig(
        output_dir=f"{options.work}/checkpoints",
        num_train_epochs=options.epochs,
        max_steps=options.max_steps,
        per_device_train_batch_size=options.batch,
        learning_rate=options.learning_rate,
        max_length=options.max_length,
        save_steps=options.save_steps,
        save_total_limit=1,
        seed=options.seed % 2**32,
        bf16=torch.cuda.is_available(),
        use_cpu=not torch.cuda.is_available(),
        report_to=[],
    )
    tokenizer = transformers.AutoTokenizer.from_pretrained(options.model)
    trainer = trl.SFTTrainer(
        model=transformers.AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32),
        args=settings,
        train_dataset=pairs.select_columns(["prompt", "completion"]),
        processing_class=tokenizer,
    )
    last = get_last_checkpoint(settings.output_dir) if os.path.isdir(settings.output_dir) else None
    trainer.train(resume_from_checkpoint=last)
    trainer.save_model(options.output)
    tokenizer.save_pretrained(options.output)


if __name__ == "__main__":
    main()
