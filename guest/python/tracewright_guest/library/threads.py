"""Threads that run one after another, on the one stack there is.

A thread runs when somebody has to wait, on top of whoever waits, and to its end; one whose code has nothing to wait with runs at
once, as it mostly would. What may wait (locks and all that is made of them, `join`, `sleep`) asks `_wait`. Where the one on top can
only go on after one below it did, it is left behind: its stack is unwound, and it is an error of its own, never a silent
difference, if it would ever have had to go on. Time passes where all wait for it.

So threads that hand over to each other once work in every order; threads that take turns are told to be missing, and a deadlock is a
`RuntimeError`. A thread that sleeps before it did anything is unwound and begun again when it wakes, so that sleeping threads do
overlap; one that sleeps later goes on before those that were started after it.
"""

import _thread
import _contextvars
import _threading_local
import concurrent.futures.thread
import dis
import queue
import sys
import threading
import time
import types

from asyncio import events as _events

from . import missing
from .replace import replace

_sleep, _now = time.sleep, time.monotonic
_MAIN = _thread.get_ident()
#: Names by which code waits.
_WAITS = frozenset("acquire get join put result sleep wait wait_for as_completed run_until_complete run select recv accept exception input".split())
_INFINITE = float("inf")


class _Left(BaseException):
    """Unwinds a thread that is left behind."""


class _Waiter:
    __slots__ = ("ready", "until", "thread")

    def __init__(self, ready, until, thread):
        self.ready, self.until, self.thread = ready, until, thread


class _Strand:
    """A started thread."""

    __slots__ = ("function", "handle", "ident", "daemon", "left", "again", "slept")

    def __init__(self, function, handle, ident, daemon):
        self.function, self.handle, self.ident, self.daemon = function, handle, ident, daemon
        self.left = False
        self.again = None  # when it is begun again
        self.slept = False  # whether that has happened: its first sleep is over


#: Started and not begun, in order.
_pending = []
#: Who waits, from the bottom of the stack.
_waiters = []
#: What left-behind threads wait for.
_left = []
#: Calls due at a time: `(time, number, function)`.
_due = []
_main = _Strand(None, None, _MAIN, False)
_current = _main
_last = _MAIN
#: The error that ends it all, to be raised at the bottom.
_over = None


def get_ident():
    """Return a non-zero integer that uniquely identifies the current thread."""
    return _current.ident


def idle():
    """Whether there is nothing but the main thread."""
    return not (_pending or _left or _due)


def _run(strand):
    global _current
    before, loop = _current, _events._get_running_loop()
    _current = strand
    thread = getattr(strand.function, "__self__", None)
    state = dict(vars(thread)) if isinstance(thread, threading.Thread) else None
    _events._set_running_loop(None)
    try:
        strand.function()
    except _Left:
        pass
    except BaseException:
        if _over is None and not strand.left:
            sys.excepthook(*sys.exc_info())
    finally:
        _current = before
        _events._set_running_loop(loop)
        if strand.again is not None:
            if state is not None:
                vars(thread).update(state)
                threading._limbo[thread] = thread
            strand.left = False
            _schedule(strand.again, lambda: _pending.append(strand))
            strand.again, strand.slept = None, True
        elif not strand.left:
            strand.handle.done = True


def _schedule(time, function):
    _numbers[0] += 1
    _due.append((time, _numbers[0], function))
    _due.sort(key=lambda due: due[:2])


_numbers = [0]


def _leave(waiter):
    """Leaves the current thread behind."""
    _left.append(waiter)
    _current.left = True
    raise _Left


def _fire():
    """Calls what is due."""
    while _due and _due[0][0] <= _now():
        _due.pop(0)[2]()


def _end(error):
    """Ends it all: every thread is unwound, and the error raised at the bottom."""
    global _over
    _over = error
    _abandon()


def _abandon():
    global _over
    if _current is _main:
        error, _over = _over, None
        raise error
    _current.left = True
    raise _Left


_TURNS = "threads that take turns: they run one after another here, and one that waits cannot go on before those started after it"


def _wait(ready, timeout=None, begin=True):
    """Waits until `ready()`; whether it is, or the time is over. Without `begin` no thread begins meanwhile."""
    if _current.left:
        raise _Left
    until = None if timeout is None else _now() + timeout
    waiter = _Waiter(ready, until, _current)
    _waiters.append(waiter)
    try:
        while True:
            if _over is not None:
                _abandon()
            _fire()
            if ready():
                return True
            if _pending and begin:
                _run(_pending.pop(0))
                continue
            if until is not None and _now() >= until:
                return False
            _check_left()
            below = _waiters[:-1]
            if any(w.ready() for w in below) or _starting:
                _leave(waiter)
            # All wait: for the first time that comes.
            times = [w.until for w in (*below, *_left) if w.until is not None] + [due[0] for due in _due[:1]]
            first = min(times, default=None)
            if until is not None and (first is None or until <= first or not begin and not any(w.until == first for w in below)):
                _pass(until)
            elif first is None:
                if _left:
                    _end(missing.error(RuntimeError, _TURNS))
                _end(RuntimeError("deadlock: every thread waits for another"))
            else:
                if _due and _due[0][0] == first:
                    _pass(first)
                elif any(w.until == first for w in below):
                    _leave(waiter)
                else:
                    _pass(first)
    finally:
        _waiters.pop()


def _pass(until):
    """Lets time pass."""
    seconds = until - _now()
    if seconds > 0:
        _sleep(seconds)
    # What is left of rounding.
    while _now() < until:
        _sleep(1e-6)


def _check_left():
    """Sees that no thread was left behind that would go on now."""
    for waiter in _left:
        if waiter.ready() or waiter.until is not None and waiter.until <= _now():
            _end(missing.error(RuntimeError, _TURNS))


#: How many `start` calls run their thread at once.
_starting = 0


def start(function, handle=None, daemon=True):
    """Starts a thread: now where it has nothing to wait with, else when somebody waits."""
    global _last, _starting
    _last += 1
    strand = _Strand(function, handle, _last, daemon)
    handle.ident = strand.ident
    handle.strand = strand
    thread = getattr(function, "__self__", None)
    if isinstance(thread, threading.Thread):
        # What its first step would tell, for whoever asks before it is made.
        thread._started.set()
        thread._ident = strand.ident
    if _pending or _may_wait(thread):
        _pending.append(strand)
        return
    _starting += 1
    try:
        _run(strand)
    finally:
        _starting -= 1
    if _over is not None:
        _abandon()


def _may_wait(thread):
    """Whether a thread's code has a name to wait with, as far as can be seen; other than Python code has not."""
    if isinstance(thread, threading.Timer):
        return True
    if type(thread) is not threading.Thread and isinstance(thread, threading.Thread) and type(thread).run is not threading.Thread.run:
        function = type(thread).run
    else:
        function = getattr(thread, "_target", None)
    if function is _work:
        item = thread._args[0]._work_queue._queue
        function = item[0].task[0] if item and item[0] is not None else None
    seen, waiting = set(), [function]
    while waiting:
        function = waiting.pop()
        function = getattr(function, "__func__", function)
        if type(function) is types.FunctionType:
            codes = [function.__code__]
            names = function.__globals__
            for cell in function.__closure__ or ():
                try:
                    waiting.append(cell.cell_contents)
                except ValueError:
                    pass
        else:
            continue
        if function in seen or len(seen) > 200:
            continue
        seen.add(function)
        while codes:
            code = codes.pop()
            # A `with` may be one on a lock.
            if not _WAITS.isdisjoint(code.co_names) or "__enter__" in code.co_names:
                return True
            codes += [constant for constant in code.co_consts if type(constant) is types.CodeType]
            waiting += [names[name] for name in code.co_names if type(names.get(name)) is types.FunctionType]
    return False


def settled(value, final=False):
    """Returns `value` once the threads ran that nobody waited for; at a program's end (`final`), once all but daemons are done."""
    if final and not idle():
        _wait(lambda: not any(not s.daemon for s in _pending) and not any(not w.thread.daemon for w in _left) and not _due)
    while _pending:
        _wait(lambda: not _pending)
    return value


class Handle:
    """What `threading` keeps of a started thread."""

    __slots__ = ("ident", "done", "strand")

    def __init__(self, ident=None):
        self.ident, self.done, self.strand = ident, False, None

    def is_done(self):
        """Returns whether the thread has ended."""
        return self.done

    def _set_done(self):
        self.done = True

    def join(self, timeout=None):
        """Waits for the thread's end."""
        if not self.done:
            _wait(self.is_done, None if timeout is None or timeout < 0 else timeout)


#: Locks that threads on their way out seem to hold.
_phantoms = {}


class Lock:
    """A lock. `acquire` runs other threads where it has to wait."""

    __slots__ = ("_held", "__weakref__")

    def __init__(self):
        self._held = False

    def _free(self):
        return not self._held

    def acquire(self, blocking=True, timeout=-1):
        """Acquire the lock.  Return whether the lock was acquired."""
        if not self._held:
            self._held = True
            if timeout != -1:
                _check_timeout(blocking, timeout)
            return True
        _check_timeout(blocking, timeout)
        if _current.left:
            _phantoms[self] = _phantoms.get(self, 0) + 1
            return True  # On its way out.
        if not blocking or not _wait(self._free, None if timeout == -1 else timeout):
            return False
        self._held = True
        return True

    def release(self):
        """Release the lock, allowing another thread that is blocked waiting for it to acquire it."""
        if _current.left and _phantoms.get(self):
            _phantoms[self] -= 1
            return
        if not self._held:
            if _current.left:
                return
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        """Return whether the lock is held."""
        return self._held

    def __enter__(self):
        if self._held:
            return self.acquire()
        self._held = True
        return True

    def __exit__(self, *error):
        self.release()

    def _at_fork_reinit(self):
        self._held = False

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def __repr__(self):
        return "<%s _thread.lock object at %#x>" % ("locked" if self._held else "unlocked", id(self))


Lock.__name__ = Lock.__qualname__ = "lock"
Lock.__module__ = "_thread"


def _check_timeout(blocking, timeout):
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")


def _condition_wait(self, timeout=None):
    """Wait until notified or until a timeout occurs."""
    if not self._is_owned():
        raise RuntimeError("cannot wait on un-acquired lock")
    waiter = Lock()
    waiter.acquire()
    self._waiters.append(waiter)
    saved_state = self._release_save()
    gotit = False
    try:
        gotit = _wait(waiter._free, timeout if timeout is None else max(timeout, 0))
        return gotit
    finally:
        if not _current.left:
            # One that is left behind stays among those to be notified, which then shows that it would have to go on.
            self._acquire_restore(saved_state)
            if not gotit:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass


def sleep(seconds, /):
    """Delay execution for a given number of seconds."""
    if idle() and _current is _main or seconds < 0:
        return _sleep(seconds)
    strand = _current
    if strand is _main:
        _wait(_never, seconds)
        return
    if strand.left:
        raise _Left
    if strand.slept is True:
        strand.slept = None
        return
    if strand.slept is False and _fresh(sys._getframe(1)):
        strand.again = _now() + seconds
        strand.left = True
        raise _Left
    _wait(_never, seconds, False)


#: What calls a thread's first frame.
_FIRST = set()
#: Operations that change nothing but the frame's own stack and variables.
_PURE = ("RESUME", "LOAD_", "PUSH_NULL", "COPY", "NOP", "CACHE", "SWAP", "MAKE_CELL", "STORE_FAST", "BINARY_OP", "EXTENDED_ARG", "NOT_TAKEN")


def _fresh(frame):
    """Whether a frame is its thread's first and did nothing so far but call this."""
    above = frame.f_back
    if above is None or above.f_code not in _FIRST:
        return False
    for operation in dis.get_instructions(frame.f_code):
        if operation.offset >= frame.f_lasti:
            return True
        if not operation.opname.startswith(_PURE):
            return False
    return False


def _never():
    return False


def _timer_start(self):
    """A timer is no thread here but a call that is due."""
    if self._started.is_set():
        raise RuntimeError("threads can only be started once")
    self._started.set()
    handle = self._os_thread_handle

    def fire():
        if not self.finished.is_set():
            start(self._bootstrap_timer, handle=handle, daemon=self.daemon)
        else:
            handle.done = True

    _schedule(_now() + self.interval, fire)


def _bootstrap_inner(self):
    """As `threading` has it, but that a thread is left behind without a word."""
    try:
        self._set_ident()
        self._started.set()
        with threading._active_limbo_lock:
            threading._active[self._ident] = self
            del threading._limbo[self]
        if threading._trace_hook:
            sys.settrace(threading._trace_hook)
        if threading._profile_hook:
            sys.setprofile(threading._profile_hook)
        try:
            self._context.run(self.run)
        except _Left:
            raise
        except:
            self._invoke_excepthook(self)
    finally:
        self._delete()


def _bootstrap_timer(self):
    with threading._active_limbo_lock:
        threading._limbo[self] = self
    self._context = self._context or _contextvars.Context()
    self.interval = 0
    self._bootstrap()


def _timer_cancel(self):
    """Stop the timer if it hasn't finished yet."""
    self.finished.set()
    if not self._os_thread_handle.ident:
        _due[:] = [due for due in _due if getattr(due[2], "__closure__", None) is None or self not in [c.cell_contents for c in due[2].__closure__]]
        self._os_thread_handle.done = True


_real_stack_size = [0]


def stack_size(size=0, /):
    """Return the thread stack size used when creating new threads."""
    if size < 0 or 0 < size < 32768:
        raise ValueError("size not valid: %d bytes" % size if size else "size must be 0 or a positive value")
    before, _real_stack_size[0] = _real_stack_size[0], size
    return before


def _start_new_thread(function, args, kwargs={}, /):
    """Start a new thread and return its identifier."""
    handle = Handle()
    start(lambda: function(*args, **kwargs), handle=handle)
    return handle.ident


def _start_joinable(function, handle=None, daemon=True):
    handle = handle or Handle()
    start(function, handle, daemon)
    return handle


# Pools: a thread for each piece of work, so that no worker is left behind.


def _work(executor, context):
    try:
        if executor._initialized_workers < executor._max_workers:
            executor._initialized_workers += 1
            context.initialize()
    except BaseException:
        concurrent.futures._base.LOGGER.critical("Exception in initializer:", exc_info=True)
        executor._initializer_failed()
        return
    try:
        item = _again.pop(_current, None) or executor._work_queue.get_nowait()
    except queue.Empty:
        return
    if item is not None:
        item.run(context)


def _item_run(self, context):
    """As `concurrent.futures` has it, but for threads that are left behind or begun again."""
    if not self.future.set_running_or_notify_cancel():
        return
    try:
        result = context.run(self.task)
    except _Left:
        if _current.again is not None:
            self.future._state = concurrent.futures._base.PENDING
            _again[_current] = self
        raise
    except BaseException as error:
        self.future.set_exception(error)
    else:
        self.future.set_result(result)


#: Pieces of work that are begun again.
_again = {}


def _adjust_thread_count(self):
    number = self._worker_number = getattr(self, "_worker_number", -1) + 1
    if not number:
        self._initialized_workers = 0
    name = "%s_%d" % (self._thread_name_prefix or self, number % self._max_workers)
    thread = threading.Thread(name=name, target=_work, args=(self, self._create_worker_context()))
    self._threads.add(thread)
    thread.start()


def _as_completed(fs, timeout=None):
    """An iterator over the given futures that yields each as it completes."""
    futures = list(dict.fromkeys(fs))
    total = len(futures)
    until = None if timeout is None else _now() + timeout
    while futures:
        done = [future for future in futures if future.done()]
        if not done:
            left = None if until is None else max(until - _now(), 0)
            if not _wait(lambda: any(future.done() for future in futures), left):
                raise TimeoutError("%d (of %d) futures unfinished" % (len(futures), total))
            continue
        done.sort(key=lambda future: getattr(future, "_order", 0))
        for future in done:
            futures.remove(future)
            yield future


_real_invoke = concurrent.futures.Future._invoke_callbacks
_finished = [0]


def _invoke_callbacks(self):
    _finished[0] += 1
    self._order = _finished[0]
    _real_invoke(self)


def install():
    """Puts them in the place of the interpreter's own, in every module."""
    lock, handle_type = _thread.lock, _thread._ThreadHandle
    main_handle = Handle(_MAIN)
    replace([
        (_thread.start_joinable_thread, _start_joinable), (_thread.start_new_thread, _start_new_thread),
        (_thread.allocate_lock, Lock), (lock, Lock), (handle_type, Handle), (_thread.get_ident, get_ident),
        (_thread._make_thread_handle, Handle), (_thread.stack_size, stack_size), (_thread._local, _threading_local.local),
        (_thread.RLock, threading._PyRLock), (_sleep, sleep), (queue.SimpleQueue, queue._PySimpleQueue),
        (concurrent.futures.as_completed, _as_completed),
    ])  # fmt: skip
    threading._CRLock = None
    threading.RLock = threading._PyRLock
    threading._main_thread._os_thread_handle = main_handle
    threading._active_limbo_lock = threading._PyRLock()
    threading.Condition.wait = _condition_wait
    threading.Thread._bootstrap_inner = _bootstrap_inner
    _FIRST.update((_bootstrap_inner.__code__, threading.Thread.run.__code__, concurrent.futures.thread.WorkerContext.run.__code__))
    concurrent.futures.thread._WorkItem.run = _item_run
    threading.Timer.start = _timer_start
    threading.Timer.cancel = _timer_cancel
    threading.Timer._bootstrap_timer = _bootstrap_timer
    queue.SimpleQueue = queue._PySimpleQueue
    concurrent.futures.thread.ThreadPoolExecutor._adjust_thread_count = _adjust_thread_count
    concurrent.futures.thread._global_shutdown_lock = Lock()
    concurrent.futures.Future._invoke_callbacks = _invoke_callbacks
