"""Optimises a WebAssembly module with Binaryen's shared library: python optimise.py LIBRARY INPUT OUTPUT

The library is called through its C API, on one thread (BINARYEN_CORES=1), so that the same module comes out everywhere.
"""

import ctypes
import sys

FEATURES = ("MutableGlobals", "SignExt", "NontrappingFPToInt", "BulkMemory", "SIMD128", "Multivalue")


class Written(ctypes.Structure):
    """`BinaryenModuleAllocateAndWriteResult`."""

    _fields_ = [("binary", ctypes.c_void_p), ("size", ctypes.c_size_t), ("source_map", ctypes.c_void_p)]


def main():
    library, source, target = sys.argv[1:]
    binaryen = ctypes.CDLL(library)
    binaryen.BinaryenModuleRead.restype = ctypes.c_void_p
    binaryen.BinaryenModuleRead.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    binaryen.BinaryenModuleSetFeatures.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
    binaryen.BinaryenModuleOptimize.argtypes = [ctypes.c_void_p]
    binaryen.BinaryenModuleAllocateAndWrite.restype = Written
    binaryen.BinaryenModuleAllocateAndWrite.argtypes = [ctypes.c_void_p, ctypes.c_char_p]

    with open(source, "rb") as file:
        data = file.read()
    module = binaryen.BinaryenModuleRead(data, len(data))
    features = 0
    for name in FEATURES:
        feature = getattr(binaryen, "BinaryenFeature" + name)
        feature.restype = ctypes.c_uint32
        features |= feature()
    binaryen.BinaryenModuleSetFeatures(module, features)
    # -O3 -aimfs 40 -fimfs 120: calls are dear, and CPython makes many small ones.
    binaryen.BinaryenSetOptimizeLevel(3)
    binaryen.BinaryenSetShrinkLevel(0)
    binaryen.BinaryenSetDebugInfo(False)
    binaryen.BinaryenSetAlwaysInlineMaxSize(40)
    binaryen.BinaryenSetFlexibleInlineMaxSize(120)
    binaryen.BinaryenModuleOptimize(module)
    written = binaryen.BinaryenModuleAllocateAndWrite(module, None)
    with open(target, "wb") as file:
        file.write(ctypes.string_at(written.binary, written.size))


main()
