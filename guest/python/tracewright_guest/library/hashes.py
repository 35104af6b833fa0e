"""`hashlib.pbkdf2_hmac`, which CPython has from OpenSSL alone."""

import hashlib
import operator

_TRANSLATE_5C = bytes(x ^ 0x5C for x in range(256))
_TRANSLATE_36 = bytes(x ^ 0x36 for x in range(256))


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."""
    if not isinstance(hash_name, str):
        raise TypeError("pbkdf2_hmac() argument 'hash_name' must be str, not %s" % type(hash_name).__name__)
    password, salt = bytes(memoryview(password)), bytes(memoryview(salt))
    iterations = operator.index(iterations)
    inner, outer = hashlib.new(hash_name), hashlib.new(hash_name)
    if dklen is None:
        dklen = outer.digest_size
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    block = inner.block_size
    if len(password) > block:
        password = hashlib.new(hash_name, password).digest()
    password = password.ljust(block, b"\0")
    inner.update(password.translate(_TRANSLATE_36))
    outer.update(password.translate(_TRANSLATE_5C))

    def prf(message):
        i, o = inner.copy(), outer.copy()
        i.update(message)
        o.update(i.digest())
        return o.digest()

    key, number = b"", 1
    while len(key) < dklen:
        previous = prf(salt + number.to_bytes(4, "big"))
        value = int.from_bytes(previous, "big")
        for _ in range(iterations - 1):
            previous = prf(previous)
            value ^= int.from_bytes(previous, "big")
        key += value.to_bytes(inner.digest_size, "big")
        number += 1
    return key[:dklen]


def install():
    """Adds it to `hashlib`."""
    pbkdf2_hmac.__module__ = "hashlib"
    hashlib.pbkdf2_hmac = pbkdf2_hmac
    hashlib.__all__ += ("pbkdf2_hmac",)
