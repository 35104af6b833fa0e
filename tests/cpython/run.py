"""Runs CPython's own tests in the sandbox: `python3 tests/cpython/run.py TRACEWRIGHT LIB_TEST [NAME ...]`.

LIB_TEST is the folder `Lib/test` of a CPython 3.14 source tree (or of RustPython's copy, whose marks are taken out). Each module runs in an
instance of its own, with the support package and its data written to the scratch folder there. Prints a line a module and each test that fails.
"""

import ast
import base64
import concurrent.futures
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib

#: The modules that test the language, its types and what of the library is written in C, without processes, sockets, files of their own.
MODULES = """
abstract_numbers array augassign baseexception binascii binop bisect bool builtin bytes call class cmath codecs collections compare compile
complex contains context copy csv dataclasses datetime decorators defaultdict deque descr dict dictcomps dictviews enum enumerate exception_group
exception_variations exceptions except_star extcall float fractions frame fstring funcattrs functools gc generator_stop generators genericalias
genericclass genexps global grammar hash heapq index int int_literal isinstance iter iterlen itertools json keywordonlyarg list listcomps long
longexp marshal math math_property memoryview metaclass named_expressions numeric_tower opcodes operator ordered_dict patma pep646_syntax positional_only_arg pow
print property pyrepr raise random range re reprlib scope set setcomps slice sort statistics statistics str string string_literals
strtod struct structseq subclassinit super superr syntax textwrap tuple type_aliases type_comments type_params typechecks types unary
unicodedata unpack unpack_ex userdict userlist userstring weakref weakset with yield_from zip zipfile
""".split()

#: Tests of one module that may end their instance (by a trap, or a limit) before the rest is given up.
MOST_ENDED = 24

#: What is taken into the instance besides the module.
SUPPORT = ("support/", "mathdata/", "floating_points.txt", "formatfloat_testcases.txt", "exception_hierarchy.txt", "test_json/", "test_dataclasses/", "typinganndata/")

PROGRAM = """
import base64, json, os, sys, tempfile, unittest, zlib
files = json.loads(zlib.decompress(base64.b85decode({files!r})))
root = tempfile.mkdtemp()
for name, text in files.items():
    path = os.path.join(root, "test", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
sys.path.insert(0, root)
os.chdir(root)
sys.argv = ["test"]
import gc, test.support
test.support.use_resources = {{}}
from test.support import import_helper
# The library's modules lie in the image, and cannot be imported afresh: the Python versions of what is written in C are not tested.
import_helper.import_fresh_module = lambda name, fresh=(), blocked=(), **_: __import__("importlib").import_module(name)
class Result(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        sys.stderr.write(str(test) + "\\n")
        sys.stderr.flush()
    def stopTest(self, test):
        super().stopTest(test)
        # What it broke is to show here, not in a later one.
        gc.collect()
        del [[number] for number in range(5000)][:]
        gc.collect()
sys.stdout, out = open(os.devnull, "w"), sys.stdout
try:
    suite = unittest.defaultTestLoader.loadTestsFromName("test.test_" + {name!r})
    result = Result()
    def tests(found):
        return [test for part in found for test in tests(part)] if isinstance(found, unittest.TestSuite) else [found]
    # By class, as they come: their fixtures run once.
    suite = unittest.TestSuite([test for test in tests(suite) if str(test) not in {left_out!r}])
    suite.run(result)
    said = dict(run=result.testsRun, skipped=len(result.skipped), failures=[(str(t), e[-600:]) for t, e in result.failures + result.errors], unexpected=[str(t) for t in result.unexpectedSuccesses])
except BaseException as error:
    import traceback
    said = dict(run=0, skipped=0, unexpected=[], failures=[("import", traceback.format_exc()[-900:])])
out.write(json.dumps(said) + "\\n")
"""


def text_of(path):
    """The text of a file, without RustPython's marks."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    lines = text.splitlines(True)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text
    for node in ast.walk(tree):
        for mark in getattr(node, "decorator_list", ()):
            # RustPython's: what it cannot do yet.
            place = range(mark.lineno - 1, mark.end_lineno)
            if any("RUSTPYTHON" in lines[line] for line in place) and "unittest." in lines[place[0]]:
                for line in place:
                    lines[line] = ""
    return "".join(lines)


@functools.cache
def texts_of(folder):
    """The text of each file of `folder` that tests may need, by its path there."""
    texts = {}
    for base, _, files in os.walk(folder):
        for file in sorted(files):
            path = os.path.join(base, file)
            if path.endswith((".py", ".txt")):
                try:
                    texts[os.path.relpath(path, folder)] = text_of(path)
                except UnicodeDecodeError:
                    pass
    return dict(sorted(texts.items()))


def files_for(folder, name):
    """The text of the module, of the modules that it takes names from, of the support package, and of data, by path."""
    found, wanted = {"__init__.py": ""}, {name}
    while True:
        for path, text in texts_of(folder).items():
            is_helper = os.sep not in path and path.endswith(".py") and not path.startswith("test_")
            if is_helper or path.startswith(SUPPORT) or any(path == f"test_{one}.py" or path.startswith(f"test_{one}/") for one in wanted):
                found[path] = text
        used = {one for text in found.values() for one in re.findall(r"(?:from test\.test_|from test import test_)(\w+)", text)}
        if used <= wanted:
            return found
        wanted |= used


def run(tracewright, folder, name):
    """The module's name and what its tests gave; one that ends the instance is left out the next time."""
    files = base64.b85encode(zlib.compress(json.dumps(files_for(folder, name)).encode(), 9)).decode()
    ended, said = [], None
    while said is None and len(ended) < MOST_ENDED:
        with tempfile.NamedTemporaryFile("w", suffix=".py") as program:
            program.write(PROGRAM.format(files=files, name=name, left_out=[test for test, _ in ended]))
            program.flush()
            command = [tracewright, "--json", "run", "--fuel", "300G", "--memory", "2048", "--output", "1M", program.name]
            answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
        try:
            said = json.loads(answer["stdout"]["text"].strip().splitlines()[-1])
        except (ValueError, IndexError):
            started = answer["stderr"]["text"].splitlines()
            ended.append((started[-1] if started else "import", f"{answer['status']}: {answer['error']}"))
    said = said or {"run": 0, "skipped": 0, "failures": []}
    return name, said["run"] + len(ended), said["skipped"], said["failures"] + ended


def main():
    tracewright, folder, *names = sys.argv[1:]
    names = names or [name for name in dict.fromkeys(MODULES) if os.path.exists(os.path.join(folder, f"test_{name}.py")) or os.path.isdir(os.path.join(folder, f"test_{name}"))]
    total = failed = 0
    texts_of(folder)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, ran, skipped, failures in pool.map(lambda name: run(tracewright, folder, name), names):
            total += ran
            failed += len(failures)
            print(f"{name:24} {ran:5} run {skipped:4} skipped {len(failures):3} failed", flush=True)
            for test, error in failures:
                print(f"    {test}\n        " + error.strip().replace("\n", "\n        "), flush=True)
    print(f"{total} run, {failed} failed")


main()
