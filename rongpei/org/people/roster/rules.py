"""Rules between the cells of one row: identity against birth and sex, and the dates of a Party member.

Each rule yields (column key, Flag). Articles: 发展党员 rules in shared/DOMAIN A (probation of one year, from the day of the
branch's resolution). Before 1987 practice differed, so earlier entries only warn.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from .cells import Flag
from .choices import SEX
from .dates import chinese_date, year_after
from .idnumbers import Identity
from .rows import RosterRow

Found = Iterator[tuple[str, Flag]]
FIRST_STRICT_YEAR: Final = 1987
MEMBERS: Final = frozenset({"full", "probationary"})


def identity_rules(row: RosterRow, identity: Identity, months: set[str], has: set[str]) -> Found:
    """Compare what the ID number says with 出生日期 and 性别; fill in what is blank. `has` are keys with an error already."""
    born_on = identity.born_on
    if born_on is None:
        return
    if row.born_on is None:
        if "born_on" not in has:
            row.born_on = born_on
    elif row.born_on != born_on:
        if "born_on" in months and (row.born_on.year, row.born_on.month) == (born_on.year, born_on.month):
            row.born_on = born_on
        else:
            yield "born_on", Flag(None, "与身份证号不一致", f"身份证号显示 {chinese_date(born_on)}")
    if not row.sex:
        row.sex = identity.sex
    elif row.sex != identity.sex:
        yield "sex", Flag(None, "与身份证号不一致", f"身份证号显示是{SEX.labels[identity.sex]}")


def life_rules(row: RosterRow) -> Found:
    """Look for dates that do not fit a life: work before birth, work or membership too young."""
    born_on = row.born_on
    if born_on is None:
        return
    if (started := row.work_started_on) is not None:
        if started <= born_on:
            yield "work_started_on", Flag(None, "早于出生日期", f"出生日期是 {chinese_date(born_on)}")
        elif started.year - born_on.year < 14:
            yield "work_started_on", Flag(None, "参加工作时不满 14 岁", "请看看是不是写错了", warns=True)
    if (joined := row.joined_on) is not None:
        if joined <= born_on:
            yield "joined_on", Flag(None, "早于出生日期", f"出生日期是 {chinese_date(born_on)}")
        elif (joined.year - born_on.year, joined.month, joined.day) < (18, born_on.month, born_on.day):
            yield "joined_on", Flag(None, "入党时不满 18 岁", "请看看是不是写错了", warns=True)


def membership_rules(row: RosterRow, months: set[str], has: set[str], on: date) -> Found:
    """Judge 人员类别, 党支部, 入党时间 and 转正时间 together. Silent about cells that are already wrong (`has`)."""
    status = row.party_status
    if status in MEMBERS:
        if not row.branch and "branch" not in has:
            yield "branch", Flag("", "党员没有填党支部", "请补上所在党支部")
        if row.joined_on is None and "joined_on" not in has:
            yield "joined_on", Flag(None, "没有填入党时间", "请补上", warns=True)
    elif row.joined_on is not None and "party_status" not in has:
        yield "joined_on", Flag(None, "不是党员，却有入党时间", "请看看人员类别是不是写错了", warns=True)
    if status == "probationary":
        yield from _probationary_rules(row, on)
        return
    if row.joined_on is not None and row.converted_on is not None:
        yield from _conversion_rules(row.joined_on, row.converted_on, months)
    elif (
        row.converted_on is not None and row.joined_on is None and "joined_on" not in has and status != "full"
    ):
        yield "converted_on", Flag(None, "有转正时间，没有入党时间", "请补上入党时间", warns=True)


def _probationary_rules(row: RosterRow, on: date) -> Found:
    if row.converted_on is not None and row.converted_on <= on:
        yield (
            "converted_on",
            Flag(None, "预备党员还没有转正，这里却有日期", "已转正的，请把人员类别改为正式党员"),
        )
    elif row.joined_on is not None and year_after(year_after(row.joined_on)) < on:
        yield (
            "party_status",
            Flag(None, "预备期已超过两年", "预备期一年，最多延长一年，请核对人员类别", warns=True),
        )


def _conversion_rules(joined_on: date, converted_on: date, months: set[str]) -> Found:
    earliest = year_after(joined_on)
    if converted_on >= earliest:
        return
    by_month = bool(months & {"joined_on", "converted_on"})
    if by_month and (converted_on.year, converted_on.month) >= (earliest.year, earliest.month):
        return
    if converted_on == joined_on:
        problem = "与入党时间是同一天，预备期应满一年"
    elif converted_on < joined_on:
        problem = "早于入党时间，预备期应满一年"
    else:
        problem = "离入党时间不满一年，预备期应满一年"
    if joined_on.year >= FIRST_STRICT_YEAR:
        yield "converted_on", Flag(None, problem, f"转正不早于 {chinese_date(earliest)}")
    else:
        yield "converted_on", Flag(None, problem, "1987 年以前入党的，按当时的规定", warns=True)
