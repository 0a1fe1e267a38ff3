"""Names that people see."""

import pytest

from rongpei.ground.files.naming import extension_of, random_name, shown_name
from rongpei.ground.files.serving import disposition


@pytest.mark.parametrize(
    ("given", "extension", "shown"),
    [
        ("发展党员公示.pdf", "pdf", "发展党员公示.pdf"),
        ("𬱖㛃.JPEG", "jpg", "𬱖㛃.jpg"),
        ("C:\\Users\\me\\照片.png", "png", "照片.png"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("page.html", "pdf", "page.pdf"),
        ("invoice\u202egpj.exe", "png", "invoicegpj.png"),
        ("a\x00b\nc.pdf", "pdf", "abc.pdf"),
        ("2026.6月 计划", "pdf", "2026.6月 计划.pdf"),
        ("", "png", "file.png"),
        ("...", "png", "file.png"),
        ("con.txt", "txt", "_con.txt"),
        ('a"b<c>.docx', "docx", "a_b_c_.docx"),
    ],
)
def test_names_are_cleaned_and_end_as_the_content_demands(given: str, extension: str, shown: str) -> None:
    assert shown_name(given, extension) == shown


def test_long_names_fit_a_file_system() -> None:
    name = shown_name("长" * 300 + ".pdf", "pdf")
    assert len(name.encode()) <= 200
    assert name.endswith("长.pdf")


def test_storage_names_say_nothing_and_never_repeat() -> None:
    assert len({random_name() for _ in range(1000)}) == 1000
    assert len(random_name()) == 64


def test_extension() -> None:
    assert extension_of("a.b.TXT") == "txt"
    assert extension_of("README") == ""


def test_a_header_cannot_be_broken_out_of() -> None:
    made = disposition('公示"; x=\r\n.pdf', inline=False)
    assert "\r" not in made
    assert "\n" not in made
    assert made.startswith('attachment; filename="___')
    assert "filename*=UTF-8''%E5%85%AC%E7%A4%BA%22" in made
