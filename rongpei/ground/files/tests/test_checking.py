"""What may come in, and what is left of it."""

import random
import time
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rongpei.ground.audit import Refused
from rongpei.ground.files import codes
from rongpei.ground.files.checking import Clean, check
from rongpei.ground.files.codes import ALL, IMAGES, Format
from rongpei.ground.files.tests import corpus


def checked(content: bytes, name: str = "x", kinds: frozenset[Format] = ALL) -> Clean:
    return check(SimpleUploadedFile(name, content), kinds)


def refusal(content: bytes, name: str = "x", kinds: frozenset[Format] = ALL) -> Refused:
    with pytest.raises(Refused) as caught:
        checked(content, name, kinds)
    assert caught.value.what.endswith("。")
    assert caught.value.remedy.endswith("。")
    return caught.value


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (corpus.image("JPEG"), "a.jpg", Format.JPEG),
        (corpus.image("PNG"), "a.jpg", Format.PNG),
        (corpus.image("PNG", mode="RGBA"), "a", Format.PNG),
        (corpus.image("PNG", mode="I;16"), "a", Format.PNG),
        (corpus.image("PNG", mode="P"), "a", Format.PNG),
        (corpus.image("JPEG", mode="CMYK"), "a", Format.JPEG),
        (corpus.image("JPEG", mode="L"), "a", Format.JPEG),
        (corpus.image("WEBP"), "a.exe", Format.WEBP),
        (corpus.image("GIF"), "a.gif", Format.PNG),
        (corpus.pdf(), "a.pdf", Format.PDF),
        (corpus.pdf_with_stream(b"/Page (JavaScript)"), "a.pdf", Format.PDF),
        (corpus.office("docx"), "a.docx", Format.DOCX),
        (corpus.office("xlsx"), "a.zip", Format.XLSX),
        (corpus.office("pptx"), "a.pptx", Format.PPTX),
        ("𬱖和㛃".encode(), "a.txt", Format.TEXT),
        ("会议记录".encode("gb18030"), "a.TXT", Format.TEXT),
        ("会议记录".encode("utf-16"), "a.txt", Format.TEXT),
    ],
)
def test_good_files_are_known_by_their_content(content: bytes, name: str, kind: Format) -> None:
    assert checked(content, name).kind == kind


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (corpus.SVG, "a.svg", "markup"),
        (corpus.SVG, "a.png", "markup"),
        (corpus.SVG, "a.txt", "markup"),
        (corpus.SVG.decode().encode("utf-16"), "a.txt", "markup"),
        (b"  \n<!DOCTYPE html><p>", "a.txt", "markup"),
        (b"hello " + corpus.SCRIPT, "a.txt", "markup"),
        (b"MZ\x90\x00", "a.pdf", "program"),
        (b"\x7fELF\x02", "a.txt", "program"),
        (b"#!/bin/sh\nrm", "a.txt", "program"),
        (b"alert(1)", "a.js", "unknown"),
        (b"hello", "a.html", "unknown"),
        (b"\x00\x01\x02binary", "a.txt", "text"),
        (corpus.zipped({"a.txt": b"x"}), "a.docx", "archive"),
        (b"PK\x03\x04 not a zip", "a.docx", "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "old-office"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(64), "a.heic", "heic"),
        (corpus.EICAR, "a.txt", "virus"),
        (corpus.image("JPEG") + corpus.EICAR, "a.jpg", "virus"),
        (corpus.office("docx", {"word/x.bin": corpus.EICAR}), "a.docx", "virus"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name).code == code


def test_a_kind_that_is_not_wanted_here_is_refused_by_content_not_by_name() -> None:
    assert refusal(corpus.pdf(), "photo.jpg", IMAGES).code == "kind"


@pytest.mark.parametrize("stated", [True, False])
def test_sizes_are_limited_whatever_the_browser_states(stated: bool) -> None:
    too_big = corpus.pdf() + bytes(codes.DOCUMENT_BYTES)
    upload = SimpleUploadedFile("a.pdf", too_big)
    upload.size = len(too_big) if stated else 10
    with pytest.raises(Refused) as caught:
        check(upload, ALL)
    assert caught.value.code == "size"
    assert refusal(corpus.image("PNG") + bytes(codes.IMAGE_BYTES), "a.png").code == "size"


def test_nothing_of_a_photograph_survives_but_its_pixels_upright() -> None:
    came = corpus.photo()
    assert Image.open(BytesIO(came)).getexif().get_ifd(corpus.GPS_TAG), "the test's photograph has a place"
    made = checked(came, "a.jpg").content
    image = Image.open(BytesIO(made))
    assert image.size == (20, 60)
    assert not image.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
    for secret in (corpus.MAKER.encode(), b"profile-of-nobody", b"taken at home", b"Exif"):
        assert secret not in made


@pytest.mark.parametrize(
    "polyglot",
    [
        corpus.image("JPEG") + corpus.office("docx"),
        corpus.image("PNG") + corpus.SCRIPT,
        corpus.image("GIF", comment=corpus.SCRIPT) + corpus.SCRIPT,
        corpus.image("JPEG", comment=corpus.SCRIPT),
        b"GIF89a/*" + corpus.image("GIF")[8:] + b"*/=1;" + corpus.SCRIPT,
        corpus.image("WEBP", xmp=corpus.SCRIPT),
    ],
)
def test_an_image_that_is_also_something_else_is_only_an_image_afterwards(polyglot: bytes) -> None:
    try:
        made = checked(polyglot).content
    except Refused:
        return
    assert corpus.SCRIPT not in made
    assert b"PK\x03\x04" not in made


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (corpus.png_bomb(20_000), "pixels"),
        (corpus.png_bomb(8_000), "pixels"),
        (corpus.image("JPEG")[:-40], "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "damaged"),
    ],
)
def test_bombs_and_broken_images_are_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_large_images_shrink_to_4096() -> None:
    made = checked(corpus.image("JPEG", (9000, 100))).content
    assert max(Image.open(BytesIO(made)).size) <= 4096


def test_transparency_survives_where_the_format_has_it() -> None:
    made = checked(corpus.image("PNG", mode="RGBA")).content
    assert Image.open(BytesIO(made)).mode == "RGBA"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (corpus.office("docx", {"word/vbaProject.bin": b"x"}), "active"),
        (corpus.office("xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"}), "active"),
        (corpus.office("docx", {"word/activeX/activeX1.xml": b"<x/>"}), "active"),
        (corpus.office("pptx", {"ppt/embeddings/run.exe": b"MZ"}), "active"),
        (corpus.office("docx", more_types='<x ContentType="application/vnd.ms-word.document.macroEnabled"/>'), "active"),
        (
            corpus.office(
                "docx",
                {"word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="http://e/x.dotm" TargetMode="External"/>'},
            ),
            "active",
        ),
        (corpus.office("docx", {"../../etc/passwd": b"x"}), "damaged"),
        (corpus.office("docx", {"word/a.xml": b'<!DOCTYPE x [<!ENTITY a "aaa">]><x/>'}), "damaged"),
        (corpus.office("docx") + corpus.SCRIPT, "polyglot"),
        (corpus.office("docx", comment=corpus.SCRIPT * 20), "polyglot"),
        (corpus.office("docx")[:-30], "unknown"),
    ],
)  # fmt: skip
def test_office_packages_are_looked_through(content: bytes, code: str) -> None:
    assert refusal(content, "a.docx").code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 cut off", "damaged"),
        (corpus.pdf(after=corpus.zipped({"a": b"x"})), "polyglot"),
        (corpus.pdf(after=b"MZ program"), "polyglot"),
        (corpus.pdf(body=b"<<>>\nstream\n" + corpus.zipped({"a": b"x"}) + b"\nendstream"), "polyglot"),
        (corpus.pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        (corpus.pdf(b"<< /S /J#61vaScript >>"), "active"),
        (corpus.pdf(b"<< /S /Launch /F (cmd.exe) >>"), "active"),
        (corpus.pdf_with_stream(b"<< /S /JavaScript >>"), "active"),
    ],
)
def test_pdf_is_looked_through(content: bytes, code: str) -> None:
    assert refusal(content, "a.pdf").code == code


@pytest.mark.parametrize("inflated", [40_000_000, 310_000_000])
def test_packages_that_swell_are_refused(inflated: int) -> None:
    assert refusal(corpus.office("docx", {"word/a.xml": bytes(inflated)}), "a.docx").code == "bomb"


def test_damaged_files_end_in_a_refusal_never_in_a_fault() -> None:
    dice = random.Random(7)
    whole = [
        corpus.photo(),
        corpus.image("GIF"),
        corpus.image("WEBP"),
        corpus.pdf_with_stream(b"abc" * 99),
        corpus.office("docx"),
    ]
    for _ in range(2000):
        broken = bytearray(dice.choice(whole))
        for _ in range(dice.choice([1, 2, 5, 20])):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        with suppress(Refused):
            checked(bytes(broken), "a.txt")


def test_a_pdf_made_to_keep_us_busy_does_not() -> None:
    began = time.process_time()
    checked(corpus.pdf(b"stream\n" * 3_000_000), "a.pdf")
    checked(
        corpus.pdf(b"stream\n" + zlib.compress(b"x" * 10) + b"\n" * 20 + b"stream\nx\x9c" * 1_000_000),
        "a.pdf",
    )
    assert time.process_time() - began < 30, "linear: a second or two; quadratic: hours"
