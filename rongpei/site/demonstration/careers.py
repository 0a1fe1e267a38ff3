"""Titles, schooling and employment over a working life."""

import random
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_years, full_years
from rongpei.org.people.codes import EmploymentKind, FactKind, PositionType, Sex
from rongpei.site.demonstration.someone import Someone

# Title, the fewest years of work before it, and how likely somebody reaches it from the one below.
_LADDERS: dict[str, tuple[tuple[str, int, float], ...]] = {
    PositionType.DOCTOR: (("住院医师", 1, 1.0), ("主治医师", 6, 0.97), ("副主任医师", 12, 0.75), ("主任医师", 18, 0.5)),
    PositionType.NURSE: (
        ("护士", 0, 1.0), ("护师", 4, 0.96), ("主管护师", 9, 0.85), ("副主任护师", 17, 0.25), ("主任护师", 24, 0.2),
    ),
    PositionType.TECHNICIAN: (
        ("技士", 0, 1.0), ("技师", 4, 0.95), ("主管技师", 9, 0.8), ("副主任技师", 16, 0.35), ("主任技师", 22, 0.3),
    ),
    PositionType.PHARMACIST: (
        ("药士", 0, 1.0), ("药师", 4, 0.95), ("主管药师", 9, 0.8), ("副主任药师", 16, 0.35), ("主任药师", 22, 0.3),
    ),
    PositionType.ADMINISTRATION: (("助理经济师", 3, 0.6), ("经济师", 8, 0.8), ("高级经济师", 15, 0.3)),
    PositionType.SUPPORT: (),
}  # fmt: skip
_DOCTOR, _MASTER = ("博士研究生", "博士"), ("硕士研究生", "硕士")
_BACHELOR, _COLLEGE = ("大学本科", "学士"), ("大专", "")
# Schooling and its share in hundred.
_SCHOOLING: dict[str, tuple[tuple[tuple[str, str], int], ...]] = {
    PositionType.DOCTOR: ((_DOCTOR, 24), (_MASTER, 42), (_BACHELOR, 34)),
    PositionType.NURSE: ((_MASTER, 3), (_BACHELOR, 60), (_COLLEGE, 37)),
    PositionType.TECHNICIAN: ((_DOCTOR, 2), (_MASTER, 20), (_BACHELOR, 60), (_COLLEGE, 18)),
    PositionType.PHARMACIST: ((_DOCTOR, 3), (_MASTER, 25), (_BACHELOR, 60), (_COLLEGE, 12)),
    PositionType.ADMINISTRATION: ((_MASTER, 35), (_BACHELOR, 60), (_COLLEGE, 5)),
    PositionType.SUPPORT: ((_BACHELOR, 15), (_COLLEGE, 85)),
}
_AGE_DONE = {"博士": 28, "硕士": 25, "学士": 22, "": 21}


def live_career(one: Someone, kind: str, chance: random.Random, anchor: date) -> None:
    """Give a person schooling, a day of hire, titles and employment up to the anchor date."""
    started = _go_to_school(one, chance, anchor)
    one.row["work_started_on"] = started
    one.hired_on = _hired(started, chance, anchor)
    one.learn(FactKind.POSITION_TYPE, one.hired_on, one.position)
    _employ(one, kind, chance, anchor)
    _rise(one, started, chance, min(anchor, add_years(one.born_on, 60)))


def _go_to_school(one: Someone, chance: random.Random, anchor: date) -> date:
    """Decide schooling and return the first day of work."""
    age = full_years(one.born_on, anchor)
    choices = [(what, share) for what, share in _SCHOOLING[one.position] if _AGE_DONE[what[1]] < age]
    choices = choices or [(_COLLEGE, 1)]
    ((education, degree),) = chance.choices([what for what, _ in choices], [share for _, share in choices])
    year = one.born_on.year + _AGE_DONE[degree] + chance.choice((0, 0, 1))
    started = min(date(year, 7, chance.choice((1, 10, 15))), anchor - timedelta(days=chance.randint(20, 120)))
    one.learn(FactKind.EDUCATION, started, education)
    if degree:
        one.learn(FactKind.DEGREE, started, degree)
    elif one.position == PositionType.NURSE and chance.random() < 0.5:
        later = add_years(started, chance.randint(5, 9))
        if later < anchor:
            one.learn(FactKind.EDUCATION, later, _BACHELOR[0])
    return started


def _hired(started: date, chance: random.Random, anchor: date) -> date:
    """Most begin here; some come later from elsewhere."""
    later = add_years(started, chance.choice((0, 0, 0, 0, 2, 3, 5, 8)))
    return later if later < anchor else started


def _employ(one: Someone, kind: str, chance: random.Random, anchor: date) -> None:
    """Contract first for many, establishment later; retirement at 60, women who are not doctors at 55."""
    if kind in (EmploymentKind.RETIRED, EmploymentKind.REHIRED):
        one.learn(FactKind.EMPLOYMENT, one.hired_on, EmploymentKind.ESTABLISHED)
        early = one.sex == Sex.FEMALE and one.position != PositionType.DOCTOR
        one.learn(FactKind.EMPLOYMENT, add_years(one.born_on, 55 if early else 60), kind)
    elif kind == EmploymentKind.ESTABLISHED and chance.random() < 0.3:
        fixed = add_years(one.hired_on, chance.randint(2, 6))
        one.learn(FactKind.EMPLOYMENT, one.hired_on, EmploymentKind.CONTRACT)
        if fixed < anchor:
            one.learn(FactKind.EMPLOYMENT, fixed, kind)
    else:
        one.learn(FactKind.EMPLOYMENT, one.hired_on, kind)


def _rise(one: Someone, started: date, chance: random.Random, last: date) -> None:
    """Climb the ladder of the profession; a doctorate shortens the way."""
    quick = 3 if one.fact(FactKind.DEGREE, last) == "博士" else 0
    reached = started
    for title, years, likely in _LADDERS[one.position]:
        if chance.random() > likely:
            return
        due = add_years(started, max(0, years - quick)) + timedelta(
            days=chance.choice((0, 90, 180, 365, 550))
        )
        reached = max(due if years else started, reached + timedelta(days=365) if years > 1 else started)
        if reached > last:
            return
        one.learn(FactKind.TITLE, reached, title)
