"""The component's exports: one screenful that hands each call to the module of its name.

Everything a later call could need is imported here, because only what was imported while the component
was built can be imported at run time.
"""

import gc

import wit_world

from tracewright_guest import analysis, candidate, preload, program, sanitizer, tester, wire


class WitWorld(wit_world.WitWorld):
    """Implements world `sandbox` of `wit/world.wit`, where each export is documented."""

    def sanitize(self, text: str, entry_point: str) -> str:
        return sanitizer.sanitize(text, entry_point)

    def load(self, source: str, names: list[str]) -> bytes:
        return wire.encode(candidate.load(source, names))

    def call(self, request: bytes) -> bytes:
        return candidate.call(request)

    def call_each(self, name: str, inputs: bytes) -> None:
        candidate.call_each(name, inputs)

    def open_suite(self, plan: bytes) -> bytes:
        return wire.encode(tester.open_suite(wire.decode(plan)))

    def run_test(self, source: str) -> bytes:
        return wire.encode(tester.run_test(source))

    def analyse(self, tests: list[str], program: str) -> bytes:
        return wire.encode(analysis.analyse(tests, program))

    def run(self, source: str, name: str) -> bytes:
        return wire.encode(program.run(source, name))


preload.preload()
# The built heap never changes: keep the collector from touching (and so copying) its pages.
gc.collect()
preload.fill_holes()
gc.freeze()
