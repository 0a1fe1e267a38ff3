"""Handing a file to a browser so that it can do no harm there."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase

from rongpei.ground.files import vault
from rongpei.ground.files.cipher import decipher_bytes
from rongpei.ground.files.codes import INLINE_TYPES
from rongpei.ground.files.models import StoredFile

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox"


def serve(file: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """The file as a response; only raster images and PDF are shown in place, whatever is asked.

    Raises Http404 when the blob is gone. An enciphered file is deciphered in memory, never on disk.
    """
    place = vault.find(file.storage_name) if file.deleted_at is None else None
    if place is None:
        raise Http404
    response: HttpResponseBase
    if file.enciphered:
        response = HttpResponse(decipher_bytes(place.read_bytes()))
    else:
        response = FileResponse(place.open("rb"))
    shown = inline and file.content_type in INLINE_TYPES
    response.headers["Content-Type"] = file.content_type
    response.headers["Content-Length"] = str(file.size)
    response.headers["Content-Disposition"] = disposition(file.original_name, inline=shown)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str, *, inline: bool) -> str:
    """`Content-Disposition` with the name in UTF-8 (RFC 5987) and an ASCII one for old programs."""
    plain = "".join(
        one if one.isascii() and one.isprintable() and one not in '"\\%;' else "_" for one in name
    )
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
