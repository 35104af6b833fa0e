"""What the standard library lacks in this interpreter, and can be given without a system below it.

The interpreter has no threads, files, sockets or processes. Here are threads that run one after another, an event loop without sockets, files in
memory, the numbers of Linux's errors, time zones. What is not there fails as `missing.py` says, so that a verdict can tell it
from a fault of the program. All of it is put in place while the component is built, and costs nothing where it is not used.
"""

from . import event_loop, files, hashes, linux, missing, processes, threads, zones


def install():
    """Puts everything in place. Nothing can be imported from the build's files after this."""
    linux.install()
    hashes.install()
    zones.install()
    threads.install()
    event_loop.install()
    processes.install()
    files.install()
    missing.install()
