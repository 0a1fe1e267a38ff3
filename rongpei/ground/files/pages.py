"""The pages of a PDF as images: for uploads that are to be looked at and never kept as they came.

A PDF is drawn by a program of its own (`pagedrawer`), so that one made to harm reaches neither this process nor its
database, and is ended when it takes too long.
"""

import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.files.checking import EICAR, virus
from rongpei.ground.files.naming import clean
from rongpei.ground.files.pagedrawer import COUNT, LENGTH, TOO_MANY

_PROGRAM = str(Path(__file__).with_name("pagedrawer.py"))
_SECONDS, _PATIENCE = 15, 5
_ONE_AT_A_TIME = threading.Semaphore()  # in each process: drawing keeps a processor busy


def is_pdf(upload: "File[bytes]") -> bool:
    """Whether the content begins as a PDF does."""
    upload.seek(0)
    head: bytes = upload.read(5)
    upload.seek(0)
    return head == b"%PDF-"


def drawn_pages(upload: "File[bytes]", most: int) -> "list[File[bytes]]":
    """The pages as images, in order; nothing else of the file is in them.

    Refuses what has more pages than `most`, has none, is damaged, locked with a password, or takes too long. They are
    uploads like any other: `store_upload` checks and draws them anew.
    """
    upload.seek(0)
    content = upload.read()
    if EICAR in content:
        raise virus()
    if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise Refused(_("正在处理别人的 PDF，还没有轮到您。"), remedy=_("请稍后再上传一次。"), code="busy")
    try:
        code, written = _drawn_apart(content, most)
    except subprocess.TimeoutExpired as error:
        raise _undrawn() from error
    finally:
        _ONE_AT_A_TIME.release()
    if code == TOO_MANY and len(written) == COUNT.size:
        raise _wrong_count(COUNT.unpack(written[: COUNT.size])[0], most)
    if code:
        raise _undrawn()
    stem = clean(upload.name or "").rpartition(".")[0] or "page"
    return [
        ContentFile(image, name=f"{stem}-{number}.jpg") for number, image in enumerate(_images(written), 1)
    ]


def _drawn_apart(content: bytes, most: int) -> tuple[int, bytes]:
    """What the program ended with, and what it wrote: into a file, whose size the operating system limits."""
    with tempfile.TemporaryFile() as out:
        # The program is ours; of the upload it gets the content alone, never a name or a word for its command.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", _PROGRAM, str(most)], input=content, stdout=out, stderr=subprocess.DEVNULL, env={},
            cwd="/", timeout=_SECONDS, check=False,
        )  # fmt: skip
        out.seek(0)
        return done.returncode, out.read()


def _images(written: bytes) -> Iterator[bytes]:
    at = COUNT.size
    while at < len(written):
        try:
            (length,) = LENGTH.unpack(written[at : at + LENGTH.size])
        except struct.error as error:
            raise _undrawn() from error
        at += LENGTH.size
        yield written[at : at + length]
        at += length


def _wrong_count(pages: int, most: int) -> Refused:
    if not pages:
        return _undrawn()
    return Refused(
        _("这个 PDF 有 %(pages)d 页，这里还能放 %(most)d 页，没有保存。") % {"pages": pages, "most": most},
        remedy=_("请只留要用的几页，再“打印为 PDF”上传。"),
        code="pages",
    )


def _undrawn() -> Refused:
    return Refused(
        _("这个 PDF 打不开、有密码或太复杂，没有保存。"),
        remedy=_("请去掉密码，或拍成照片上传。"),
        code="damaged",
    )
