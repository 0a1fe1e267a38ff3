"""What each kind of meeting asks: who must attend, how often, what its record holds, and the article it comes from.

《中国共产党支部工作条例（试行）》(2018): members' meeting about quarterly, committee about monthly, group about monthly, theme day
monthly (art. 16), organisational life meeting yearly (art. 17), talks yearly between each pair. An article is cited by number only
where the number is certain. No national number binds party lectures; centre-group study follows the hospital's own plan. The
national plan of members' training: secretaries and committee members attend one concentrated training a year.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import MeetingKind


class Attends(Enum):
    """Who must attend."""

    MEMBERS = "members"  # members whose home the unit was that day; of a temporary branch, those placed in it
    COMMITTEE = "committee"  # secretary, deputies and committee members of the unit
    OFFICERS = "officers"  # everybody who holds an office of the unit
    CHOSEN = "chosen"  # the people it concerns


@dataclass(frozen=True)
class KindRule:
    """The rule of one kind.

    every_months: one is asked in so many months (0: no number binds). record: fields of the meeting its record holds.
    votes: decisions are voted on, so more than half of those entitled must be in the room. private: the record is read by
    those who took part and those who run the branch. hours: whether class hours are entered.
    """

    kind: MeetingKind
    attends: Attends = Attends.MEMBERS
    every_months: int = 0
    law: str | Promise = ""
    record: tuple[str, ...] = ("agenda", "minutes")
    votes: bool = False
    private: bool = False
    hours: bool = True


RULES: dict[str, KindRule] = {
    rule.kind: rule
    for rule in (
        KindRule(MeetingKind.THEME_DAY, every_months=1, law=_("《支部工作条例》第十六条"), record=("minutes",)),
        KindRule(
            MeetingKind.MEMBERS, every_months=3, law=_("《支部工作条例》"), votes=True,
            record=("agenda", "minutes", "resolution"),
        ),
        KindRule(
            MeetingKind.COMMITTEE, Attends.COMMITTEE, 1, _("《支部工作条例》"), votes=True,
            record=("agenda", "minutes", "resolution"),
        ),
        KindRule(MeetingKind.GROUP, every_months=1, law=_("《支部工作条例》")),
        KindRule(MeetingKind.LECTURE),
        KindRule(
            MeetingKind.LIFE, every_months=12, law=_("《支部工作条例》第十七条"),
            record=("agenda", "minutes", "resolution"),
        ),
        KindRule(
            MeetingKind.TALK, Attends.CHOSEN, 12, _("《支部工作条例》"), ("minutes",), private=True, hours=False
        ),
        KindRule(MeetingKind.CENTRE, Attends.OFFICERS),
        KindRule(
            MeetingKind.TRAINING, Attends.CHOSEN, law=_("《全国党员教育培训工作规划》"), record=("agenda",)
        ),
    )
}  # fmt: skip
RECORD_WORDS = {"agenda": _("议题"), "minutes": _("发言摘要"), "resolution": _("决议")}


def is_chosen(kind: str) -> bool:
    """Whether the list of a kind is chosen by whoever plans it, not by rule."""
    return RULES[kind].attends == Attends.CHOSEN


def rule_of(kind: str) -> KindRule:
    """The rule of a kind of meeting."""
    return RULES[kind]
