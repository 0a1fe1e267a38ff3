"""Plain text."""

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused

_ALLOWED_CONTROLS = {"\t", "\n", "\r", "\f"}


def as_utf8(content: bytes) -> bytes:
    """The text in UTF-8, from UTF-8, UTF-16 with its mark, or GB18030.

    Refuses what is not text: control characters, or bytes that none of these can read.
    """
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(one in _ALLOWED_CONTROLS or not _is_control(one) for one in text):
            return text.encode()
        break
    raise Refused(_("这不是文本文件，没有保存。"), remedy=_("请另存为 UTF-8 编码的 txt 文件。"), code="text")


def _is_control(one: str) -> bool:
    return one < " " or "\x7f" <= one <= "\x9f"
