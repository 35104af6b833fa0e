"""Imports what solutions use: only modules imported while the component is built can be imported at run time."""

import importlib
import sys

#: What a benchmark solution could want of the standard library, and works without files, processes or sockets.
MODULES = """
    abc argparse array ast asyncio atexit base64 binascii bisect builtins calendar cmath cmd code codecs collections
    collections.abc colorsys compileall concurrent.futures configparser contextlib contextvars copy copyreg csv
    dataclasses datetime decimal difflib dis doctest email email.message enum errno fileinput fnmatch fractions functools
    gc getopt getpass gettext glob graphlib gzip hashlib heapq hmac html html.entities html.parser http importlib
    importlib.abc importlib.util inspect io ipaddress itertools json keyword linecache locale logging marshal math
    mimetypes numbers opcode operator optparse os os.path pathlib pickle pickletools pkgutil platform posixpath pprint
    queue quopri random re reprlib sched secrets select selectors shelve shlex shutil signal site socket sqlite3 stat
    statistics string string.templatelib stringprep struct subprocess symtable sys sysconfig tempfile textwrap threading
    time timeit token tokenize tomllib trace traceback tracemalloc types typing unicodedata unittest unittest.mock
    urllib.parse urllib.error uuid warnings weakref xml.dom.minidom xml.etree.ElementTree zipfile zlib zoneinfo
""".split()

#: Modules the standard library imports only inside functions, found by walking its sources for late imports, so that no
#: call fails at run time for a module that was never asked for by name.
LATE = """
    _strptime _pydatetime _pydecimal _pyio _colorize _compat_pickle _ctypes _osx_support _pylong annotationlib
    concurrent.futures.thread concurrent.futures.process encodings encodings.ascii encodings.charmap encodings.cp1252
    encodings.hex_codec encodings.idna encodings.latin_1 encodings.punycode encodings.raw_unicode_escape
    encodings.rot_13 encodings.unicode_escape encodings.utf_16 encodings.utf_16_be encodings.utf_16_le
    encodings.utf_32 encodings.utf_8 encodings.utf_8_sig encodings.base64_codec encodings.zlib_codec
    importlib.resources importlib.metadata importlib.readers json.encoder json.decoder json.scanner
    logging.handlers multiprocessing pdb pydoc re._casefix re._compiler re._constants re._parser
    sqlite3.dump unittest.async_case unittest.case unittest.loader unittest.runner unittest.util
    xml.etree.ElementPath xml.etree.cElementTree zoneinfo._common zoneinfo._tzpath zoneinfo._zoneinfo
    __future__ _py_abc _weakrefset genericpath ntpath nturl2path bdb codeop contextlib rlcompleter
""".split()

#: Asked for and not to be had in this interpreter; read by `doctor`.
MISSING = []


def preload():
    """Imports everything in `MODULES` and `LATE`, and warms what is built on first use."""
    for name in MODULES + LATE:
        try:
            importlib.import_module(name)
        except Exception as error:
            MISSING.append("%s: %s" % (name, error))
    import decimal
    import random
    import re

    decimal.getcontext()
    random.Random(0).random()
    # One use of each, so that tables built lazily are part of the image.
    re.compile(r"(?i)a[b-d]+").match("ABC")
    re.purge()
    "%s %r {}".format(1)
    import datetime

    datetime.datetime.strptime("2000-01-01", "%Y-%m-%d")
    _forget_source_paths()


#: What keeps the holes filled.
_filling = []


def fill_holes():
    """Uses up the free chunks that start-up left all over the heap, so that a candidate's objects lie side by side at its end.
    Each page of the image that a candidate writes to has to be copied first: this halves their number."""
    end = id(bytes(1 << 20))  # Too large for a hole: where the heap ends.
    for size in (*range(8000, 500, -100), *range(500, -1, -4)):
        beyond = 0
        while beyond < 3 and len(_filling) < 200_000:
            chunk = bytes(size)
            _filling.append(chunk)
            beyond += id(chunk) > end


def _forget_source_paths():
    """Path finders would search directories that do not exist at run time: every failing import asks them."""
    sys.path[:] = []
    sys.path_importer_cache.clear()
