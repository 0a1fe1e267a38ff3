"""Tables as they arrive."""

from datetime import date
from pathlib import Path

import pytest

from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.reading import raw_rows, read_table

from . import files

RARE = "张𬱖㛃"
ROWS = [["工号", "姓名", "出生日期"], ["001", RARE, date(1988, 2, 20)], ["002", "李四", "1988-02-20"]]


def read_rows(path: Path, rows: list[list[object]]) -> list[tuple[int, list[object]]]:
    return list(read_table(files.write_book(path, rows), path.name).read())


def test_an_ordinary_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table = read_table(files.write_book(path, ROWS), "名册.xlsx")
    assert [column.key for column in table.columns] == ["staff_number", "name", "born_on"]
    assert (table.form, table.header_row, table.row_count, table.sheet) == ("xlsx", 1, 2, "Sheet1")
    rows = list(table.read())
    assert rows == list(table.read()), "each pass starts anew"
    assert rows[0] == (2, ["001", RARE, date(1988, 2, 20)])


def test_title_rows_blank_rows_and_an_empty_first_column(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[list[object]] = [
        [None, "某某医院职工花名册（姓名）"],
        [],
        [None, "填表日期", date(2026, 6, 1)],
        [None, "序号", "姓 名*", "工作证号", "血型", "所在支部"],
        [None, 1, "张三", "1", "A", "一支部"],
        [],
        [None, 2, "李四", "2", "B", ""],
        [None, 3, "", "", "C", ""],
    ]
    table = read_table(files.write_book(path, rows), path.name)
    assert table.header_row == 4
    assert table.positions == {"name": 2, "staff_number": 3, "branch": 5}
    assert table.unknown_titles == ("血型",)
    assert table.aliases == (("姓名*", "姓名"), ("工作证号", "工号"), ("所在支部", "党支部"))
    assert [number for number, _ in table.read()] == [5, 7]
    assert [number for number, _ in raw_rows(path, table)] == [4, 5, 7]


def test_the_sheet_with_the_roster_is_found(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    path = tmp_path / "a.xlsx"
    book = Workbook(str(path))
    book.add_worksheet("说明").write_string(0, 0, "说明")
    sheet = book.add_worksheet("人员")
    for number, cells in enumerate([["工号", "姓名"], ["1", "张三"]]):
        sheet.write_row(number, 0, cells)
    book.close()
    assert read_table(path, "a.xlsx").sheet == "人员"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = [
        "花名册",
        delimiter.join(("工号", "姓名", "备注")),
        delimiter.join(("001", RARE, '"第一行\n第二行"')),
    ]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table = read_table(path, "a.csv")
    assert list(table.read()) == [(3, ["001", RARE, "第一行\n第二行"])]


def test_csv_as_other_systems_protect_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('工号,姓名,备注\n="001",张三,\'=1+1\n', encoding="utf-8")
    assert list(read_table(path, "a.csv").read()) == [(2, ["001", "张三", "=1+1"])]


def test_old_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    cells = [(0, 0, "工号"), (0, 1, "姓名"), (1, 0, 1001.0), (1, 1, "张三"), (3, 0, 1002.0), (3, 1, RARE)]
    path.write_bytes(files.xls_bytes(cells))
    table = read_table(path, "a.xls")
    assert table.form == "xls"
    assert list(table.read()) == [(2, [1001, "张三"]), (4, [1002, RARE])]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["工号", "科室"], "没有“姓名”这一列。请补上后再上传，或下载空白模板。"),
        (["姓名", "科室"], "没有“工号”也没有“身份证号”，分不清谁是谁。请至少补上一列，再上传一次。"),
        (
            ["工号", "姓名", "手机", "联系电话"],
            "“联系电话”有两列：C 列“手机”和 D 列“联系电话”。请只留一列，再上传一次。",
        ),
        (["甲", "乙"], "没有找到花名册。请上传 .xlsx 或 .csv 文件，或先下载空白模板。"),
    ],
)
def test_wrong_headers_get_one_sentence(tmp_path: Path, header: list[str], said: str) -> None:
    with pytest.raises(RosterRefusedError) as refused:
        read_rows(tmp_path / "a.xlsx", [list(header), ["1"] * len(header)])
    assert str(refused.value) == said


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterRefusedError, match="没有人"):
        read_rows(tmp_path / "a.xlsx", [["工号", "姓名"], ["", " "]])


def test_a_formulas_error_is_noted(tmp_path: Path) -> None:
    broken = '<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'
    path = files.write_package(tmp_path / "a.xlsx", files.sheet_xml(files.HEADER + files.PERSON + broken))
    assert read_table(path, "a.xlsx").notes == ("有 1 个单元格的公式出错，已按空白读入。",)


def test_dates_beyond_reason_do_not_break_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["工号", "姓名", "出生日期"])
    for number, value in enumerate((1e300, -1.0, 2958466.0, 0.5, 60.0), 1):
        sheet.write_row(number, 0, ["1", "张三"])
        sheet.write_number(number, 2, value, day)
    book.close()
    assert len(list(read_table(path, "a.xlsx").read())) == 5
