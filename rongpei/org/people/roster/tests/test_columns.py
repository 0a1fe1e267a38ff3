"""Titles, choices, levels."""

import pytest

from rongpei.org.people.roster.choices import CHOICES, degree_level, title_level
from rongpei.org.people.roster.columns import COLUMNS, KEYS, column_for, is_ignored, normal_title
from rongpei.org.people.roster.headers import column_letter
from rongpei.org.people.roster.rows import RosterRow


def test_titles_and_synonyms_are_each_of_one_column() -> None:
    names = [normal_title(name) for column in COLUMNS for name in (column.title, *column.synonyms)]
    assert len(names) == len(set(names))


def test_rows_hold_the_columns_in_order() -> None:
    assert tuple(RosterRow.__slots__)[1 : len(KEYS) + 1] == KEYS


def test_every_choice_column_has_its_choices() -> None:
    assert {column.key for column in COLUMNS if column.kind == "choice"} == set(CHOICES)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("姓 名", "name"),
        ("＊姓名", "name"),
        ("姓名*", "name"),
        ("姓　名", "name"),
        ("身份证\n号码", "id_number"),
        ("出生日期（YYYY-MM-DD）", "born_on"),
        ("出生年月(必填)", "born_on"),
        ("【必填】工号", "staff_number"),
        ("所属党支部", "branch"),
        ("人员类别(正式/预备)", "party_status"),
        ("毕业院校及专业：", "school"),
        ("专业技术职务", "title"),
    ],
)
def test_titles_are_understood(title: str, key: str) -> None:
    column = column_for(title)
    assert column is not None
    assert column.key == key


def test_other_titles() -> None:
    assert column_for("血型") is None
    assert is_ignored(" 序 号 ")


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("主任医师", "senior"),
        ("主任护师", "senior"),
        ("教授", "senior"),
        ("研究员", "senior"),
        ("正高级工程师", "senior"),
        ("副主任医师", "associate"),
        ("副教授", "associate"),
        ("副研究员", "associate"),
        ("高级工程师", "associate"),
        ("主治医师", "intermediate"),
        ("主管护师", "intermediate"),
        ("主管技师", "intermediate"),
        ("主管药师", "intermediate"),
        ("助理研究员", "intermediate"),
        ("讲师", "intermediate"),
        ("工程师", "intermediate"),
        ("医师", "junior"),
        ("住院医师", "junior"),
        ("护师", "junior"),
        ("护士", "junior"),
        ("技师", "junior"),
        ("药师", "junior"),
        ("助教", "junior"),
        ("助理工程师", "junior"),
        ("主任医师、教授", "senior"),
        ("副主任医师/教授", "senior"),
        ("主治医师，副教授", "associate"),
        ("", "none"),
        ("无", "none"),
        ("办公室主任", "none"),
    ],
)
def test_title_levels(title: str, level: str) -> None:
    assert title_level(title) == level


@pytest.mark.parametrize(
    ("degree", "level"),
    [
        ("医学博士", "doctor"),
        ("博士研究生", "doctor"),
        ("硕士", "master"),
        ("学士", "bachelor"),
        ("大学本科", "none"),
        ("", "none"),
    ],
)
def test_degree_levels(degree: str, level: str) -> None:
    assert degree_level(degree) == level


def test_column_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 51, 79)] == ["A", "Z", "AA", "AZ", "CB"]
