"""Counting votes: two faces that must not share a formula, and ballots that must reconcile.

A resolution needs more than half of those entitled present, and yes votes (written ones of absentees included) of
more than half of ALL entitled. An election needs four fifths present, and yes votes of more than half of those PRESENT.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Ballots:
    """Counts, never names; None is "not given".

    eligible 应到有表决权, present 实到, issued 发出, returned 收回, valid 有效, yes/no/abstain 同意/反对/弃权; the written ones
    are formal opinions of absentees given before the meeting.
    """

    eligible: int | None = None
    present: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    written_yes: int | None = None
    written_no: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """None where the counts do not tell. need_*: the least number that suffices."""

    quorate: bool | None
    carried: bool | None
    need_present: int | None
    need_yes: int | None
    yes_total: int | None


def resolution(ballots: Ballots) -> Outcome:
    """A members' resolution. Written opinions count in the vote and never in the quorum."""
    eligible = ballots.eligible
    need = None if eligible is None else eligible // 2 + 1
    quorate = None if eligible is None or ballots.present is None else ballots.present * 2 > eligible
    total = None if ballots.yes is None else ballots.yes + (ballots.written_yes or 0)
    carried = None if eligible is None or total is None else total * 2 > eligible
    if quorate is False:
        carried = False
    return Outcome(quorate, carried, need, need, total)


def election(ballots: Ballots) -> Outcome:
    """An election by those present; written opinions do not exist here."""
    eligible, present = ballots.eligible, ballots.present
    need_present = None if eligible is None else -(-eligible * 4 // 5)
    quorate = None if need_present is None or present is None else present >= need_present
    carried = None if present is None or ballots.yes is None else ballots.yes * 2 > present
    if quorate is False:
        carried = False
    return Outcome(quorate, carried, need_present, None if present is None else present // 2 + 1, ballots.yes)


# Each count and the one that bounds it: 实到 ≤ 应到, 发出 ≤ 实到, 收回 ≤ 发出, 有效 ≤ 收回.
_BOUNDS = (("present", "eligible"), ("issued", "present"), ("returned", "issued"), ("valid", "returned"))


def conflicts(ballots: Ballots) -> Iterator[str]:
    """Sentences about counts that cannot all be true; what is not given is not judged."""
    names = {
        "eligible": _("应到"), "present": _("实到"), "issued": _("发出"), "returned": _("收回"), "valid": _("有效"),
    }  # fmt: skip
    for lower, upper in _BOUNDS:
        one, other = getattr(ballots, lower), getattr(ballots, upper)
        if one is not None and other is not None and one > other:
            yield _("%(lower)s %(one)d 超过%(upper)s %(other)d。") % {
                "lower": names[lower], "one": one, "upper": names[upper], "other": other,
            }  # fmt: skip
    yield from _cast(ballots)
    written = (ballots.written_yes or 0) + (ballots.written_no or 0)
    if ballots.eligible is not None and ballots.present is not None:
        away = max(ballots.eligible - ballots.present, 0)
        if written > away:
            yield _("书面意见 %(written)d 份，多于未到会的 %(away)d 人。") % {
                "written": written,
                "away": away,
            }


def _cast(ballots: Ballots) -> Iterator[str]:
    counts = [ballots.yes, ballots.no, ballots.abstain]
    cast = sum(count for count in counts if count is not None)
    given = (ballots.valid, ballots.returned, ballots.issued, ballots.present)
    bound = next((count for count in given if count is not None), None)
    if bound is None:
        return
    if cast > bound:
        yield _("同意、反对、弃权合计 %(cast)d 票，多于可以计的 %(bound)d 票。") % {
            "cast": cast,
            "bound": bound,
        }
    elif ballots.valid is not None and None not in counts and cast != ballots.valid:
        yield _("同意、反对、弃权合计 %(cast)d 票，与有效票 %(valid)d 张不符。") % {
            "cast": cast, "valid": ballots.valid,
        }  # fmt: skip
