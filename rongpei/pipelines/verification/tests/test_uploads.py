"""A corpus of hostile uploads: refused with one sentence, or made harmless; what is kept is enciphered."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.files import pages, vault
from rongpei.ground.files.cipher import decipher_bytes
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.codes import PICTURE_BYTES
from rongpei.pipelines.verification.queries import files_in
from rongpei.pipelines.verification.tests import samples

SCRIPT = b"<script>window.hacked=1</script>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def image(kind: str, **more) -> bytes:
    made = BytesIO()
    Image.new("RGB", (64, 40), "teal").save(made, kind, **more)
    return made.getvalue()


def archive() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("evil.html", SCRIPT)
    return made.getvalue()


def with_place() -> bytes:
    """A photograph that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "CameraOfMine"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 26.0), 3: "E", 4: (116.0, 23.0, 29.0)})
    return image("JPEG", exif=exif)


def scan(*colours: str, size: tuple[int, int] = (1240, 1754)) -> bytes:
    """A PDF as a scanner makes it: one picture a page."""
    first, *others = [Image.new("RGB", size, colour) for colour in colours]
    made = BytesIO()
    first.save(made, "PDF", resolution=150, save_all=True, append_images=others)
    return made.getvalue()


def lively(extra: bytes, page: bytes = b"") -> bytes:
    """A PDF of one page whose catalogue or page wants something done."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + page + b" >>\nendobj\n"
        b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )


def huge_png() -> bytes:
    """A few bytes that claim forty thousand pixels a side."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


REFUSED = {
    "svg.jpg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked=1"><script>1</script></svg>',
    "page.png": b"<!doctype html><html><body>" + SCRIPT + b"</body></html>",
    "xml.svg": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    "gif-and-script.gif": b"GIF89a/*\x00\x00*/=1;window.hacked=1;//",
    "program.jpg": b"MZ" + b"\0" * 300,
    "shell.png": b"#!/bin/sh\nrm -rf /\n",
    "archive.jpg": archive(),
    "paper.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n0\n%%EOF",
    "cut.pdf": scan("white")[:400],
    "no-page.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
    "book.pdf": scan(*["white"] * 5, size=(60, 80)),
    "eicar.pdf": scan("white") + EICAR,
    "large.pdf": scan("white") + b"\0" * PICTURE_BYTES,
    "words.txt": "医师执业证书".encode(),
    "eicar.txt": EICAR,
    "eicar-in-a-photo.jpg": image("JPEG", comment=EICAR),
    "cut.jpg": image("JPEG")[:300],
    "empty.jpg": b"",
    "huge.png": huge_png(),
    "large.jpg": image("JPEG") + b"\0" * PICTURE_BYTES,
    "php.jpg": b"<?php system($_GET['c']); ?>",
}
HARMLESS = {
    "photo-and-archive.jpg": image("JPEG") + archive(),
    "photo-and-script.jpg": image("JPEG", comment=SCRIPT),
    "picture-and-page.png": image("PNG") + b"<html>" + SCRIPT,
    "place.jpg": with_place(),
    "plain.webp": image("WEBP"),
    "animated.gif": image("GIF"),
    "../../etc/cron.d/name.jpg": image("JPEG"),
    '"><img src=x onerror=alert(1)>.jpg': image("JPEG"),
}


@pytest.fixture
def application(cast, settings, tmp_path):
    """In a vault of its own: other tests that run beside keep files too."""
    settings.RONGPEI_FILES = tmp_path / "files"
    with scope([cast.operator.tenant.pk]):
        yield samples.agreed(cast.operator)


def add(application, name, content):
    upload = ContentFile(content, name=name)
    actor = samples.oneself(application.person)
    return actions.add_document(actor=actor, application=application, upload=upload, now=clock.now())


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_a_sentence_and_nothing_is_kept(application, name):
    waiting = set(vault.pending_blobs())
    with pytest.raises(Refused) as refused:
        add(application, name, REFUSED[name])
    assert refused.value.what.endswith("。")
    assert not files_in(application).exists()
    assert set(vault.pending_blobs()) == waiting


@pytest.mark.parametrize("name", HARMLESS)
def test_is_made_harmless_and_enciphered(application, name):
    (stored,) = add(application, name, HARMLESS[name])
    kept = vault.find(stored.storage_name).read_bytes()
    assert not kept.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF"))
    content = decipher_bytes(kept)
    for trace in (b"script", b"PK\x03\x04", b"CameraOfMine", b"Exif", b"GPS", b"<html"):
        assert trace not in content
    with Image.open(BytesIO(content)) as found:
        assert found.size == (64, 40)
        assert not found.getexif()
    assert "/" not in stored.original_name
    assert stored.content_type in ("image/jpeg", "image/png", "image/webp")


LIVELY = {
    "script.pdf": lively(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    "program.pdf": lively(b"/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "address.pdf": lively(b"/OpenAction << /S /URI /URI (https://elsewhere.invalid) >>"),
    "page-script.pdf": lively(b"", b"/AA << /O << /S /JavaScript /JS (this.submitForm\\(\\)) >> >>"),
    "scan-and-archive.pdf": scan("white") + archive(),
    "scan-and-page.pdf": scan("white") + SCRIPT,
}


@pytest.mark.parametrize("name", LIVELY)
def test_of_a_pdf_only_what_it_looks_like_is_kept(application, name):
    (stored,) = add(application, name, LIVELY[name])
    content = decipher_bytes(vault.find(stored.storage_name).read_bytes())
    assert content.startswith(b"\xff\xd8")
    for trace in (b"script", b"JavaScript", b"/bin/sh", b"invalid", b"PK\x03\x04", b"%PDF"):
        assert trace not in content
    assert stored.content_type == "image/jpeg"


def test_a_scanned_certificate_becomes_its_pages(application):
    stored = add(application, "医师执业证书.pdf", scan("teal", "maroon"))
    assert [one.original_name for one in stored] == ["医师执业证书-1.jpg", "医师执业证书-2.jpg"]
    for file, (red, green, blue) in zip(stored, ((0, 128, 128), (128, 0, 0)), strict=True):
        with Image.open(BytesIO(decipher_bytes(vault.find(file.storage_name).read_bytes()))) as page:
            assert min(page.size) > 1500
            found = page.getpixel((page.width // 2, page.height // 2))
        assert max(abs(one - other) for one, other in zip(found, (red, green, blue), strict=True)) < 6


def sealed() -> bytes:
    """An electronic certificate, whose red seal is a signature field."""
    look = b"1 0 0 rg 0 0 100 100 re f"
    return lively(b"/AcroForm << /Fields [4 0 R] /SigFlags 3 >>", b"/Annots [4 0 R]").replace(
        b"trailer",
        b"4 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /F 4 /Rect [200 300 400 500] /P 3 0 R"
        b" /AP << /N 5 0 R >> >>\nendobj\n5 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Length "
        + str(len(look)).encode() + b" >>\nstream\n" + look + b"\nendstream\nendobj\ntrailer",
    )  # fmt: skip


def test_the_seal_of_an_electronic_certificate_is_drawn(application):
    (stored,) = add(application, "电子证照.pdf", sealed())
    with Image.open(BytesIO(decipher_bytes(vault.find(stored.storage_name).read_bytes()))) as page:
        seal = page.getpixel((page.width * 300 // 595, page.height * 442 // 842))
        paper = page.getpixel((20, 20))
    assert seal[0] > 240
    assert seal[1] < 20
    assert min(paper) > 250


def test_a_pdf_with_more_pages_than_room_keeps_none(application):
    add(application, "证书.jpg", HARMLESS["place.jpg"])
    with pytest.raises(Refused, match="有 4 页，这里还能放 3 页"):
        add(application, "证书.pdf", scan(*["white"] * 4, size=(60, 80)))
    assert files_in(application).count() == 1


def test_a_pdf_that_takes_too_long_is_given_up(application, monkeypatch):
    monkeypatch.setattr(pages, "_SECONDS", 0.01)
    with pytest.raises(Refused, match="打不开、有密码或太复杂"):
        add(application, "证书.pdf", scan("white"))
    monkeypatch.undo()
    assert len(add(application, "证书.pdf", scan("white"))) == 1


def test_only_so_many_pictures(application):
    for _ in range(4):
        add(application, "证书.jpg", HARMLESS["place.jpg"])
    with pytest.raises(Refused, match="最多"):
        add(application, "证书.jpg", HARMLESS["place.jpg"])
