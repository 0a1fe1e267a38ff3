"""Judging rows: the errors of the picture, and the others."""

from datetime import date
from pathlib import Path

import pytest

from rongpei.org.people.roster.checking import check_rows
from rongpei.org.people.roster.idnumbers import check_digit
from rongpei.org.people.roster.reading import read_table
from rongpei.org.people.roster.rows import Checked, Known

from . import files

KNOWN = Known(
    departments={"感染二科": 1, "感染三科": 2, "感二": 1},
    branches={"感染二科党支部": 11, "感染三科党支部": 12, "门诊党支部": 13},
    groups={(11, "第一党小组"): 21, (12, "第一党小组"): 22},
)


def number(first: str) -> str:
    return first + check_digit(first)


MAN = number("11019019880220231")


def check(tmp_path: Path, header: list[str], *rows: list[object], known: Known = KNOWN) -> Checked:
    path = files.write_book(tmp_path / "a.xlsx", [header, *rows])
    return check_rows(read_table(path, "a.xlsx"), known, on=files.ON)


def check_one(tmp_path: Path, known: Known = KNOWN, **cells: object) -> Checked:
    cells = {"工号": "1", "姓名": "张三"} | cells
    return check(tmp_path, list(cells), list(cells.values()), known=known)


def said(checked: Checked) -> list[tuple[str, str, str, str]]:
    return [(e.column, e.value, e.problem, e.remedy) for e in checked.errors]


def warned(checked: Checked) -> list[tuple[str, str]]:
    return [(w.column, w.problem) for w in checked.warnings]


def test_a_full_row(tmp_path: Path) -> None:
    checked = check_one(
        tmp_path, 性别="男", 身份证号=MAN, 出生日期="1988.2.20", 科室="感二", 职称="副主任医师", 学位="医学博士",
        岗位类别="医生", 用工性质="事业编制", 联系电话=13800138000.0, 党支部="感染二科党支部", 党小组="第一党小组",
        人员类别="中共党员", 入党时间=date(2010, 7, 1), 转正时间=40725.0,
    )  # fmt: skip
    assert (said(checked), warned(checked), checked.is_clean) == ([], [], True)
    row = checked.rows[0]
    assert (row.row, row.sex, row.born_on, row.id_number) == (2, "male", date(1988, 2, 20), MAN)
    assert (row.department_id, row.branch_id, row.party_group_id) == (1, 11, 21)
    assert (row.title_level, row.degree_level, row.position_type) == ("associate", "doctor", "doctor")
    assert (row.employment_kind, row.party_status, row.phone) == ("established", "full", "13800138000")
    assert (row.joined_on, row.converted_on) == (date(2010, 7, 1), date(2011, 7, 1))


def test_the_five_errors_of_the_picture(tmp_path: Path) -> None:
    wrong = MAN[:-1] + ("1" if MAN[-1] != "1" else "2")
    other = number("11019019900101001")
    header = ["工号", "姓名", "身份证号", "出生日期", "党支部", "人员类别", "入党时间", "转正时间"]
    branch = "感染二科党支部"
    checked = check(
        tmp_path,
        header,
        ["1", "邱少波", wrong, "", "", "", "", ""],
        ["2", "葛丹", MAN, "1988-02-30", "", "", "", ""],
        ["3", "梅雨欣", "", "", "感染三病区支部", "正式党员", "2010-01-01", ""],
        ["4", "戴文博", "", "", branch, "正式党员", "2019-05-12", "2019-05-12"],
        ["4", "顾长清", other, "", "", "", "", ""],
    )
    assert [(e.row, e.name, e.column, e.problem, e.remedy) for e in checked.errors] == [
        (2, "邱少波", "身份证号", f"校验码不对，最后一位应为 {MAN[-1]}", "请核对证件后改正"),
        (3, "葛丹", "出生日期", "没有这一天", "身份证号显示 1988年2月20日"),
        (4, "梅雨欣", "党支部", "系统里没有这个党支部", "是不是“感染三科党支部”"),
        (5, "戴文博", "转正时间", "与入党时间是同一天，预备期应满一年", "转正不早于 2020年5月12日"),
        (6, "顾长清", "工号", "与第 5 行重复", "每人一行，请删去一行"),
    ]
    assert checked.errors[0].value == f"110190********{wrong[-4:]}"
    assert (checked.error_count, checked.error_row_count, checked.is_clean) == (5, 5, False)


def test_identity_against_birth_and_sex(tmp_path: Path) -> None:
    checked = check_one(tmp_path, 身份证号=MAN, 出生日期="1988-02-21", 性别="女")
    assert said(checked) == [
        ("出生日期", "1988-02-21", "与身份证号不一致", "身份证号显示 1988年2月20日"),
        ("性别", "女", "与身份证号不一致", "身份证号显示是男"),
    ]


def test_identity_fills_what_is_blank_or_only_a_month(tmp_path: Path) -> None:
    row = check_one(tmp_path, 身份证号=MAN.lower()).rows[0]
    assert (row.born_on, row.sex) == (date(1988, 2, 20), "male")
    checked = check_one(tmp_path, 身份证号=MAN, 出生日期="1988年2月")
    assert (checked.rows[0].born_on, warned(checked)) == (date(1988, 2, 20), [])


def test_numbers_that_excel_spoiled_and_old_forms(tmp_path: Path) -> None:
    assert "后几位已经丢了" in check_one(tmp_path, 身份证号=110190198802202000.0).errors[0].problem
    checked = check_one(tmp_path, 身份证号="110190880220231")
    assert (checked.rows[0].id_number, checked.error_count, checked.warning_count) == (MAN, 0, 1)
    masked = check_one(tmp_path, 身份证号="110190********2317")
    assert (masked.rows[0].id_number, masked.is_clean) == (None, True)


def test_keys(tmp_path: Path) -> None:
    checked = check(
        tmp_path, ["工号", "姓名", "身份证号"], ["", "张三", MAN], ["", "李四", ""], ["9", "王五", MAN]
    )
    assert [(e.row, e.column, e.problem) for e in checked.errors] == [
        (3, "工号", "没有工号，也没有身份证号"),
        (4, "身份证号", "与第 2 行重复"),
    ]
    assert check_one(tmp_path, 工号=20110457.0).rows[0].staff_number == "20110457"


def test_names(tmp_path: Path) -> None:
    spaced = check_one(tmp_path, 姓名="张　三")
    assert (spaced.rows[0].name, warned(spaced)) == ("张三", [("姓名", "姓名里有空格")])
    assert check_one(tmp_path, 姓名="Anna Li").warning_count == 0
    assert said(check_one(tmp_path, 姓名=" ")) == [("姓名", "", "没有填姓名", "请补上")]
    assert check_one(tmp_path, 姓名="张" * 51).errors[0].problem == "有 51 个字，最多 50 个字"
    for rare in ("张𬱖㛃", "\U0002ebf1华", "\ue000某", "葛\U000e0100"):
        assert check_one(tmp_path, 姓名=rare).rows[0].name == rare
    assert check_one(tmp_path, 姓名="=HYPERLINK(A1)").rows[0].name == "=HYPERLINK(A1)"
    assert check_one(tmp_path, 姓名="张\x00三\u200b").rows[0].name == "张三"


@pytest.mark.parametrize(
    ("cells", "problem", "remedy"),
    [
        ({"转正时间": "2020-05-11"}, "离入党时间不满一年，预备期应满一年", "转正不早于 2020年5月12日"),
        ({"转正时间": "2018-05-12"}, "早于入党时间，预备期应满一年", "转正不早于 2020年5月12日"),
        ({"入党时间": "2020-02-29", "转正时间": "2021-02-27"}, "离入党时间不满一年，预备期应满一年", "转正不早于 2021年2月28日"),
        ({"转正时间": "2020年4月"}, "离入党时间不满一年，预备期应满一年", "转正不早于 2020年5月12日"),
        ({"转正时间": "2027-05-12"}, "还没有到这一天", "今天是 2026年6月30日，请核对后改正"),
        ({"人员类别": "预备党员", "转正时间": "2020-05-12"}, "预备党员还没有转正，这里却有日期", "已转正的，请把人员类别改为正式党员"),
        ({"党支部": ""}, "党员没有填党支部", "请补上所在党支部"),
        ({"人员类别": "党外"}, "不认识这一种人员类别", "可以填：正式党员、预备党员、发展对象、入党积极分子、入党申请人、群众"),
        ({"党小组": "第九党小组"}, "感染二科党支部里没有这个党小组", "是不是“第一党小组”"),
        ({"科室": "营养科"}, "系统里没有这个科室", "请改成系统里的名称，或先建立这个科室"),
        ({"参加工作时间": "1980-01-01", "出生日期": "1988-01-01"}, "早于出生日期", "出生日期是 1988年1月1日"),
    ],
)  # fmt: skip
def test_member_errors(tmp_path: Path, cells: dict[str, object], problem: str, remedy: str) -> None:
    member: dict[str, object] = {"党支部": "感染二科党支部", "人员类别": "正式党员", "入党时间": "2019-05-12"}
    checked = check_one(tmp_path, **(member | cells))
    assert [(e.problem, e.remedy) for e in checked.errors] == [(problem, remedy)]


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"入党时间": ""}, "入党时间", "没有填入党时间"),
        (
            {"入党时间": "1975-07-01", "转正时间": "1975-07-01"},
            "转正时间",
            "与入党时间是同一天，预备期应满一年",
        ),
        ({"人员类别": "群众"}, "入党时间", "不是党员，却有入党时间"),
        ({"人员类别": "预备党员"}, "人员类别", "预备期已超过两年"),
        ({"入党时间": "2019.05"}, "入党时间", "只有年月"),
        ({"联系电话": "微信同号"}, "联系电话", "号码不像常见的电话"),
        ({"出生日期": "2005-01-01"}, "入党时间", "入党时不满 18 岁"),
    ],
)
def test_warnings_let_pass(tmp_path: Path, cells: dict[str, object], column: str, problem: str) -> None:
    member: dict[str, object] = {"党支部": "感染二科党支部", "人员类别": "正式党员", "入党时间": "2019-05-12"}
    checked = check_one(tmp_path, **(member | cells))
    assert (warned(checked), checked.error_count) == ([(column, problem)], 0)
    assert checked.warning_totals == {(column, problem): 1}


def test_lawful_conversions_are_silent(tmp_path: Path) -> None:
    member: dict[str, object] = {"党支部": "感染二科党支部", "人员类别": "正式", "入党时间": "2020-02-29"}
    assert warned(check_one(tmp_path, **member, 转正时间="2021-02-28")) == []
    assert check_one(tmp_path, **member, 转正时间="2021.02").error_count == 0


def test_a_landline_and_a_prefixed_mobile_are_usual(tmp_path: Path) -> None:
    for written, read in (
        ("+86 138-0013-8000", "13800138000"),
        ("010-12345678", "010-12345678"),
        (8123.0, "8123"),
    ):
        checked = check_one(tmp_path, 联系电话=written)
        assert (checked.rows[0].phone, checked.warning_count) == (read, 0)


def test_league_members_count_as_none(tmp_path: Path) -> None:
    assert check_one(tmp_path, 政治面貌="共青团员").rows[0].party_status == "none"


def test_unknown_units_can_be_gathered(tmp_path: Path) -> None:
    header = ["工号", "姓名", "科室", "党支部", "党小组"]
    rows: list[list[object]] = [["1", "甲", "新科", "新支部", "一组"], ["2", "乙", "新科", "", ""]]
    checked = check(tmp_path, header, *rows, known=Known(accept_unknown_units=True))
    assert checked.is_clean
    assert checked.unknown_units == {
        "department": {"新科": 2},
        "branch": {"新支部": 1},
        "party_group": {"新支部／一组": 1},
    }
