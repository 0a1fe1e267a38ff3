"""Enciphering of single fields and small files (ID numbers, certificate images).

AES-256-GCM by default, SM4-GCM where 商用密码 is required; the first letters of a token name the cipher, so that
both can be read. `blind_index` makes a value findable without making it readable.
"""

import base64
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


@lru_cache(maxsize=8)
def _derived(purpose: str, length: int) -> bytes:
    secret = settings.RONGPEI_FIELD_KEY.encode()
    return HKDF(hashes.SHA256(), length, salt=None, info=purpose.encode()).derive(secret)


@lru_cache(maxsize=1)
def _aes() -> AESGCM:
    return AESGCM(_derived("field-aes", 32))


def encipher_bytes(plain: bytes) -> bytes:
    """Encipher bytes with a fresh nonce; the nonce leads the result."""
    nonce = os.urandom(_NONCE)
    if settings.RONGPEI_CIPHER == "sm4":
        made = Cipher(algorithms.SM4(_derived("field-sm4", 16)), modes.GCM(nonce)).encryptor()
        return b"s1" + nonce + made.update(plain) + made.finalize() + made.tag
    return b"a1" + nonce + _aes().encrypt(nonce, plain, None)


def decipher_bytes(token: bytes) -> bytes:
    """Undo `encipher_bytes`.

    Raises cryptography.exceptions.InvalidTag when the token was altered or the key is another.
    """
    nonce, body = token[2 : 2 + _NONCE], token[2 + _NONCE :]
    if token[:2] == b"s1":
        made = Cipher(algorithms.SM4(_derived("field-sm4", 16)), modes.GCM(nonce, body[-16:])).decryptor()
        return made.update(body[:-16]) + made.finalize()
    return _aes().decrypt(nonce, body, None)


def encipher(plain: str) -> str:
    """Encipher a text; the empty text stays empty."""
    return base64.b64encode(encipher_bytes(plain.encode())).decode() if plain else ""


def decipher(token: str) -> str:
    """Undo `encipher`."""
    return decipher_bytes(base64.b64decode(token)).decode() if token else ""


def blind_index(plain: str) -> str:
    """A keyed digest (HMAC-SHA-256, 32 hex digits) by which equal values can be found."""
    if not plain:
        return ""
    return hmac.digest(_derived("blind-index", 32), plain.upper().encode(), "sha256").hex()[:32]


def mask_id(number: str) -> str:
    """The first six and the last four characters, the rest as asterisks: 110105********2317."""
    return (
        number[:6] + "*" * max(len(number) - 10, 0) + number[-4:] if len(number) > 10 else "*" * len(number)
    )
