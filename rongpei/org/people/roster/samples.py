"""Fictional rosters for the demonstration, the tests and the bench. Same seed, same people.

Names are put together from common surnames and given-name characters; region codes are unassigned ones with valid checksums;
phone numbers are made up. Some names hold the rare characters 𬱖 and 㛃.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from .dates import year_after
from .idnumbers import check_digit

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_RARE_SURNAMES: Final = ("欧阳", "尉迟", "单", "解", "仇", "查", "上官", "区")
_MALE: Final = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林建国志海山仁思远博文泽睿"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀玲桂燕红梅兰英慧莉婷雪琳晶妍倩雅萍颖洁欣怡悦蓉薇菲瑶雯"
_NEUTRAL: Final = "文晓嘉子雨思安宁清和书予新一若亦可心言知行景云辰溪"
_REGIONS: Final = ("110190", "120190", "310190", "330190", "370190", "440190", "510190", "610190")
_ETHNIC: Final = ("汉族",) * 18 + ("回族", "满族", "壮族", "蒙古族", "土家族")
_PLACES: Final = (
    "河北保定",
    "山东济宁",
    "江苏徐州",
    "河南南阳",
    "四川绵阳",
    "湖南衡阳",
    "浙江温州",
    "辽宁锦州",
)
_SCHOOLS: Final = ("东山医科大学", "南湖医学院", "北岭中医药大学", "青江大学医学部", "西原卫生职业学院")
_LADDERS: Final = {
    "doctor": ("临床医学", ("住院医师", "主治医师", "副主任医师", "主任医师")),
    "nurse": ("护理学", ("护士", "护师", "主管护师", "副主任护师", "主任护师")),
    "technician": ("医学检验", ("技士", "技师", "主管技师", "副主任技师", "主任技师")),
    "pharmacist": ("药学", ("药士", "药师", "主管药师", "副主任药师", "主任药师")),
    "administration": ("公共管理", ("", "经济师", "高级经济师")),
    "support": ("机电", ("",)),
}
_POSITIONS: Final = (
    ("doctor",) * 33
    + ("nurse",) * 45
    + ("technician",) * 8
    + ("pharmacist",) * 4
    + ("administration",) * 7
    + ("support",) * 3
)
_KINDS: Final = (
    ("established",) * 55
    + ("contract",) * 30
    + ("dispatched",) * 5
    + ("resident_training",) * 7
    + ("rehired",) * 1
    + ("retired",) * 2
)
_EDUCATIONS: Final = (
    ("博士研究生", "博士"),
    ("硕士研究生", "硕士"),
    ("硕士研究生", "硕士"),
    ("大学本科", "学士"),
    ("大学本科", "学士"),
    ("大学本科", "学士"),
    ("大专", ""),
)
_STATUSES: Final = (
    ("full",) * 30
    + ("probationary",) * 2
    + ("development_target",)
    + ("activist",) * 3
    + ("applicant",) * 4
    + ("none",) * 60
)
_ON: Final = date(2026, 6, 30)


def sample_rows(
    count: int, seed: int, departments: Sequence[str], branches: Sequence[str], *, on: date = _ON
) -> Iterator[dict[str, object]]:
    """Yield `count` people as mappings by column key (codes and dates as in RosterRow), lawful as of `on`.

    Department n belongs to branch n modulo the branches. Raises ValueError without departments or branches.
    """
    if not departments or not branches:
        raise ValueError("a roster needs departments and branches")
    dice = random.Random(seed)  # noqa: S311 - invented people, no secret
    taken: set[str] = set()
    for number in range(count):
        yield _person(dice, number, departments, branches, on, taken)


def _person(
    dice: random.Random,
    number: int,
    departments: Sequence[str],
    branches: Sequence[str],
    on: date,
    taken: set[str],
) -> dict[str, object]:
    position = dice.choice(_POSITIONS)
    kind = dice.choice(_KINDS)
    male = dice.random() < (0.06 if position == "nurse" else 0.5)
    age = dice.randint(61, 78) if kind in ("retired", "rehired") else dice.randint(23, 59)
    born_on = on - timedelta(days=age * 365 + age // 4 + dice.randint(1, 364))
    started_on = min(on, date(born_on.year + dice.randint(22, 26), dice.choice((7, 8, 9)), 1))
    education, degree = dice.choice(_EDUCATIONS)
    subject, ladder = _LADDERS[position]
    step = min(len(ladder) - 1, max(0, on.year - started_on.year) // 7)
    place = dice.randrange(len(departments))
    row: dict[str, object] = {
        "staff_number": f"{started_on.year}{number:06d}",
        "name": _name(dice, male, number),
        "sex": "male" if male else "female",
        "ethnicity": dice.choice(_ETHNIC),
        "native_place": dice.choice(_PLACES),
        "born_on": born_on,
        "id_number": _id_number(dice, born_on, male, taken),
        "education": education,
        "degree": degree,
        "school": f"{dice.choice(_SCHOOLS)}{subject}",
        "work_started_on": started_on,
        "department": departments[place],
        "post": "护士长" if position == "nurse" and dice.random() < 0.05 else "",
        "title": ladder[step],
        "position_type": position,
        "employment_kind": kind,
        "phone": f"19900{number % 1_000_000:06d}",
    }
    row |= _membership(dice, born_on, branches[place % len(branches)], on)
    row["remarks"] = ""
    return row


def _name(dice: random.Random, male: bool, number: int) -> str:
    surname = dice.choice(_RARE_SURNAMES) if dice.random() < 0.03 else dice.choice(_SURNAMES)
    own = _MALE if male else _FEMALE
    given = dice.choice(own)
    if dice.random() < 0.75:
        given = dice.choice(_NEUTRAL + own) + given
    if number % 500 == 7:
        given = "𬱖" + given[-1]
    elif number % 500 == 311:
        given = given[0] + "㛃"
    return surname + given


def _id_number(dice: random.Random, born_on: date, male: bool, taken: set[str]) -> str:
    """Return a number with a right check digit that nobody in `taken` has, and enter it there."""
    order = dice.randrange(500) * 2 + (1 if male else 0)
    while True:
        first = f"{dice.choice(_REGIONS)}{born_on:%Y%m%d}{order:03d}"
        if first not in taken:
            taken.add(first)
            return first + check_digit(first)
        order = (order + 2) % 1000


def _membership(dice: random.Random, born_on: date, branch: str, on: date) -> dict[str, object]:
    """Return the Party columns: dates lawful for the status, a branch for everybody who is on the way."""
    status = dice.choice(_STATUSES)
    row: dict[str, object] = {
        "branch": "" if status == "none" else branch,
        "party_group": "",
        "party_status": status,
        "joined_on": None,
        "converted_on": None,
        "party_post": "",
        "affiliated_on": None,
    }
    if status == "probationary":
        row["joined_on"] = on - timedelta(days=dice.randint(20, 340))
    elif status == "full":
        earliest = max(date(born_on.year + 19, 1, 1), date(1987, 1, 1))
        days = max(1, (on - earliest).days - 800)
        joined_on = earliest + timedelta(days=dice.randrange(days))
        row["joined_on"] = joined_on
        row["converted_on"] = year_after(joined_on) + timedelta(days=dice.choice((0, 0, 3, 10, 30)))
        row["party_post"] = dice.choice(("",) * 12 + ("组织委员", "宣传委员", "纪检委员", "党小组长"))
        row["affiliated_on"] = dice.choice((None, row["converted_on"]))
    return row
