"""What a file is, by its content alone."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.files.codes import Format

_MAGIC = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
    (b"%PDF-", Format.PDF),
)
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02",
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {
    "word/document.xml": Format.DOCX,
    "xl/workbook.xml": Format.XLSX,
    "ppt/presentation.xml": Format.PPTX,
}
_MARKUP = re.compile(
    rb"<\s*(!doctype\s+(html|svg)|html|head|body|svg|script|iframe|\?xml|\?php)\b", re.IGNORECASE
)


def format_of(content: bytes, extension: str) -> Format:
    """The format of a content.

    The extension decides nothing, except that text counts only when it is called `.txt`: pages and scripts are
    text too. Refuses programs, web pages, SVG, macros' old containers, and whatever it does not know.
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Format.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Format.HEIC
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(_PROGRAMS):
        raise Refused(_("不能上传程序。"), remedy=_("请上传图片、PDF 或 Office 文档。"), code="program")
    if content.startswith(_OLD_OFFICE):
        raise Refused(
            _("不能上传旧版 Office 文件和加密的 Office 文件。"),
            why=_("其中的宏和内容无法检查。"),
            remedy=_("请去掉密码，另存为 docx、xlsx 或 pptx 后再上传。"),
            code="old-office",
        )
    if _MARKUP.search(content[:100_000].replace(b"\x00", b"")):
        raise Refused(
            _("不能上传网页和 SVG 图形。"),
            why=_("其中可以藏脚本。"),
            remedy=_("请另存为 PNG 图片或 PDF 后再上传。"),
            code="markup",
        )
    if extension == Format.TEXT:
        return Format.TEXT
    raise unknown()


def unknown() -> Refused:
    """The refusal of an unknown format."""
    return Refused(
        _("认不出这个文件的类型，没有保存。"),
        why=_("类型按内容判断，不看文件名。"),
        remedy=_("请上传 JPG、PNG、PDF、docx、xlsx、pptx 或 txt 文件。"),
        code="unknown",
    )


def _package(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise unknown() from error
    kinds = [kind for part, kind in _PARTS.items() if part in names]
    if len(kinds) == 1 and "[Content_Types].xml" in names:
        return kinds[0]
    raise Refused(_("不能上传压缩包。"), remedy=_("请把里面的文件取出来，逐个上传。"), code="archive")
