"""Writing, and reading back what was written."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongpei.org.people.roster.cells import plain_text
from rongpei.org.people.roster.checking import check_rows
from rongpei.org.people.roster.columns import COLUMNS, KEYS
from rongpei.org.people.roster.csvtext import plain_field, safe_field
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.marking import write_marked
from rongpei.org.people.roster.reading import read_table
from rongpei.org.people.roster.rows import Known
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.people.roster.writing import write_csv, write_roster, write_template

from . import files

KNOWN = Known(
    {name: n for n, name in enumerate(files.DEPARTMENTS)}, {name: n for n, name in enumerate(files.BRANCHES)}
)
NASTY = ("=1+1", "+86", "-1", "@SUM(A1)", "\tx", "'=1", "''x", '="1"', "_x0041_", "a\nb", "<b>&\"'", "张𬱖㛃")


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("write", "name"), [(write_roster, "a.xlsx"), (write_csv, "a.csv")])
def test_an_export_reads_back_the_same(tmp_path: Path, write: object, name: str) -> None:
    rows = list(sample_rows(1200, 7, files.DEPARTMENTS, files.BRANCHES, on=files.ON))
    path = save(tmp_path / name, files.as_bytes(write, rows))
    checked = check_rows(read_table(path, name), KNOWN, on=files.ON)
    assert [(e.row, e.problem) for e in checked.errors] == []
    assert checked.columns == KEYS
    for written, read in zip(rows, checked.rows, strict=True):
        for key in KEYS:
            assert getattr(read, key) == written[key], (read.row, key)


def test_csv_in_gb18030_reads_back(tmp_path: Path) -> None:
    rows = [{"staff_number": "1", "name": "张𬱖㛃", "remarks": "=1+1"}]
    path = save(tmp_path / "a.csv", files.as_bytes(write_csv, rows, encoding="gb18030"))
    assert "'=1+1" in path.read_text("gb18030")
    row = check_rows(read_table(path, "a.csv"), Known(), on=files.ON).rows[0]
    assert (row.name, row.remarks) == ("张𬱖㛃", "=1+1")


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(("write", "name"), [(write_roster, "a.xlsx"), (write_csv, "a.csv")])
def test_dangerous_text_stays_text(tmp_path: Path, text: str, write: object, name: str) -> None:
    path = save(
        tmp_path / name, files.as_bytes(write, [{"staff_number": "1", "name": "张三", "remarks": text}])
    )
    row = check_rows(read_table(path, name), Known(), on=files.ON).rows[0]
    assert row.remarks == plain_text(text)
    if name == "a.xlsx":
        with zipfile.ZipFile(path) as package:
            assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    else:
        assert not any(f",{mark}" in path.read_text("utf-8-sig") for mark in "=+-@\t\r")


@given(st.text())
def test_csv_protection_is_undone_exactly(text: str) -> None:
    assert plain_field(safe_field(text)) == text
    assert not safe_field(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=5))
def test_any_text_survives_both_forms(tmp_path: Path, texts: list[str]) -> None:
    rows = [{"staff_number": str(n), "name": "张三", "remarks": text} for n, text in enumerate(texts)]
    for write, name in ((write_roster, "a.xlsx"), (write_csv, "a.csv")):
        path = save(tmp_path / name, files.as_bytes(write, rows))
        checked = check_rows(read_table(path, name), Known(), on=files.ON)
        assert [row.remarks for row in checked.rows] == [plain_text(text) for text in texts]


def test_the_template(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", files.as_bytes(write_template))
    with pytest.raises(RosterRefusedError, match="没有人"):
        read_table(path, "a.xlsx")
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        assert sheet.count("<dataValidation ") == sum(column.kind == "choice" for column in COLUMNS)
        assert "男,女" in sheet
        assert "校验码" in package.read("xl/comments1.xml").decode()
        assert "填写说明" in package.read("xl/workbook.xml").decode()
        assert 'numFmtId="49"' in package.read("xl/styles.xml").decode()


def test_the_marked_workbook_keeps_row_numbers_and_can_be_mended(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["花名册"],
        ["序号", "工号", "姓名", "出生日期", "血型"],
        [1, "1", "张三", "1988-02-30", "A"],
        [],
        [2, "1", "=1+1", 32193.0, "B"],
    ]
    table = read_table(files.write_book(tmp_path / "a.xlsx", rows), "a.xlsx")
    checked = check_rows(table, Known(), on=files.ON)
    target = io.BytesIO()
    write_marked(target, table, checked)
    path = save(tmp_path / "marked.xlsx", target.getvalue())
    again = read_table(path, "marked.xlsx")
    second = check_rows(again, Known(), on=files.ON)
    assert [(e.row, e.problem) for e in second.errors] == [(e.row, e.problem) for e in checked.errors]
    assert [number for number, _ in again.read()] == [3, 5]
    assert again.unknown_titles == ("血型",)
    with zipfile.ZipFile(path) as package:
        assert "没有这一天" in package.read("xl/comments1.xml").decode()
        assert "出生日期：没有这一天" in package.read("xl/worksheets/sheet1.xml").decode()
    target = io.BytesIO()
    write_marked(target, again, second)
    assert read_table(save(tmp_path / "again.xlsx", target.getvalue()), "again.xlsx").row_count == 2
