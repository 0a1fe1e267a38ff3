"""Hostile files are refused with a sentence, in little memory: each is read in a process of its own."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.reading import read_table

from . import files

ROOT = Path(__file__).resolve().parents[5]
MEMORY = 256 * 1024  # kB, the limit of issue 2
READ = """
import json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.reading import read_table
began = time.perf_counter()
try:
    said = f"READ {read_table(Path(sys.argv[2]), sys.argv[3]).row_count}"
except RosterRefusedError as error:
    said = str(error)
took = time.perf_counter() - began
# not ru_maxrss: that keeps the peak of the test process which this one was started from
own = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([said, max(own, children), took]))
"""


def read_apart(path: Path, filename: str = "名册.xlsx") -> str:
    """Return what reading says; fail when it took more than 256 MB. The time is printed (pytest -s), never asserted."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(ROOT), str(path), filename], capture_output=True, check=True
    )
    said, memory, took = json.loads(done.stdout)
    sys.stderr.write(f"\n{path.name}: {memory // 1024} MB, {took:.2f} s: {said}\n")
    assert memory <= MEMORY
    return str(said)


def rows_of_blanks(count: int, cell: bytes = b"") -> list[bytes]:
    pieces = [f"{files.OPEN}<sheetData>{files.HEADER}{files.PERSON}".encode()]
    pieces += [b'<row r="%d">%s</row>' % (n, cell and cell % n) for n in range(3, count + 1)]
    return [*pieces, f"</sheetData>{files.CLOSE}".encode()]


def test_an_honest_small_file_is_read(tmp_path: Path) -> None:
    path = files.write_package(tmp_path / "a.xlsx", files.sheet_xml(files.HEADER + files.PERSON))
    assert read_apart(path) == "READ 1"


def test_a_lying_dimension_is_harmless(tmp_path: Path) -> None:
    sheet = files.sheet_xml(files.HEADER + files.PERSON, '<dimension ref="A1:XFD1048576"/>')
    assert read_apart(files.write_package(tmp_path / "a.xlsx", sheet)) == "READ 1"


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c r="A120010"><v>1</v></c></row>',
        '<row r="3"><c r="CC3"><v>1</v></c></row>',
        '<row r="3"><c r="CB60000"><v>1</v></c></row>',
        '<row r="3"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        "<row r=\"3\"><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="3"><c\tr="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="3"><c r="XFD0001048576"><v>1</v></c></row>',
        '<row r="3"><x:c r="XFD1048576"><v>1</v></x:c></row>',
        '<row r="3"><c><v>1</v></c></row>',
        '<!-- <row r="3"> --><row r="3"/>',
        '<row r="3"><c r="A3"><v><![CDATA[1]]></v></c></row>',
    ],
)
def test_a_cell_out_of_bounds_is_refused_however_it_is_written(tmp_path: Path, cell: str) -> None:
    path = files.write_package(tmp_path / "a.xlsx", files.sheet_xml(files.HEADER + files.PERSON + cell))
    with pytest.raises(RosterRefusedError, match="没有读入"):
        read_table(path, "a.xlsx")


def test_opposite_corners_do_not_allocate(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = files.write_package(tmp_path / "a.xlsx", files.sheet_xml(files.HEADER + far))
    assert "行" in read_apart(path)


def test_a_prefixed_sheet_is_read_and_bounded(tmp_path: Path) -> None:
    body = files.sheet_xml(files.HEADER + files.PERSON)
    for tag in ("worksheet", "sheetData", "row", "c ", "is", "t>", "v"):
        body = body.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag.strip()}", f"</x:{tag.strip()}")
    body = body.replace("xmlns=", "xmlns:x=")
    assert read_apart(files.write_package(tmp_path / "a.xlsx", body)) == "READ 1"
    far = body.replace('r="A2"', 'r="XFD2"')
    assert "80 列" in read_apart(files.write_package(tmp_path / "b.xlsx", far))


def test_a_full_height_sheet_is_refused(tmp_path: Path) -> None:
    path = files.write_package(tmp_path / "a.xlsx", rows_of_blanks(1_048_576))
    assert read_apart(path).startswith("表格超过 120,000 行")
    filled = files.write_package(tmp_path / "b.xlsx", rows_of_blanks(1_048_576, b'<c r="A%d"><v>1</v></c>'))
    assert read_apart(filled).startswith("表格超过 120,000 行")


def test_a_bomb_by_declaration_is_refused(tmp_path: Path) -> None:
    zeros = b" " * 1_000_000
    path = files.write_package(tmp_path / "a.xlsx", (zeros for _ in range(400)))
    assert "太大" in read_apart(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = files.write_package(tmp_path / "a.xlsx", (b" " * 1_000_000 for _ in range(400)))
    content = bytearray(path.read_bytes())
    size = (400_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    assert "太大" in read_apart(path)


def test_shared_strings_are_bounded(tmp_path: Path) -> None:
    name = "xl/sharedStrings.xml"
    tags = b"<sst>" + b"<si/>" * 8_000_000 + b"</sst>"
    sheet = files.sheet_xml(files.HEADER + files.PERSON)
    assert "太大" in read_apart(files.write_package(tmp_path / "a.xlsx", sheet, others={name: tags}))
    text = b"<sst><si><t>" + b"a" * 150_000_000 + b"</t></si></sst>"
    assert "没有读入" in read_apart(files.write_package(tmp_path / "b.xlsx", sheet, others={name: text}))


def test_entries_are_bounded_and_may_not_share_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(60_000):
            package.writestr(f"xl/{number}.xml", b"")
    assert "没有读入" in read_apart(path)


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/embeddings/inner.xlsx", "xl/macrosheets/sheet1.xml"]
)
def test_macros_and_nested_archives_are_refused(tmp_path: Path, name: str) -> None:
    sheet = files.sheet_xml(files.HEADER + files.PERSON)
    path = files.write_package(tmp_path / "a.xlsx", sheet, others={name: b"x"})
    with pytest.raises(RosterRefusedError, match="没有读入"):
        read_table(path, "a.xlsx")


def test_a_sheet_under_a_false_name_is_refused(tmp_path: Path) -> None:
    sheet = files.sheet_xml(files.HEADER + '<row r="9"><c r="XFD1048576"><v>1</v></c></row>')
    path = files.write_package(tmp_path / "a.xlsx", sheet, sheet_name="worksheets/picture.png")
    assert "没有读入" in read_apart(path)
    other = files.write_package(tmp_path / "b.xlsx", sheet, sheet_name="worksheets/sheet.data")
    assert "没有读入" in read_apart(other)


def test_sheets_in_another_encoding_or_with_a_doctype_are_refused(tmp_path: Path) -> None:
    sheet = files.sheet_xml(files.HEADER + files.PERSON)
    wide = sheet.replace("UTF-8", "UTF-16").encode("utf-16")
    assert "没有读入" in read_apart(files.write_package(tmp_path / "a.xlsx", wide))
    typed = sheet.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    assert "没有读入" in read_apart(files.write_package(tmp_path / "b.xlsx", typed))


def test_trailing_bytes_after_the_directory_are_refused(tmp_path: Path) -> None:
    path = files.write_package(tmp_path / "a.xlsx", files.sheet_xml(files.HEADER + files.PERSON))
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(RosterRefusedError, match="没有读入"):
        read_table(path, "a.xlsx")


def test_an_encrypted_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(files.encrypted_ole())
    assert "密码" in read_apart(path)


def test_an_xls_with_opposite_corners_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(files.xls_bytes([(0, 0, "工号"), (0, 1, "姓名"), (65_535, 255, 1.0)]))
    assert ".xls" in read_apart(path, "a.xls")


@pytest.mark.parametrize(
    ("content", "filename", "said"),
    [
        (b"", "a.xlsx", "空的"),
        (b"hello", "a.xlsx", "读不出来"),
        (b"PK\x03\x04 nothing", "a.xlsx", "读不出来"),
        (b"hello", "a.pdf", ".pdf"),
        (b"hello", "a.xlsm", "宏"),
        (b"\xff\xff\xff", "a.csv", "编码"),
        (b"\x00\x00", "a.csv", "编码"),
        (b"a,b\n1,2\n", "a.csv", "没有找到"),
    ],
)
def test_other_files_get_one_sentence(tmp_path: Path, content: bytes, filename: str, said: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    with pytest.raises(RosterRefusedError, match=said):
        read_table(path, filename)


def test_csv_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("工号,姓名\n".encode() + b"1,a\n" * 1_048_576)
    assert read_apart(path, "a.csv").startswith("表格超过 120,000 行")
    path.write_bytes('工号,姓名\n1,"'.encode() + b"a" * 50_000_000)
    assert "CSV" in read_apart(path, "a.csv")
    path.write_bytes("工号,姓名\n1,a".encode() + b",x" * 20_000_000)
    assert "CSV" in read_apart(path, "a.csv")
    path.write_bytes("工号,姓名\n1,a".encode() + b',"\n"' * 10_000_000)
    assert "CSV" in read_apart(path, "a.csv")
