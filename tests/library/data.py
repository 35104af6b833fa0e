"""What of the library works: data. Each function asserts."""

import errno


def zones():
    import zoneinfo, datetime

    z = zoneinfo.ZoneInfo("Europe/Paris")
    d = datetime.datetime(2024, 7, 1, 12, tzinfo=z)
    assert d.utcoffset() == datetime.timedelta(hours=2)
    assert len(zoneinfo.available_timezones()) > 400
    assert str(zoneinfo.ZoneInfo("US/Eastern")) == "US/Eastern"
    try:
        zoneinfo.ZoneInfo("No/Where")
    except zoneinfo.ZoneInfoNotFoundError as e:
        assert isinstance(e, KeyError)


def codecs():
    for (
        c
    ) in "iso8859_15 cp1251 koi8_r mac_roman cp437 euc_kr shift_jis gb18030 big5 euc_jp iso2022_jp cp949 hz utf_8_sig cp850 latin2".split():
        assert "ab".encode(c).decode(c) == "ab"
    assert "가".encode("euc_kr") == b"\xb0\xa1"


def pbk():
    import hashlib

    assert (
        hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2).hex() == "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43"
    )


zones()
codecs()
pbk()
