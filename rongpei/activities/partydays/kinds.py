"""What each kind of meeting asks: who must attend, how often, what its record holds, and the article it comes from.

《中国共产党支部工作条例（试行）》(2018): members' meeting about quarterly, committee about monthly, group about monthly, theme day
monthly (art. 16), organisational life meeting yearly (art. 17), talks yearly between each pair. An article is cited by number only
where the number is certain. No national number binds party lectures; centre-group study follows the hospital's own plan. The
national plan of members' training: secretaries and committee members attend one concentrated training a year.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.clock.calendar import add_months


class Attends(Enum):
    """Who must attend."""

    MEMBERS = "members"  # members whose home the unit was that day; of a temporary branch, those placed in it
    COMMITTEE = "committee"  # secretary, deputies and committee members of the unit
    OFFICERS = "officers"  # everybody who holds an office of the unit
    CHOSEN = "chosen"  # the people it concerns


@dataclass(frozen=True)
class KindRule:
    """The rule of one kind.

    every_months: one is asked in so many months (0: no number binds). ahead_days: in so many last days of that month,
    quarter or year a meeting neither held nor planned is told. record: fields of the meeting its record holds.
    votes: decisions are voted on, so more than half of those entitled must be in the room. written: absentees may vote in
    writing before. private: the record is read by those who took part and those who run the branch. hours: whether class
    hours are entered.
    """

    kind: MeetingKind
    attends: Attends = Attends.MEMBERS
    every_months: int = 0
    ahead_days: int = 0
    law: str | Promise = ""
    record: tuple[str, ...] = ("agenda", "minutes")
    votes: bool = False
    written: bool = False
    private: bool = False
    hours: bool = True


_FULL_RECORD = ("agenda", "minutes", "resolution")
RULES: dict[str, KindRule] = {
    rule.kind: rule
    for rule in (
        KindRule(
            MeetingKind.THEME_DAY, every_months=1, ahead_days=31, law=_("《支部工作条例》第十六条"),
            record=("minutes",),
        ),
        KindRule(
            MeetingKind.MEMBERS, every_months=3, ahead_days=31, law=_("《支部工作条例》"), votes=True,
            written=True, record=_FULL_RECORD,
        ),
        KindRule(
            MeetingKind.COMMITTEE, Attends.COMMITTEE, every_months=1, ahead_days=10, law=_("《支部工作条例》"),
            votes=True, record=_FULL_RECORD,
        ),
        KindRule(MeetingKind.GROUP, every_months=1, ahead_days=10, law=_("《支部工作条例》")),
        KindRule(MeetingKind.LECTURE),
        KindRule(
            MeetingKind.LIFE, every_months=12, ahead_days=92, law=_("《支部工作条例》第十七条"),
            record=_FULL_RECORD,
        ),
        KindRule(
            MeetingKind.TALK, Attends.CHOSEN, every_months=12, ahead_days=92, law=_("《支部工作条例》"),
            record=("minutes",), private=True, hours=False,
        ),
        KindRule(MeetingKind.CENTRE, Attends.OFFICERS),
        KindRule(
            MeetingKind.TRAINING, Attends.CHOSEN, law=_("《全国党员教育培训工作规划》"), record=("agenda",)
        ),
    )
}  # fmt: skip
# How often, as a sentence begins.
OFTEN: dict[int, str | Promise] = {
    1: _("一般每月一次"), 3: _("一般每季度一次"), 12: _("一般每年至少一次"),
}  # fmt: skip
RECORD_WORDS = {"agenda": _("议题"), "minutes": _("发言摘要"), "resolution": _("决议")}


def is_chosen(kind: str) -> bool:
    """Whether the list of a kind is chosen by whoever plans it, not by rule."""
    return RULES[kind].attends == Attends.CHOSEN


def rule_of(kind: str) -> KindRule:
    """The rule of a kind of meeting."""
    return RULES[kind]


def span_of(kind: str, on: date) -> tuple[date, date]:
    """The calendar month, quarter or year (half-open) of a day in which one meeting of a kind is asked."""
    length = rule_of(kind).every_months
    first = date(on.year, (on.month - 1) // length * length + 1, 1)
    return first, add_months(first, length)


def is_near(kind: str, on: date) -> bool:
    """Whether a meeting of a kind that is still missing on a day is told: its last days have begun."""
    return (span_of(kind, on)[1] - on).days <= rule_of(kind).ahead_days


def asks(kind: str, opened_on: date, on: date) -> bool:
    """Whether the span of a day is asked of a unit: not of one that was opened after it had begun, save in its first month."""
    return span_of(kind, on)[0] >= opened_on.replace(day=1)
