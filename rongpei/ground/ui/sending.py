"""Answering with a file that was made for this request."""

import tempfile
from typing import IO

from django.http import FileResponse

ZIP = "application/zip"


def unnamed_file() -> IO[bytes]:
    """A temporary file to write into; `sent` hands it to the response, which closes it."""
    return tempfile.TemporaryFile()


def sent(target: IO[bytes], name: str, kind: str) -> FileResponse:
    """What was written, from its beginning, to be saved under this name and kept by no cache."""
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response
