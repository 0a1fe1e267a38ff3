"""Is this upload what it may be? Checks it, and gives the content that will be stored instead of it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.files import images, office, pdfs, texts
from rongpei.ground.files.codes import DOCUMENT_BYTES, IMAGES, MEGABYTE, OFFICE, Format, bytes_allowed
from rongpei.ground.files.naming import extension_of
from rongpei.ground.files.sniffing import format_of

# The standard test string of virus scanners, in two pieces so that no scanner takes this file away.
EICAR = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"


@dataclass(frozen=True, slots=True)
class Clean:
    """Content that may be stored, and what it is."""

    kind: Format
    content: bytes


def check(upload: "File[bytes]", kinds: Collection[Format]) -> Clean:
    """Read the upload once and make it harmless.

    Refuses (audit.Refused) with one sentence of what, why and what to do.
    """
    content = _read(upload)
    if EICAR in content:
        raise virus()
    kind = format_of(content, extension_of(upload.name or ""))
    if kind not in kinds:
        raise Refused(
            _("这里不能上传%(kind)s。") % {"kind": kind.label},
            remedy=_("可以上传：%(kinds)s。") % {"kinds": _listed(kinds)},
            code="kind",
        )
    if len(content) > bytes_allowed(kind):
        raise _too_large(bytes_allowed(kind))
    return _cleaned(kind, content)


def virus() -> Refused:
    """The refusal of the scanners' test string."""
    return Refused(
        _("这个文件里有病毒特征，没有保存。"), remedy=_("请先用杀毒软件检查您的电脑。"), code="virus"
    )


def _cleaned(kind: Format, content: bytes) -> Clean:
    if kind in IMAGES:
        made = images.redrawn(content, kind)
        return Clean(made.kind, made.content)
    if kind in OFFICE:
        office.inspect(content, kind, forbidden=EICAR, found=virus)
    elif kind == Format.PDF:
        pdfs.inspect(content)
    else:
        content = texts.as_utf8(content)
    return Clean(kind, content)


def _read(upload: "File[bytes]") -> bytes:
    # The size a browser states is only a hint: reading stops one byte past the limit.
    if (upload.size or 0) > DOCUMENT_BYTES:
        raise _too_large(DOCUMENT_BYTES)
    upload.seek(0)
    content: bytes = upload.read(DOCUMENT_BYTES + 1)
    if len(content) > DOCUMENT_BYTES:
        raise _too_large(DOCUMENT_BYTES)
    if not content:
        raise Refused(_("这个文件是空的，没有保存。"), remedy=_("请选择另一个文件。"), code="empty")
    return content


def _too_large(limit: int) -> Refused:
    return Refused(
        _("文件超过 %(limit)s MB，没有保存。") % {"limit": limit // MEGABYTE},
        why=_("图片不超过 15 MB，文档不超过 30 MB。"),
        remedy=_("请压缩后再上传。"),
        code="size",
    )


def _listed(kinds: Collection[Format]) -> str:
    return "、".join(str(kind.label) for kind in Format if kind in kinds)
