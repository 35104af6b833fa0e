"""The component's exports: one screenful that hands each call to the module of its name.

Everything a later call could need is imported here, because only what was imported while the component
was built can be imported at run time.
"""

import gc

import wit_world
from wit_world.imports import host

from tracewright_guest import analysis, annotations, answers, audit, candidate, mutation, preload, program, tester, tracer, wire


# Bound here: a colocated candidate may find the modules and patch them.
_encode = wire.encode
_load = candidate.load
_run_test = tester.run_test


def _note(number):
    host.report(wire.as_text(number.to_bytes(4, "little")))


class WitWorld(wit_world.WitWorld):
    """Implements world `sandbox` of `wit/world.wit`, where each export is documented."""

    def extract(self, answer):
        return answers.extract(answer.text, answer.prompt, answer.asked, answer.buggy, answer.mode, answer.barred, _note)

    def strip_code(self, text: str) -> str:
        return answers.strip_code(text)

    def defer_annotations(self) -> None:
        annotations.defer()

    def load(self, source: str, names: list[str], colocated: bool) -> bytes:
        return _encode(_load(source, names, colocated))

    def call(self, message: bytes) -> None:
        candidate.call(message)

    def call_each(self, name: str, inputs: bytes) -> None:
        candidate.call_each(name, inputs)

    def open_suite(self, plan: bytes) -> bytes:
        return _encode((*tester.open_suite(wire.decode(plan)), ""))

    def run_test(self, source: str, nonce: str) -> bytes:
        return _encode((*_run_test(source), nonce))

    def start_audit(self, source: str) -> bytes:
        return _encode(audit.start(source))

    def findings(self) -> bytes:
        return _encode(audit.findings())

    def analyse(self, tests: list[str], program: str) -> bytes:
        return wire.encode(analysis.analyse(tests, program))

    def direct_calls(self, setup: str, tests: list[str]) -> bytes:
        return wire.encode(analysis.direct_calls(setup, tests))

    def split_test(self, source: str) -> bytes:
        return wire.encode(analysis.split_test(source))

    def mutants(self, source: str, most: int, seed: int) -> bytes:
        return wire.encode(mutation.mutants(source, most, seed))

    def normalise(self, source: str) -> bytes:
        return wire.encode(mutation.normalise(source))

    def trace(self, text: str, bounds: bytes) -> None:
        tracer.trace(text, wire.decode(bounds))

    def run(self, source: str, name: str) -> bytes:
        return wire.encode(program.run(source, name))


preload.preload()
audit.remember()
# The built heap never changes: keep the collector from touching (and so copying) its pages.
gc.collect()
preload.fill_holes()
gc.freeze()
