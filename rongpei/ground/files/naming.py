"""Names of files: the one that people see, and the one on disk, which says nothing."""

import re
import secrets
import unicodedata

_MOST_BYTES = 180
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def random_name() -> str:
    """A storage name of 256 random bits, in hex."""
    return secrets.token_hex(32)


def extension_of(name: str) -> str:
    """The extension in lower case, without its dot; empty when there is none."""
    _stem, dot, extension = clean(name).rpartition(".")
    return extension.lower() if dot else ""


def clean(name: str) -> str:
    """The last part of a path without control, direction and path characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in _HIDDEN_CATEGORIES)
    return " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")


def shown_name(name: str, extension: str) -> str:
    """The name to keep: cleaned, shortened to 180 bytes, and ending as its content demands."""
    stem = clean(name)
    if stem.lower().endswith(_aliases(extension)):
        stem = stem.rpartition(".")[0]
    else:
        head, dot, tail = stem.rpartition(".")
        stem = head if dot and re.fullmatch(r"[0-9A-Za-z]{1,5}", tail) else stem
    stem = stem.encode()[:_MOST_BYTES].decode(errors="ignore").strip(". ") or "file"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}.{extension}"


def _aliases(extension: str) -> tuple[str, ...]:
    return (".jpg", ".jpeg", ".jpe") if extension == "jpg" else (f".{extension}",)
