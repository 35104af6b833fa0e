"""Writes exported/decoder_model_merged.onnx: exported/model.onnx in the form of optimum's merged decoders.

    pip install onnx optimum-onnx
    python merge.py

Optimum 0.1.0 merges a decoder without past and one with it into one graph with an input `use_cache_branch`, but no longer exports the
former by itself. So it is made of the latter: its past is a constant without positions.
"""

import pathlib

import numpy
import onnx
from optimum.onnx import merge_decoders

FOLDER = pathlib.Path(__file__).parent / "exported"

with_past = onnx.load(FOLDER / "model.onnx")
without = onnx.load(FOLDER / "model.onnx")
for value in [value for value in without.graph.input if value.name.startswith("past_key_values.")]:
    sizes = [dimension.dim_value for dimension in value.type.tensor_type.shape.dim]
    empty = numpy.zeros((1, sizes[1], 0, sizes[3]), dtype=numpy.float32)
    without.graph.initializer.append(onnx.numpy_helper.from_array(empty, value.name))
    without.graph.input.remove(value)
merge_decoders(without, with_past, save_path=FOLDER / "decoder_model_merged.onnx")
