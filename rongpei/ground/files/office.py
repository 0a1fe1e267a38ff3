"""Office documents: a package with the right members, no macros, no bombs, nothing before or after it."""

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.files.codes import MEGABYTE, Format

MOST_MEMBERS = 5_000
MOST_INFLATED = 300 * MEGABYTE
MOST_RATIO = 150
_RATIO_COUNTS_FROM = 20 * MEGABYTE
_CHUNK = 256 * 1024

_MACRO = re.compile(
    r"(vbaproject|vbadata|/activex/|/macrosheets/|\.(exe|dll|scr|js|jse|vbs|vbe|hta|bat|cmd|ps1|lnk|jar)$)"
)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
_REMOTE_TEMPLATE = re.compile(rb"<[^>]*attachedTemplate[^>]*>", re.IGNORECASE)
_MAIN_TYPE = {
    Format.DOCX: b"wordprocessingml.document.main+xml",
    Format.XLSX: b"spreadsheetml.sheet.main+xml",
    Format.PPTX: b"presentationml.presentation.main+xml",
}


def inspect(content: bytes, kind: Format, *, forbidden: bytes, found: Callable[[], Refused]) -> None:
    """Refuse a package that is damaged, enciphered, swollen, active, or two things at once.

    Every member is inflated once, in pieces, so that stated sizes need not be believed; `forbidden` bytes in any
    of them raise `found()`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_frame(content, package)
            _check_members(package)
            if _MAIN_TYPE[kind] not in _read_members(package, len(content), forbidden, found):
                raise _damaged()
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OverflowError,
        EOFError,
        KeyError,
        OSError,
    ) as error:
        raise _damaged() from error
    except (RuntimeError, zlib.error) as error:  # an enciphered member; a damaged one
        raise _damaged() from error


def _check_frame(content: bytes, package: zipfile.ZipFile) -> None:
    """The package fills the file from the first byte to the last."""
    first = min((member.header_offset for member in package.infolist()), default=-1)
    end = content.rfind(b"PK\x05\x06")
    if first != 0 or end + 22 + len(package.comment) != len(content) or len(package.comment) > 256:
        raise Refused(
            _("这个文件里还夹着别的内容，没有保存。"),
            remedy=_("请在 Office 或 WPS 中打开，另存一份再上传。"),
            code="polyglot",
        )


def _check_members(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        raise _swollen()
    if len(set(names)) != len(names) or any(_is_odd(name) for name in names):
        raise _damaged()
    if any(_MACRO.search(f"/{name.lower()}") for name in names):
        raise _active()


def _read_members(
    package: zipfile.ZipFile, packed: int, forbidden: bytes, found: Callable[[], Refused]
) -> bytes:
    """Inflate everything within limits; gives the list of content types."""
    total, types = 0, b""
    for member in package.infolist():
        small = member.filename.endswith((".xml", ".rels", ".vml"))
        head = tail = b""
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MOST_INFLATED or (total > _RATIO_COUNTS_FROM and total > packed * MOST_RATIO):
                    raise _swollen()
                if forbidden in tail + chunk:
                    raise found()
                head = head or chunk
                tail = chunk[-len(forbidden) :]
        if small:
            _check_markup(member.filename, head)
        if member.filename == "[Content_Types].xml":
            types = head
    if _MACRO_TYPE.search(types):
        raise _active()
    return types


def _check_markup(name: str, head: bytes) -> None:
    plain = head.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain[:8192] or b"<!ENTITY" in plain[:8192]:
        raise _damaged()
    if name.endswith(".rels"):
        template = _REMOTE_TEMPLATE.search(plain)
        if template and b"External" in template[0] and b"://" in template[0]:
            raise _active()


def _is_odd(name: str) -> bool:
    return (
        name.startswith(("/", "\\"))
        or ".." in name.split("/")
        or "\\" in name
        or "\x00" in name
        or ":" in name
    )


def _damaged() -> Refused:
    return Refused(
        _("这个 Office 文件打不开、已加密或结构不对，没有保存。"),
        remedy=_("请去掉密码，另存一份再上传。"),
        code="damaged",
    )


def _active() -> Refused:
    return Refused(
        _("这个 Office 文件里有宏或程序，没有保存。"),
        remedy=_("请另存为不带宏的 docx、xlsx 或 pptx。"),
        code="active",
    )


def _swollen() -> Refused:
    return Refused(_("这个文件展开后太大，没有保存。"), remedy=_("请拆成几份后再上传。"), code="bomb")
