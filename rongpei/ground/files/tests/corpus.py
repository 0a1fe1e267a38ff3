"""Files made for the tests: good ones, and every bad one we know how to make."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GPS_TAG, ORIENTATION_TAG, MAKER = 0x8825, 0x0112, "Secret Camera 9000"


def image(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    made = Image.new(mode, size, 200 if mode in {"L", "I;16"} else "red" if mode != "P" else 0)
    made.save(out, kind, **options)
    return out.getvalue()


def photo() -> bytes:
    """A photograph lying on its side, with place, camera and a colour profile."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6
    exif[0x010F] = MAKER
    exif.get_ifd(GPS_TAG)[2] = (31.0, 14.0, 7.0)
    return image("JPEG", (60, 20), exif=exif, icc_profile=b"profile-of-nobody" * 20, comment=b"taken at home")


def zipped(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
        package.comment = comment
    return out.getvalue()


_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def office(
    kind: str, extra: dict[str, bytes] | None = None, *, comment: bytes = b"", more_types: str = ""
) -> bytes:
    part, what = _MAIN[kind]
    content_type = f"application/vnd.openxmlformats-officedocument.{what}.main+xml"
    types = f'<Types><Override PartName="/{part}" ContentType="{content_type}"/>{more_types}</Types>'
    members = {"[Content_Types].xml": types.encode(), "_rels/.rels": b"<Relationships/>", part: b"<w/>"}
    return zipped(members | (extra or {}), comment)


def pdf(body: bytes = b"<< /Type /Catalog >>", after: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n"
        + body
        + b"\nendobj\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
        + after
    )


def pdf_with_stream(plain: bytes) -> bytes:
    packed = zlib.compress(plain)
    return pdf(
        b"<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    )


def png_bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it is `side` × `side`."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(4096)))
        + chunk(b"IEND", b"")
    )
