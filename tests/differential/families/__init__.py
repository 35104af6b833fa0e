"""The kinds of tasks; each module has functions that draw one, listed in its `FAMILIES` with their weights."""

from . import aliasing, callables, classes, crossing, errors, iterators, library, numeric, programs, state, text

FAMILIES = [pair for module in (aliasing, callables, classes, crossing, errors, iterators, library, numeric, programs, state, text) for pair in module.FAMILIES]
