"""Formats that may be stored, and their limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024


class Format(models.TextChoices):
    """What a file is, found from its content. The value is the extension it is given."""

    JPEG = "jpg", _("JPEG 图片")
    PNG = "png", _("PNG 图片")
    WEBP = "webp", _("WebP 图片")
    GIF = "gif", _("GIF 图片")
    HEIC = "heic", _("HEIC 图片")
    PDF = "pdf", _("PDF 文件")
    DOCX = "docx", _("Word 文档")
    XLSX = "xlsx", _("Excel 工作簿")
    PPTX = "pptx", _("PowerPoint 演示文稿")
    TEXT = "txt", _("文本文件")


IMAGES = frozenset({Format.JPEG, Format.PNG, Format.WEBP, Format.GIF, Format.HEIC})
OFFICE = frozenset({Format.DOCX, Format.XLSX, Format.PPTX})
DOCUMENTS = OFFICE | {Format.PDF, Format.TEXT}
ALL = IMAGES | DOCUMENTS

IMAGE_BYTES = 15 * MEGABYTE
DOCUMENT_BYTES = 30 * MEGABYTE

_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES: dict[str, str] = {
    Format.JPEG: "image/jpeg",
    Format.PNG: "image/png",
    Format.WEBP: "image/webp",
    Format.PDF: "application/pdf",
    Format.DOCX: _OFFICE_TYPE + "wordprocessingml.document",
    Format.XLSX: _OFFICE_TYPE + "spreadsheetml.sheet",
    Format.PPTX: _OFFICE_TYPE + "presentationml.presentation",
    Format.TEXT: "text/plain; charset=utf-8",
}
# The only types a browser may show in place; all others are saved.
INLINE_TYPES = frozenset(CONTENT_TYPES[kind] for kind in (Format.JPEG, Format.PNG, Format.WEBP, Format.PDF))


def bytes_allowed(kind: Format) -> int:
    """The largest upload of a format, in bytes."""
    return IMAGE_BYTES if kind in IMAGES else DOCUMENT_BYTES
