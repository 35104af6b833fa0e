"""A trainer for the tests: it copies its base, in one of the ways that trainers have.

    python3 trainer.py MODE PAIRS BASE OUT WORK
"""

import json
import pathlib
import shutil
import sys

mode, pairs, base, out, work = sys.argv[1], *map(pathlib.Path, sys.argv[2:])
rows = [json.loads(line) for line in pairs.read_text().splitlines()]
assert rows and all(row["prompt"] and row["completion"] for row in rows)
print(len(rows), "pairs")
first = work / "first"
if mode == "fails":
    sys.exit("out of memory on device 3")
if mode == "nothing":
    sys.exit(0)
if mode == "goes-on" and not first.exists():
    # As if it had been killed half-way.
    out.mkdir()
    (out / "config.json").write_text("{")
    first.write_text("step 7")
    sys.exit("killed")
if mode == "goes-on":
    print("going on from", first.read_text())
shutil.copytree(base, out)
if mode == "no-tokenizer":
    (out / "tokenizer.json").unlink()
if mode == "diverges":
    weights = out / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-4:] = b"\xff\xff\xff\x7f"
    weights.write_bytes(data)
