"""Processes and sockets, which there are none of, and what a single process has of the system: alarms and limits."""

import asyncio
import multiprocessing
import multiprocessing.context
import os
import signal
import socket
import subprocess
import sys
import time
import types

from . import missing, threads

_alarms = []


def alarm(seconds, /):
    """Arrange for SIGALRM to arrive after the given number of seconds, by the clock that stands still while a program computes."""
    return -int(-_set(seconds, 0)[0] // 1)


def setitimer(which, seconds, interval=0.0, /):
    """Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF)."""
    return _set(seconds, interval) if which == 0 else (0.0, 0.0)


def getitimer(which, /):
    """Returns current value of given itimer."""
    return (max(_alarms[0] - time.monotonic(), 0.0), 0.0) if _alarms and which == 0 else (0.0, 0.0)


def _set(seconds, interval):
    before = getitimer(0)
    threads._due[:] = [due for due in threads._due if getattr(due[2], "alarm", None) is None]
    _alarms.clear()
    if seconds > 0:

        def fire():
            _alarms.clear()
            if interval:
                _set(interval, interval)
            signal.raise_signal(signal.SIGALRM)

        fire.alarm = True
        _alarms.append(time.monotonic() + seconds)
        threads._schedule(_alarms[0], fire)
    return before


def _resource():
    """Module `resource`: limits that are kept but bind nothing (the host's bind), and no use."""
    module = types.ModuleType("resource", "Limits of the process: kept, without effect.")
    names = "CPU FSIZE DATA STACK CORE RSS NPROC NOFILE MEMLOCK AS".split()
    limits = {number: (-1, -1) for number in range(16)}
    limits[3], limits[7] = (8 << 20, -1), (1024, 4096)

    def getrlimit(resource, /):
        return limits[resource]

    def setrlimit(resource, new, /):
        soft, hard = new
        limits[resource] = (int(soft), int(hard))

    def getrusage(who, /):
        now = time.process_time()
        return module.struct_rusage((now, 0.0, 30000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    class struct_rusage(tuple):
        """Result from getrusage."""

    fields = "utime stime maxrss ixrss idrss isrss minflt majflt nswap inblock oublock msgsnd msgrcv nsignals nvcsw nivcsw".split()
    for index, field in enumerate(fields):
        setattr(struct_rusage, "ru_" + field, property(lambda self, index=index: self[index]))
    for number, name in enumerate(names):
        setattr(module, "RLIMIT_" + name, number)
    vars(module).update(
        RLIM_INFINITY=-1, RUSAGE_SELF=0, RUSAGE_CHILDREN=-1, RUSAGE_THREAD=1, error=OSError, getpagesize=lambda: 4096,
        getrlimit=getrlimit, setrlimit=setrlimit, getrusage=getrusage, struct_rusage=struct_rusage,
    )  # fmt: skip
    return module


def _refuse(what, event=None):
    return missing.function(OSError, "processes (%s)" % what, event)


def install():
    """Adds them."""
    time.thread_time, time.thread_time_ns = time.process_time, time.process_time_ns
    signal.alarm, signal.setitimer, signal.getitimer = alarm, setitimer, getitimer
    signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF, signal.ItimerError = 0, 1, 2, OSError
    sys.modules["resource"] = _resource()
    subprocess.Popen.__init__ = _refuse("subprocess", "subprocess.Popen")
    # What is deleted half-made asks for this.
    subprocess.Popen.returncode = None
    subprocess.Popen._child_created = False
    multiprocessing.process.BaseProcess.start = _refuse("multiprocessing")
    for name in ("Pool", "Manager", "Queue", "SimpleQueue", "JoinableQueue", "Pipe", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Event", "Condition", "Barrier", "Value", "Array"):
        refuse = _refuse("multiprocessing.%s" % name)
        setattr(multiprocessing.context.BaseContext, name, refuse)
        setattr(multiprocessing, name, refuse)
    import concurrent.futures.process

    concurrent.futures.ProcessPoolExecutor.__init__ = _refuse("ProcessPoolExecutor")
    asyncio.create_subprocess_exec = asyncio.create_subprocess_shell = _refuse("asyncio subprocesses")
    os.system = _refuse("os.system", "os.system")
    os.popen = _refuse("os.popen", "os.system")
    sockets = missing.function(OSError, "sockets", "socket.__new__")
    socket.socket.__init__ = sockets
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
        setattr(socket, name, missing.function(socket.gaierror, "network", "socket." + name))
