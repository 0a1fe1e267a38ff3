"""PDF by its structure: whole, without programs in it, and nothing else at the same time."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.files.codes import MEGABYTE

MOST_INFLATED = 64 * MEGABYTE
MOST_OF_ONE = 4 * MEGABYTE
MOST_PACKED = MEGABYTE // 4
MOST_STREAMS = 20_000
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|Launch|RichMedia)(?![A-Za-z0-9])")
_STREAM = re.compile(rb"stream\r?\n")


def inspect(content: bytes) -> None:
    """Refuse a PDF that is cut off, that is also an archive, or that can run something.

    Of each stream but images the first 4 MB are inflated and looked at, 64 MB in all (the limits keep a hostile file
    from keeping us busy); of an enciphered PDF only the outer names can be read. What gets past is still shown in a sandbox only.
    """
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content:
        raise Refused(_("这个 PDF 不完整，没有保存。"), remedy=_("请重新导出后再上传。"), code="damaged")
    if content[end + 5 :].strip(b"\r\n\t \x00") or _is_archive(content):
        raise Refused(
            _("这个 PDF 里还夹着别的文件，没有保存。"),
            remedy=_("请用“打印为 PDF”重新导出。"),
            code="polyglot",
        )
    if any(_ACTIVE.search(_unescaped(part)) for part in _parts(content)):
        raise Refused(
            _("这个 PDF 里有脚本或会启动程序，没有保存。"),
            remedy=_("请用“打印为 PDF”重新导出。"),
            code="active",
        )


def _is_archive(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return bool(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        return False


def _unescaped(part: bytes) -> bytes:
    # `/J#61vaScript` is the same name as `/JavaScript`.
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    left, whole = MOST_INFLATED, memoryview(content)
    for found in islice(_STREAM.finditer(content), MOST_STREAMS):
        start = found.end()
        if left <= 0 or b"/Image" in content[max(start - 400, 0) : start].rpartition(b"obj")[2]:
            continue
        try:
            part = zlib.decompressobj().decompress(whole[start : start + MOST_PACKED], MOST_OF_ONE)
        except zlib.error:  # not deflated, or enciphered
            continue
        left -= len(part)
        yield part
