"""Time zones, from the package `tzdata`, kept in memory."""

import importlib.resources
import io
import sys
import zoneinfo
import zlib

#: Zones' files by key: where the data begins and ends in `_data`.
_places = {}
#: All different files one after another, compressed in one piece by 64 zones.
_pieces = []
_open = {}


def _load(key):
    place = _places.get(key)
    if place is None:
        raise zoneinfo.ZoneInfoNotFoundError("No time zone found with key %s" % key)
    piece, start, end = place
    data = _open.get(piece)
    if data is None:
        data = _open[piece] = zlib.decompress(_pieces[piece])
    return io.BytesIO(data[start:end])


def available_timezones():
    """Return a set containing all available time zones."""
    return set(_places)


def install():
    """Reads the package's files."""
    root = importlib.resources.files("tzdata")
    known = {}
    waiting = bytearray()
    keys = [key for key in root.joinpath("zones").read_text().split() if key]
    for number, key in enumerate(keys):
        data = root.joinpath("zoneinfo", *key.split("/")).read_bytes()
        if data not in known:
            known[data] = (len(_pieces), len(waiting), len(waiting) + len(data))
            waiting += data
        _places[key] = known[data]
        if len(waiting) > 1 << 16 or number == len(keys) - 1:
            _pieces.append(zlib.compress(bytes(waiting), 9))
            waiting.clear()
    zoneinfo._common.load_tzdata = _load
    zoneinfo._tzpath.available_timezones = zoneinfo.available_timezones = available_timezones
    zoneinfo.reset_tzpath(())
    for name in [name for name in sys.modules if name.partition(".")[0] == "tzdata"]:
        del sys.modules[name]
