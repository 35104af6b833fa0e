"""Turns a family's scripts into tests: runs them with the reference and writes down what came out."""

import builtins
import contextlib
import io
import re
import types
import sys
import warnings

import observe
from values import IMPORTS, literal

warnings.simplefilter("ignore")
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


class Unusable(Exception):
    """The reference does not do what the family thinks it does."""


def namespace_of(source):
    """The namespace of a program, run here."""
    module = types.ModuleType("candidate")
    sys.modules["candidate"] = module
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        exec(compile(source, "<reference>", "exec", dont_inherit=True), module.__dict__)
    return module.__dict__


def tests_of(draw, family):
    """Each script as one test."""
    namespace = namespace_of(family.reference)
    exec(IMPORTS + family.setup, namespace)
    tests = []
    for script in family.scripts:
        lines = []
        for statement in script:
            if statement.startswith("? "):
                lines.append(_checked(draw, statement[2:], namespace))
            else:
                _run(statement, namespace)
                lines.append(statement)
        tests.append("\n".join(line for line in lines if line))
    return tests


def observed(draw, call, namespace, count=3):
    """Checks of what `call` gives: expressions drawn by the type of its value."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found = eval(call, namespace)
    except Exception:
        return ["? " + call]
    chosen = [draw.one(observe.observations(found)) for _ in range(count)]
    return ["? " + re.sub(r"\b_\b", lambda _: call, one) for one in chosen]


def _run(statement, namespace):
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            exec(compile(statement, "<script>", "exec", dont_inherit=True), namespace)
    except BaseException as error:
        raise Unusable("%s: %r" % (statement, error)) from None


def _checked(draw, expression, namespace):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found = eval(compile(expression, "<script>", "eval", dont_inherit=True), namespace)
    except Exception as error:
        kind = type(error).__name__
        if kind not in namespace and not hasattr(builtins, kind):
            return None
        return "try:\n    %s\nexcept %s:\n    pass\nelse:\n    assert False, 'no error'" % (expression, kind)
    statement = observe.states(draw, expression, found)
    if statement is None:
        with contextlib.suppress(Exception):
            shown = repr(found)
            if shown == "nan":
                return "assert math.isnan(%s)" % expression if draw.chance(0.5) else "got = %s\nassert got != got" % expression
            if not _ADDRESS.search(shown) and "object at" not in shown and literal(shown):
                return "assert repr(%s) == %r" % (expression, shown)
        statement = "assert type(%s).__name__ == %r" % (expression, type(found).__name__)
    return statement
