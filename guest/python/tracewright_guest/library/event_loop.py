"""asyncio without sockets: the event loop waits for time and for threads only."""

import asyncio
import selectors

from asyncio import base_events, selector_events

from . import missing, threads


class _Selector(selectors.BaseSelector):
    """Selects nothing, until the time is over or the loop has something to do."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout=None):
        """Waits, and returns that nothing is ready."""
        ready = self._loop._ready
        if timeout != 0 or threads._pending and not ready:
            threads._wait(lambda: bool(ready), timeout)
        return []

    def register(self, fileobj, events, data=None):
        """Refuses."""
        raise missing.error(OSError, "sockets or pipes to wait for")

    def unregister(self, fileobj):
        """Knows no file."""
        raise KeyError(fileobj)

    def get_map(self):
        """Returns that nothing is registered."""
        return {}


def _init(self, selector=None):
    base_events.BaseEventLoop.__init__(self)
    self._selector = _Selector(self)
    self._transports = {}


def _nothing(self, *args):
    return None


def install():
    """Changes asyncio's own loop."""
    loop = selector_events.BaseSelectorEventLoop
    loop.__init__ = _init
    loop._make_self_pipe = loop._close_self_pipe = loop._write_to_self = loop._process_events = _nothing
    asyncio.SelectorEventLoop.add_signal_handler = missing.function(NotImplementedError, "signals")
    for name in ("create_connection", "create_server", "create_unix_connection", "create_unix_server", "create_datagram_endpoint"):
        if hasattr(asyncio.SelectorEventLoop, name):
            setattr(asyncio.SelectorEventLoop, name, _refuse(name))


def _refuse(name):
    async def refuse(self, *args, **kwargs):
        raise missing.error(OSError, "sockets (%s)" % name)

    return refuse
